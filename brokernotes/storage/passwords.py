"""A password from where its owner keeps it; it is never written anywhere by us."""

from __future__ import annotations

import shlex
import subprocess

from brokernotes.errors import RefusedError
from brokernotes.language import N_

KEYRING = "brokernotes caldav"  # the name of the service in the keyring
_PATIENCE = 120  # seconds: it may ask for a finger or a passphrase


def ask_command(command: str) -> str:
    """The first line that a command prints, such as `pass show caldav`.

    Args:
        command: as typed in a shell, which is not asked.

    Raises:
        RefusedError: it cannot be started, fails, or prints nothing.
    """
    try:
        words = shlex.split(command)
        done = subprocess.run(words, stdout=subprocess.PIPE, timeout=_PATIENCE, check=False)
    except (OSError, ValueError, IndexError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RefusedError(
            N_("the command for the password cannot be started: {reason}"), reason=reason
        ) from None
    except subprocess.TimeoutExpired:
        raise RefusedError(N_("the command for the password does not end")) from None
    if done.returncode:
        raise RefusedError(
            N_("the command for the password ended with {code}"), code=done.returncode
        )
    lines = done.stdout.decode(errors="replace").splitlines()
    if not lines or not lines[0]:
        raise RefusedError(N_("the command for the password printed nothing"))
    return lines[0]


def ask_keyring(user: str, host: str) -> str | None:
    """The password in the system's keyring; None: there is none, or no keyring.

    Args:
        user: of the server.
        host: of the server, with its port where that is unusual.
    """
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(KEYRING, f"{user}@{host}")
    except (KeyringError, RuntimeError, OSError):
        return None
