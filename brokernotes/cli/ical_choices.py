"""What the commands about calendars let one choose from, known without loading calendars."""

from __future__ import annotations

DETAILS = ("minimal", "normal", "full")
CALENDARS = ("showings", "followups", "greetings")
