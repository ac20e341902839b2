"""Whose calendars on which server, and the password: from outside the vault, whatever says it.

An address and a name stand where git keeps what is of one computer (`git config`), as does who is
asking; `brokernotes.yaml` is everybody's. The password stands nowhere: it comes from the
environment, a command, the keyring, or the person at the terminal.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit, urlunsplit

import click

from brokernotes.cli.app import App
from brokernotes.cli.choosing import may_ask
from brokernotes.errors import RefusedError, UsageError
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass
from brokernotes.storage.feed_server import is_loopback

_NEEDED = N_(
    "`git config brokernotes.caldavUrl https://…` and `git config brokernotes.caldavUser NAME` "
    "say it once and for all."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One user of one server, for one agent.

    Attributes:
        url: of the server, without name and password.
        user: name there.
        agent: id of the agent whose calendars they are.
        command: that prints the password; "": none.
    """

    url: str
    user: str
    agent: str
    command: str

    @property
    def name(self) -> str:
        """What it is remembered by."""
        return f"{self.agent} {self.user} {self.url}"

    @property
    def host(self) -> str:
        """The server's name, with its port where that is unusual."""
        return urlsplit(self.url).netloc


def find_account(app: App, *, url: str | None, user: str | None, command: str | None) -> Account:
    """The account that options, the environment and git's settings name, in this order.

    Args:
        app: of the run.
        url: `--url`.
        user: `--user`.
        command: `--password-command`.

    Raises:
        UsageError: nobody is asking in particular, or something is missing.
        RefusedError: passwords would travel in the clear, or one stands in the address.
    """
    agent = app.agent
    if agent is None:
        raise UsageError(
            N_("whose calendar? Nobody is asking in particular"),
            hint=N_("`--agent 王敏` says it, or `git config brokernotes.agent 王敏`."),
        )
    address = url or _setting(app, agent, "URL", "caldavUrl")
    if not address:
        raise UsageError(
            N_("which calendar server? No address is given"),
            hint=_NEEDED,
        )
    address, named = _without_user(address)
    name = user or named or _setting(app, agent, "USER", "caldavUser")
    if not name:
        raise UsageError(N_("which user of {url}? No name is given"), hint=_NEEDED, url=address)
    asked = command or _setting(app, agent, "PASSWORD_COMMAND", "caldavPasswordCommand")
    return Account(url=address, user=name, agent=agent, command=asked)


def ask_password(app: App, account: Account) -> str:
    """The password of an account.

    Raises:
        RefusedError: nobody says it.
    """
    from brokernotes.storage.passwords import ask_command, ask_keyring

    given = app.environ.get("BROKERNOTES_CALDAV_PASSWORD")
    if given:
        return given
    if account.command:
        return ask_command(account.command)
    kept = ask_keyring(account.user, account.host)
    if kept:
        return kept
    if may_ask(app):
        asked: str = click.prompt(
            app.text(N_("Password of {user} at {host}"), user=account.user, host=account.host),
            hide_input=True,
            err=True,
        )
        return asked
    raise RefusedError(
        N_("there is no password for {user} at {host}"),
        hint=N_(
            "BROKERNOTES_CALDAV_PASSWORD says it, or a command that prints it: "
            "`git config brokernotes.caldavPasswordCommand 'pass show caldav'`."
        ),
        user=account.user,
        host=account.host,
    )


def _setting(app: App, agent: str, variable: str, key: str) -> str:
    """What the environment says, else git: for this agent, else for whoever uses the computer."""
    given = app.environ.get(f"BROKERNOTES_CALDAV_{variable}")
    if given:
        return given
    config = app.vault.repository_config
    return config(f"brokernotes.{agent}.{key}") or config(f"brokernotes.{key}") or ""


def _without_user(address: str) -> tuple[str, str]:
    """An address without its user, and that.

    Raises:
        UsageError: it is no address.
        RefusedError: a password stands in it, or would travel in the clear.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(
            N_("the calendar server's address begins with https://, and names a server")
        )
    if parts.password is not None:
        raise RefusedError(
            N_("a password stands in the calendar server's address, where others can read it"),
            hint=N_("Take it out; BROKERNOTES_CALDAV_PASSWORD says it, or a command."),
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise RefusedError(
            N_("{host} is asked without encryption: password and names could be read on the way"),
            hint=N_("Give its https:// address; http:// is for this computer's own servers."),
            host=host,
        )
    shown = f"[{host}]" if ":" in host else host
    place = f"{shown}:{port}" if port else shown
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return urlunsplit((parts.scheme, place, path, "", "")), unquote(parts.username or "")
