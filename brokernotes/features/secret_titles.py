"""What a title never tells: it is the file's name too, and everybody reads that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.model.values import mask_phones_in_text

# Whose words never stand in a title, and so in a file's name: everybody reads those.
_SECRET = {
    "client": ("name", "phone", "wechat"),
    "listing": ("owner_name", "owner_phone", "room"),
}


def refuse_secrets(note_type: str, title: str, texts: Mapping[str, Sequence[str]]) -> None:
    """Refuse a title that tells what is confidential, for a title is a file's name too.

    Args:
        note_type: of the note.
        title: what it shall be called.
        texts: the note's values, as written, by key.

    Raises:
        RefusedError: it tells a phone number, a name or a door.
    """
    hint = N_("A title is the file's name too; say no more than 李女士 浦东三房.")
    if mask_phones_in_text(title) != title:
        raise RefusedError(N_("a title never tells a phone number"), hint=hint)
    addressed = texts.get("salutation") or ("",)
    for key in _SECRET.get(note_type, ()):
        for word in texts.get(key, ()):
            if len(word) > 1 and word != addressed[0] and word in title:
                raise RefusedError(
                    N_("the title tells {key}, which is confidential"), hint=hint, key=key
                )
