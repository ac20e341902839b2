"""One small valid calendar, and what can go wrong with it: each fault on its own."""

GOOD = (
    "BEGIN:VCALENDAR\r\n"
    "VERSION:2.0\r\n"
    "PRODID:-//test//test//EN\r\n"
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
    "BEGIN:VTIMEZONE\r\n"
    "TZID:Asia/Shanghai\r\n"
    "BEGIN:STANDARD\r\n"
    "DTSTART:20000101T000000\r\n"
    "TZOFFSETFROM:+0800\r\n"
    "TZOFFSETTO:+0800\r\n"
    "END:STANDARD\r\n"
    "END:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:one\r\n"
    "DTSTAMP:20261119T160000Z\r\n"
    "DTSTART;TZID=Asia/Shanghai:20261121T143000\r\n"
    "DTEND;TZID=Asia/Shanghai:20261121T160000\r\n"
    "SUMMARY:带看\r\n"
    "BEGIN:VALARM\r\n"
    "ACTION:DISPLAY\r\n"
    "DESCRIPTION:带看\r\n"
    "TRIGGER:-PT1H\r\n"
    "END:VALARM\r\n"
    "END:VEVENT\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:two\r\n"
    "DTSTAMP:20261119T160000Z\r\n"
    "DTSTART;VALUE=DATE:20261128\r\n"
    "DTEND;VALUE=DATE:20261129\r\n"
    "SUMMARY:签约期限\r\n"
    "END:VEVENT\r\n"
    "END:VCALENDAR\r\n"
).encode()


def _with(old: str, new: str) -> bytes:
    assert old.encode() in GOOD, old
    return GOOD.replace(old.encode(), new.encode(), 1)


_TODO = "BEGIN:VTODO\r\nUID:t\r\nDTSTAMP:20261119T160000Z\r\n{}END:VTODO\r\nEND:VCALENDAR"
_ALARM = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:PT0S\r\nEND:VALARM\r\n"

