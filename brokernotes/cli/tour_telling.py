"""What is to be known of a tour, told to people and to programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.tour_notes import TourNotes
from brokernotes.features.showing_sentences import BRING, OF_HOME, SENTENCES
from brokernotes.features.showings import NOTE, Finding
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.cli.tours import Placed
    from brokernotes.features.log_making import Moment


class Told(NamedTuple):
    """A finding, and its sentence in the reader's language."""

    finding: Finding
    message: str

    @property
    def is_against(self) -> bool:
        """Whether it is planned only when somebody insists."""
        return self.finding.severity != NOTE


class Telling:
    """Puts a tour into words.

    Args:
        app: of the run.
        moment: of the first stop.
    """

    def __init__(self, app: App, moment: Moment) -> None:
        self._app = app
        self._moment = moment
        self._notes = TourNotes(app.vault.queries)

    def told(self, findings: Iterable[Finding]) -> list[Told]:
        """Each finding with its sentence."""
        return [Told(one, self._sentence(one)) for one in findings]

    def bring(self) -> str:
        """What is taken along."""
        text = self._app.text
        joint = "、" if self._app.language.code == "zh" else ", "
        return text(N_("bring: {things}"), things=joint.join(map(text, BRING)))

    def _sentence(self, one: Finding) -> str:
        places: dict[str, Any] = dict(one.params)
        schema, language = self._app.vault.rules.schema, self._app.language
        row = next(iter(self._notes.rows(one.listing)), None)
        values = self._notes.values(row) if row else {}
        code = one.code
        places["title"] = row.title if row else ""
        named = next(iter(self._notes.rows(one.params.get("ref"))), None)
        places["name"] = named.title if named else ""
        if code == "ask-owner":
            name = str(values.get("owner_name") or "")
            code = code if name else "ask-owner-unnamed"
            places["name"] = name
        if code == "key-lent" and not places["who"]:
            code = "key-lent-unnamed"
        if "with" in places:
            verb = schema.verbs.get(str(places.get("verb")))
            label = verb.label(language.code) if verb else ""
            places["what"] = f"{label} {places['with']}".strip()
        if "status" in places:
            places["status"] = schema.vocabularies["listing_status"].label(
                str(places["status"]), language.code
            )
        if "keys" in places:
            where = schema.vocabularies["keys"].label(str(places["keys"]), language.code)
            places["where"] = f"{where} {places['key_no']}".strip()
        if isinstance(places.get("text"), list):
            places["text"] = ("、" if language.code == "zh" else ", ").join(places["text"])
        return language.text(SENTENCES.get(code) or OF_HOME[code], **places)

    def lines(self, told: Iterable[Told]) -> list[str]:
        """What is said, one line a home."""
        lines: dict[str, list[str]] = {}
        for one in told:
            rows = self._notes.rows(one.finding.listing) if one.finding.code in OF_HOME else []
            lines.setdefault(rows[0].title if rows else "", []).append(one.message)
        joint = "；" if self._app.language.code == "zh" else "; "
        found = lines.pop("", [])
        for title, messages in lines.items():
            said = joint.join(messages)
            found.append(self._app.text(N_("{title}: {said}"), title=title, said=said))
        return found

    def shape(
        self, stops: Sequence[Placed], told: Sequence[Told], ids: Sequence[str], *, brings: bool
    ) -> Mapping[str, object]:
        """What programs are told of the tour; `brings`: whether something is taken along."""
        return {
            "bring": [self._app.text(one) for one in BRING] if brings else [],
            "stops": [
                {
                    "entry": id_,
                    "id": stop.row.ref,
                    "title": stop.row.title,
                    "at": self._moment.later(stop.begin).shown,
                    "travels": stop.travels,
                }
                for stop, id_ in zip(stops, ids, strict=False)
            ],
            "findings": [
                {
                    "code": one.finding.code,
                    "severity": one.finding.severity,
                    "listing": one.finding.listing,
                    "message": mask_phones_in_text(one.message),
                    "params": {
                        key: mask_phones_in_text(value) if isinstance(value, str) else value
                        for key, value in one.finding.params.items()
                    },
                }
                for one in told
            ],
        }
