"""The words a log is read with: verbs, keys and colleagues, prepared once for many notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, tzinfo

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.schema import Schema
from brokernotes.model.verbs import LogKey, Verb
from brokernotes.notes.masking import SPACES

_PUNCTUATION = "，,。.;；:：!！?？、~～…\"'“”‘’"
_BRACKETS = r"\[\]【】［］()（）<>《》"
AGENT_NAME = lazy_pattern(rf"[^{SPACES}{_PUNCTUATION}{_BRACKETS}@^\\`\x00|#*]+")
REMEMBERED = 20_000  # values: most notes say the same few words and dates
_LONGEST_TYPO = 12  # code points; what is longer is prose
_OPENING = r"\[【［(（"


class LogBook:
    """What reading a log needs to know of the brokerage.

    Args:
        schema: verbs, log keys, vocabularies.
        agents: names and aliases of colleagues; empty: any name after `@` is taken.
        zone: the vault's, for moments with an offset.
        language: `zh` or `en`: what is written.
    """

    def __init__(
        self,
        schema: Schema,
        agents: Iterable[str] = (),
        zone: tzinfo | None = None,
        language: str = "zh",
    ) -> None:
        self.schema = schema
        self.zone = zone
        self.language = language
        self.agents = sorted({name for name in agents if name}, key=lambda name: (-len(name), name))
        self.strict_agents = self._unmistakable_agents()
        self.strict_verbs = self._unmistakable_verbs()
        self.strict_keys = {
            word: key for key in schema.log_keys.values() for word in (key.zh, key.en, key.id)
        }
        # What was read without a finding: by key and text, by fields as the tool writes them,
        # and by date.
        self.values: dict[tuple[str, str], object] = {}
        self.strict_fields: dict[str, Mapping[str, object]] = {}
        self.days: dict[str, date] = {}
        self._likely_words: tuple[dict[str, str | None], ...] = ({}, {})  # of verbs, of agents
        self._verbs = self._verbs_by_first_letter()
        self._outcomes = schema.vocabularies["outcome"]
        self._outcome_words = self._outcome_pattern()
        self.outcome_letters = frozenset(
            letter for word in self._outcomes.spellings() for letter in (word[0], word[0].upper())
        )

    def find_verb_at(self, line: str, pos: int) -> tuple[Verb, int] | None:
        """The longest verb that stands at a place, and where it ends."""
        for word, verb in self._verbs.get(line[pos : pos + 1].lower(), ()):
            end = pos + len(word)
            if line[pos:end].lower() != word:
                continue
            after = line[end : end + 1]
            if word[-1].isascii() and after.isascii() and after.isalnum():
                continue
            return verb, end
        return None

    def find_agent_at(self, line: str, pos: int) -> str | None:
        """The colleague whose name stands at a place, the longest one."""
        if not self.agents:
            found = AGENT_NAME.match(line, pos)
            return found[0] if found else None
        for name in self.agents:
            if line.startswith(name, pos):
                after = line[pos + len(name) : pos + len(name) + 1]
                if not (name[-1].isascii() and after.isascii() and after.isalnum()):
                    return name
        return None

    def find_outcome(self, text: str) -> tuple[str, str] | None:
        """The outcome whose word stands alone at the start of a text: (id, word)."""
        if text[:1] not in self.outcome_letters:
            return None
        found = self._outcome_words.match(text)
        if not found:
            return None
        id_ = self._outcomes.find(found[0])
        return (id_, found[0]) if id_ else None

    def likely_verb(self, word: str) -> str | None:
        """The verb that a word which is none was probably meant for; it may run on."""
        typed = [word] if word.isascii() else [word[:length] for length in (2, 3, 4)]
        words = [spelling for spelling, _ in self.schema.verb_words]
        return next((near for one in typed if (near := self._likely(one, words))), None)

    def likely_agent(self, name: str) -> str | None:
        """The colleague whom a name that is nobody's was probably meant for."""
        return self._likely(name, self.agents)

    def _likely(self, typed: str, words: list[str]) -> str | None:
        if len(typed) > _LONGEST_TYPO:
            return None
        known = self._likely_words[words is self.agents]
        if typed not in known:
            from brokernotes.notes.likeness import likely_word

            if len(known) >= REMEMBERED:
                known.clear()
            known[typed] = likely_word(typed, words)
        return known[typed]

    def label(self, key: LogKey) -> str:
        """The key as this vault writes it."""
        return key.label(self.language)

    def _unmistakable_verbs(self) -> dict[str, Verb]:
        """One-word spellings that no longer spelling continues after a space."""
        words = dict(reversed(self.schema.verb_words))
        spaces = set(SPACES)
        continued = {
            word[:at].lower() for word in words for at, letter in enumerate(word) if letter == " "
        }
        return {
            word: verb
            for word, verb in words.items()
            if spaces.isdisjoint(word) and word.lower() not in continued
        }

    def _unmistakable_agents(self) -> frozenset[str]:
        return frozenset(
            name
            for name in self.agents
            if AGENT_NAME.fullmatch(name)
            and not any(
                other.startswith(name) and other != name and not AGENT_NAME.fullmatch(other)
                for other in self.agents
            )
        )

    def _verbs_by_first_letter(self) -> dict[str, list[tuple[str, Verb]]]:
        table: dict[str, list[tuple[str, Verb]]] = {}
        for word, verb in self.schema.verb_words:
            table.setdefault(word[0].lower(), []).append((word.lower(), verb))
        return table

    def _outcome_pattern(self) -> re.Pattern[str]:
        words = sorted(self._outcomes.spellings(), key=len, reverse=True)
        chinese = "|".join(re.escape(word) for word in words if not word.isascii())
        english = "|".join(re.escape(word) for word in words if word.isascii())
        stop = f"[{re.escape(_PUNCTUATION)}{_OPENING}]|$"
        return lazy_pattern(
            rf"(?:{chinese})(?=[{SPACES}]|{stop})|(?:{english})(?=[{SPACES}]*(?:{stop}))",
            re.IGNORECASE,
        )