# name: (file, code of the linter, line it points at)
FAULTY: dict[str, tuple[bytes, str, int]] = {
    "bom": (b"\xef\xbb\xbf" + GOOD, "bom", 1),
    "gbk": (GOOD.replace("带看".encode(), "带看".encode("gbk"), 1), "not-utf8", 18),
    "bare-lf": (GOOD.replace(b"\r\n", b"\n"), "bare-lf", 1),
    "last-line": (GOOD.removesuffix(b"\r\n"), "last-line", 32),
    "long-line": (_with("SUMMARY:带看", "SUMMARY:" + "看" * 30), "long-line", 18),
    "fold-in-character": (
        GOOD.replace("带看".encode(), "带".encode()[:1] + b"\r\n " + "带看".encode()[1:], 1),
        "fold-in-character",
        19,
    ),
    "control-character": (_with("SUMMARY:带看", "SUMMARY:带\x07看"), "control-character", 18),
    "lone-carriage-return": (_with("SUMMARY:带看", "SUMMARY:带\r看"), "control-character", 18),
    "no-colon": (_with("SUMMARY:带看", "SUMMARY"), "not-a-property", 18),
    "empty-line": (_with("SUMMARY:带看\r\n", "SUMMARY:带看\r\n\r\n"), "not-a-property", 19),
    "unfolded-text": (_with("SUMMARY:带看", "SUMMARY:带看\r\n明天"), "not-a-property", 19),
    "text-before": (b"SUMMARY:x\r\n" + GOOD, "outside-calendar", 1),
    "item-outside": (
        GOOD + b"BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20261119T160000Z\r\n"
        b"DTSTART:20261119T160000Z\r\nEND:VEVENT\r\n",
        "outside-calendar",
        33,
    ),
    "cut-off": (GOOD[: GOOD.index(b"SUMMARY")], "unclosed", 13),
    "unclosed-item": (_with("END:VEVENT\r\nBEGIN", "BEGIN"), "unclosed", 13),
    "end-twice": (_with("END:VEVENT\r\n", "END:VEVENT\r\nEND:VEVENT\r\n"), "unexpected-end", 25),
    "empty-file": (b"", "no-calendar", 1),
    "html": (b"<html>\r\n", "no-calendar", 1),
    "empty-calendar": (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n",
        "calendar-empty",
        1,
    ),
    "calendar-uid": (_with("VERSION:2.0\r\n", "VERSION:2.0\r\nUID:x\r\n"), "calendar-uid", 3),
    "calendar-method": (
        _with("VERSION:2.0\r\n", "VERSION:2.0\r\nMETHOD:PUBLISH\r\n"),
        "calendar-method",
        3,
    ),
    "no-version": (_with("VERSION:2.0\r\n", ""), "property-missing", 1),
    "no-prodid": (_with("PRODID:-//test//test//EN\r\n", ""), "property-missing", 1),
    "no-uid": (_with("UID:one\r\n", ""), "property-missing", 13),
    "no-dtstamp": (_with("DTSTAMP:20261119T160000Z\r\n", ""), "property-missing", 13),
    "no-dtstart": (
        _with("DTSTART;TZID=Asia/Shanghai:20261121T143000\r\n", ""),
        "property-missing",
        13,
    ),
    "alarm-without-trigger": (_with("TRIGGER:-PT1H\r\n", ""), "property-missing", 19),
    "alarm-without-action": (_with("ACTION:DISPLAY\r\n", ""), "property-missing", 19),
    "alarm-without-text": (_with("DESCRIPTION:带看\r\n", ""), "property-missing", 19),
    "zone-without-name": (_with("TZID:Asia/Shanghai\r\n", ""), "property-missing", 5),
    "two-summaries": (
        _with("SUMMARY:带看\r\n", "SUMMARY:a\r\nSUMMARY:b\r\n"),
        "property-twice",
        19,
    ),
    "uid-twice": (_with("UID:two", "UID:one"), "uid-twice", 26),
    "uid-alphabet": (_with("UID:one", "UID:one@example.org"), "uid-alphabet", 14),
    "alarm-at-top": (_with("END:VCALENDAR", _ALARM + "END:VCALENDAR"), "alarm-place", 32),
    "refresh-without-value": (
        _with("REFRESH-INTERVAL;VALUE=DURATION", "REFRESH-INTERVAL"),
        "value-missing",
        4,
    ),
    "absolute-trigger-without-value": (
        _with("TRIGGER:-PT1H", "TRIGGER:20261121T010000Z"),
        "value-missing",
        22,
    ),
    "date-without-value": (_with("DTSTART;VALUE=DATE:", "DTSTART:"), "value-missing", 28),
    "refresh-not-a-duration": (_with(":PT1H\r\nBEGIN", ":P1H\r\nBEGIN"), "value-invalid", 4),
    "trigger-not-a-duration": (_with("-PT1H", "-1H"), "value-invalid", 22),
    "trigger-local": (
        _with("TRIGGER:-PT1H", "TRIGGER;VALUE=DATE-TIME:20261121T010000"),
        "value-invalid",
        22,
    ),
    "no-such-day": (_with("20261121T143000", "20261131T143000"), "value-invalid", 16),
    "iso-date": (_with("20261121T143000", "2026-11-21T14:30:00"), "value-invalid", 16),
    "date-with-time": (_with("DATE:20261128", "DATE:20261128T090000"), "value-invalid", 28),
    "status-unknown": (_with("SUMMARY:带看", "STATUS:DONE"), "value-invalid", 18),
    "sequence-text": (_with("SUMMARY:带看", "SEQUENCE:one"), "value-invalid", 18),
    "stamp-text": (_with("DTSTAMP:20261119T160000Z", "DTSTAMP:now"), "value-invalid", 15),
    "stamp-local": (
        _with("DTSTAMP:20261119T160000Z", "DTSTAMP:20261119T160000"),
        "stamp-not-utc",
        15,
    ),
    "floating": (_with("DTSTART;TZID=Asia/Shanghai:", "DTSTART:"), "floating-time", 16),
    "zone-unknown": (_with("TZID:Asia/Shanghai", "TZID:Asia/Tokyo"), "tzid-unknown", 16),
    "end-is-a-date": (
        _with("DTEND;TZID=Asia/Shanghai:20261121T160000", "DTEND;VALUE=DATE:20261122"),
        "end-kind",
        17,
    ),
    "ends-before": (_with("20261121T160000", "20261121T130000"), "end-not-after-start", 17),
    "ends-when-it-starts": (_with("DATE:20261129", "DATE:20261128"), "end-not-after-start", 29),
    "due-before-start": (
        _with(
            "END:VCALENDAR",
            _TODO.format("DTSTART;VALUE=DATE:20261129\r\nDUE;VALUE=DATE:20261128\r\n"),
        ),
        "end-not-after-start",
        36,
    ),
    "end-and-duration": (_with("SUMMARY:带看", "DURATION:PT1H"), "end-and-duration", 17),
    "comma-unescaped": (_with("SUMMARY:带看", "SUMMARY:a, b"), "text-unescaped", 18),
    "backslash-unescaped": (_with("SUMMARY:带看", "SUMMARY:D:\\Users"), "text-unescaped", 18),
}
