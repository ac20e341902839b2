"""What every command shares: the vault, the clock, the language, who is asking."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from brokernotes.cli.console import Console, open_console
from brokernotes.errors import BrokernotesError, NotFoundError, UsageError, VaultError
from brokernotes.language import LANGUAGES, N_, Language, language
from brokernotes.storage.roots import find_root

if TYPE_CHECKING:
    from brokernotes.storage.vault import Vault
    from brokernotes.viewing import SeenVault


class App:
    """One run of the command line. The environment and the clock enter here.

    Args:
        environ: the environment.

    Attributes:
        vault_option: `--vault`; None: found by walking up.
        agent_option: `--agent`.
        as_option: `--as`: whose eyes the vault is read with.
        language_option: `--lang`.
        debug: whether an internal error shows its traceback.
        no_input: whether nothing may be asked.
        colour_option: `--color`; None: `auto`.
        no_pager: whether nothing goes through a pager.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.vault_option: str | None = None
        self.agent_option: str | None = None
        self.as_option: str | None = None
        self.language_option: str | None = None
        self.debug = False
        self.no_input = False
        self.colour_option: str | None = None
        self.no_pager = False

    # -- language and streams

    @functools.cached_property
    def language(self) -> Language:
        """Of the messages: the option, the environment, the vault, the locale."""
        return language(self._language_code())

    def _language_code(self) -> str:
        asked = self.language_option or self.environ.get("BROKERNOTES_LANG")
        if asked:
            return asked if asked in LANGUAGES else "en"
        if self.find_root():
            return self.vault.rules.language
        return language_of_locale(self.environ)

    @functools.cached_property
    def console(self) -> Console:
        """Standard output and error."""
        return open_console(
            self.language, colour=self.colour_option or "auto", pages=not self.no_pager
        )

    def text(self, message: str, /, **params: object) -> str:
        """A source string in the run's language."""
        return self.language.text(message, **params)

    def explained(self, error: BrokernotesError | OSError) -> str:
        """Why something was not done, in the run's language."""
        if isinstance(error, BrokernotesError):
            return self.text(error.message, **error.params)
        return self.text(N_("the system refused: {reason}"), reason=str(error))

    # -- the vault

    @functools.cache  # noqa: B019 (one App lives as long as the process)
    def find_root(self) -> str | None:
        """The vault's folder; None: there is none here."""
        return find_root(self.vault_option or self.environ.get("BROKERNOTES_VAULT"))

    @functools.cached_property
    def vault(self) -> Vault:
        """The vault, its rules read; not yet refreshed.

        Raises:
            VaultError: no vault here.
        """
        root = self.find_root()
        if root is None:
            asked = self.vault_option or self.environ.get("BROKERNOTES_VAULT")
            if asked:
                raise VaultError(
                    N_("there is no vault in {path}: it has no brokernotes.yaml"),
                    hint=N_("`brokernotes init {path}` makes one there."),
                    path=asked,
                )
            raise VaultError(
                N_("there is no vault here: no folder from here upwards has a brokernotes.yaml"),
                hint=N_("`brokernotes init` makes one; `--vault DIR` names one elsewhere."),
            )
        from brokernotes.joint import open_vault

        return open_vault(root, self.environ)

    @functools.cached_property
    def fresh(self) -> Vault:
        """The vault, its index brought up to date; what is wrong in its rules is said."""
        if self.vault.rules_problems:
            from brokernotes.cli.broken_rules import tell_of_rules

            tell_of_rules(self)
        self.vault.refresh(self.today, self.console.progress)
        reason = self.vault.index.trouble
        if reason:
            self.console.say(
                self.text(
                    N_("the index cannot be kept and was made for this run only: {reason}"),
                    reason=reason,
                )
            )
        return self._seen() if self.as_option else self.vault

    def _seen(self) -> Vault:
        from brokernotes.cli.viewing import say_whose_eyes

        seen = self.look_as()
        say_whose_eyes(self, seen.glass.viewer)
        return seen

    def look_as(self) -> SeenVault:
        """The vault as the agent of `--as` would see it, from here on the run's vault.

        Raises:
            NotFoundError: there is no such agent.
        """
        from brokernotes.cli.viewing import viewer
        from brokernotes.joint import view_as

        self.vault.refresh(self.today)
        agent = viewer(self.vault, self.as_option or "")
        seen = view_as(self.vault, agent, self.today, self.console.progress)
        self.__dict__["vault"] = seen
        return seen

    @property
    def has_vault(self) -> bool:
        """Whether the vault was asked for and found."""
        return "vault" in self.__dict__

    def close(self) -> None:
        """Let go of the index; say what an earlier command had left unfinished."""
        if self.has_vault:
            if self.vault.finished:
                from brokernotes.cli.interrupted import tell_of_finished

                tell_of_finished(self)
            self.vault.close()

    # -- the clock

    @functools.cached_property
    def now(self) -> datetime:
        """The present moment in the vault's zone, without offset."""
        given = self.environ.get("BROKERNOTES_NOW")
        if not given:
            return self._clock()
        try:
            moment = datetime.fromisoformat(given)
        except ValueError:
            raise UsageError(
                N_("BROKERNOTES_NOW is {value}, which is no time such as 2026-11-21T09:00"),
                value=given,
            ) from None
        if moment.tzinfo is not None:
            moment = moment.astimezone(self.vault.rules.zone)
        return moment.replace(tzinfo=None)

    def _clock(self) -> datetime:
        """What the clock shows in the vault's zone.

        Where the system is set to that zone its own clock tells, and `zoneinfo`, which costs
        `due` a twentieth, need not be loaded.
        """
        rules = self.vault.rules
        if "TZ" not in self.environ and is_zone_of_system(rules.timezone):
            return datetime.now()  # noqa: DTZ005
        return datetime.now(rules.zone).replace(tzinfo=None)

    @property
    def today(self) -> date:
        """The day in the vault's zone."""
        return self.now.date()

    # -- who is asking

    @functools.cached_property
    def agent(self) -> str | None:
        """Id of the agent who is asking; None: nobody in particular.

        Raises:
            NotFoundError: an agent was named who has no note.
        """
        vault = self.fresh
        asked = self.agent_option or self.as_option or self.environ.get("BROKERNOTES_AGENT")
        if not asked:
            asked = vault.repository_config("brokernotes.agent")
        if asked:
            return vault.resolve(asked, ("agent",)).id
        email = vault.repository_config("user.email")
        if not email:
            return None
        found = vault.queries.agents_by_email(email)
        return found[0] if len(found) == 1 else None


def is_zone_of_system(name: str, link: str = "/etc/localtime") -> bool:
    """Whether the system's clock certainly is in a zone, where `TZ` says nothing.

    Args:
        name: IANA's, such as Asia/Shanghai.
        link: which leads to the zone's file.
    """
    try:
        return os.readlink(link).endswith(f"/zoneinfo/{name}") and os.path.exists(link)  # noqa: PTH110, PTH115
    except (OSError, AttributeError):
        return False


def language_of_locale(environ: Mapping[str, str]) -> str:
    """The language of the locale: Chinese or English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        value = environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


if TYPE_CHECKING:
    import click

    pass_app = click.make_pass_decorator(App)


def __getattr__(name: str) -> object:
    """`pass_app`, made when a command asks for it: `due` is answered without Click."""
    if name != "pass_app":
        raise AttributeError(name)
    import click

    found = globals()[name] = click.make_pass_decorator(App)
    return found


__all__ = ["App", "NotFoundError", "language_of_locale", "pass_app"]
