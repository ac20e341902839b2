"""Our calendars, opened by readers that are not ours; `.ci/readers.sh` installs them."""

import dataclasses
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from brokernotes.cli.app import App
from brokernotes.cli.ical_writing import CalendarWriter
from brokernotes.features.calendar import CalendarItem, render_calendar
from brokernotes.features.calendar_items import CALENDARS
from brokernotes.features.calendar_lint import lint
from brokernotes.features.calendar_text import one_line
from tests.drawing import NOW, DrawnVault
from tests.readers.faulty import FAULTY, GOOD
from tests.readers.sample import NAME, SHANGHAI, TODAY, sample_items

pytestmark = pytest.mark.ics_clients

SCRIPTS = Path(__file__).parent / "readers"
CACHE = Path(__file__).parent.parent / ".ci" / "cache"
VAULT = Path(__file__).parent.parent / "vault"
NEW_YORK = ZoneInfo("America/New_York")
IN_CI = os.environ.get("CI") == "true"


def missing(reader):
    """Skip, or fail where the readers are promised."""
    reason = f"{reader} is not installed; run .ci/readers.sh"
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


def run(*command, **options):
    words = [str(each) for each in command]
    read = {"encoding": "utf-8", "errors": "replace"}  # some cut a text inside a character
    return subprocess.run(words, capture_output=True, timeout=120, **read, **options)


def results(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


class LibIcal:
    """Evolution, KDE, GNOME Calendar, Cyrus; through the system's own python3."""

    def __init__(self):
        probe = 'import gi; gi.require_version("ICalGLib", "3.0")'
        python = Path("/usr/bin/python3")
        if not python.exists() or run(python, "-c", probe).returncode:
            missing("libical")

    def read(self, paths, zone):
        return results(run("/usr/bin/python3", SCRIPTS / "read_libical.py", *paths))


class IcalJs:
    """Thunderbird, Nextcloud."""

    def __init__(self):
        if not shutil.which("node") or not (CACHE / "node_modules" / "ical.js").exists():
            missing("ical.js")

    def read(self, paths, zone):
        script = SCRIPTS / "read_icaljs.cjs"
        return results(run("node", script, CACHE / "node_modules", *paths))


class Khal:
    """A calendar of the terminal."""

    def __init__(self):
        own = CACHE / "readers-venv" / "bin" / "khal"
        program = own if own.exists() else shutil.which("khal")
        if not program:
            missing("khal")
        # of its own Python, which has its library
        self.python = Path(program).read_text("utf-8").partition("\n")[0].removeprefix("#!")

    def read(self, paths, zone):
        return results(run(*self.python.split(), SCRIPTS / "read_khal.py", zone, *paths))


class Calcurse:
    """Another calendar of the terminal; its import is strict about texts and times."""

    def __init__(self):
        if not shutil.which("calcurse"):
            missing("calcurse")

    def read(self, paths, zone):
        return [self.read_one(Path(path), zone) for path in paths]

    def read_one(self, path, zone):
        folder = path.with_suffix(".calcurse")
        folder.mkdir()
        environ = {**os.environ, "TZ": str(zone), "LC_ALL": "C.UTF-8", "TMPDIR": str(folder)}
        calcurse = ("calcurse", "-D", folder)
        taken = run(*calcurse, "-q", "-i", path, env=environ)
        said = [line for line in (taken.stdout + taken.stderr).splitlines() if line.strip()]
        if taken.returncode:
            said.append(f"ended with {taken.returncode}")
        listed = run(
            *calcurse, "-Q", "--from", "10/01/2026", "--days", "600",
            "--format-apt", "%(start:%Y%m%dT%H%M%S)\t%m\n", "--format-event", "\t%m\n",
            env=environ,
        )  # fmt: skip
        return {"items": list(self.rows(listed.stdout)), "errors": said}

    def rows(self, listed):
        """A day's line, `11/21/26:`, is followed by what it holds; a whole day says no time."""
        day = None
        for line in listed.splitlines():
            if found := re.fullmatch(r"(\d\d)/(\d\d)/(\d\d):", line):
                day = f"20{found[3]}{found[1]}{found[2]}"
            elif "\t" in line:
                start, title = line.split("\t")
                yield [title, start or day, None]


class PythonLibrary:
    """One of those in `.ci/cache/parsers-venv`."""

    library: str

    def __init__(self):
        self.python = CACHE / "parsers-venv" / "bin" / "python"
        if not self.python.exists():
            missing(self.library)

    def read(self, paths, zone):
        return results(run(self.python, SCRIPTS / "read_python.py", self.library, *paths))


class Ics(PythonLibrary):
    library = "ics"


class Ical(PythonLibrary):
    library = "ical"


class VObject(PythonLibrary):
    library = "vobject"


class RecurringIcalEvents(PythonLibrary):
    library = "recurring-ical-events"


class NodeLibrary:
    """What web programs read calendars with."""

    library: str

    def __init__(self):
        if not shutil.which("node") or not (CACHE / "node_modules" / self.library).exists():
            missing(self.library)

    def read(self, paths, zone):
        command = ("node", SCRIPTS / "read_node.cjs", self.library, CACHE / "node_modules")
        return results(run(*command, *paths, env={**os.environ, "TZ": "UTC"}))


class NodeIcal(NodeLibrary):
    library = "node-ical"


class TsIcs(NodeLibrary):
    library = "ts-ics"


class Sabre:
    """Nextcloud's and Baïkal's servers; Debian's is an old one of it."""

    def __init__(self):
        load = '@include_once "Sabre/VObject/autoload.php"'
        if not shutil.which("php") or run("php", "-r", f"exit({load} ? 0 : 1);").returncode:
            missing("sabre/vobject")

    def read(self, paths, zone):
        return results(run("php", SCRIPTS / "read_sabre.php", *paths))


READERS = {
    "libical": LibIcal,
    "ical.js": IcalJs,
    "khal": Khal,
    "calcurse": Calcurse,
    "ics": Ics,
    "ical": Ical,
    "vobject": VObject,
    "recurring-ical-events": RecurringIcalEvents,
    "node-ical": NodeIcal,
    "ts-ics": TsIcs,
    "sabre": Sabre,
}


@pytest.fixture(params=READERS)
def reader(request):
    return READERS[request.param]()


def named(reader):
    return next(name for name, kind in READERS.items() if type(reader) is kind)


def rendered(items, zone=SHANGHAI, name=NAME):
    return render_calendar(
        items, name=name, today=TODAY, zone=zone, language="zh", detail="normal", previous=None
    )


def expected(item, zone):
    if not isinstance(item.start, datetime):
        return one_line(item.summary), f"{item.start:%Y%m%d}", None
    local = item.start.astimezone(zone)
    return one_line(item.summary), f"{local:%Y%m%dT%H%M%S}", int(item.start.timestamp())


def assert_seen(reader, items, zone, folder):
    path = folder / "calendar.ics"
    path.write_bytes(rendered(items, zone))
    (seen,) = reader.read([path], zone)

    assert seen["errors"] == []
    wanted = sorted(expected(item, zone)[:2] for item in items)
    assert sorted((title, start) for title, start, _ in seen["items"]) == wanted
    moments = {title: moment for title, _, moment in seen["items"] if moment is not None}
    for item in items:
        title, _, moment = expected(item, zone)
        assert moments.get(title, moment) == moment  # khal tells local times only


def test_reader_sees_every_item_with_title_and_local_start(reader, tmp_path) -> None:
    assert_seen(reader, sample_items(), SHANGHAI, tmp_path)


def test_reader_sees_the_right_moment_on_both_sides_of_a_clock_change(reader, tmp_path) -> None:
    if isinstance(reader, TsIcs):
        pytest.skip("it takes the whole day of the change for winter time")
    # the hours where a VTIMEZONE shows that has its onset by the wrong clock
    hours = [
        datetime(2026, 11, 1, 4, tzinfo=UTC),
        datetime(2026, 11, 1, 7, tzinfo=UTC),
        datetime(2027, 3, 14, 6, tzinfo=UTC),
        datetime(2027, 3, 14, 7, tzinfo=UTC),
        datetime(2027, 3, 14, 8, tzinfo=UTC),
    ]
    items = [
        CalendarItem(key=str(hour), start=hour, end=hour + timedelta(minutes=30), summary=str(hour))
        for hour in hours
    ]

    assert_seen(reader, items, NEW_YORK, tmp_path)


# What is hard to write is hard to read, too: what a reader is known to get wrong of texts that
# the others agree on. Backslash and n become a line break in many, `BEGIN:VEVENT` in a text ends
# an item, and a long one is cut inside a character.
HARD = {
    "backslash": "D:\\Notes\\new; 450, 460 万: 'x' \"y\" ^n %2C",
    "emoji": "👨‍👩‍👧 带看 🇨🇳",
    "long": "楼" * 5000,
    "begin": "BEGIN:VEVENT",
}
MISREADS = {
    "calcurse": {"long"},
    "ics": {"backslash"},
    "khal": {"backslash"},  # its import writes the item anew
    "node-ical": {"backslash"},
    "sabre": {"backslash"},
    "ts-ics": {"backslash", "begin"},
}


def test_reader_sees_texts_that_are_hard_to_write(reader, tmp_path) -> None:
    titles = [text for name, text in HARD.items() if name not in MISREADS.get(named(reader), ())]
    items = [
        dataclasses.replace(
            sample_items()[number % 2], key=str(number), summary=title, description=title * 2
        )
        for number, title in enumerate(titles)
    ]

    assert_seen(reader, items, SHANGHAI, tmp_path)


def test_reader_takes_a_calendar_without_items(reader, tmp_path) -> None:
    path = tmp_path / "empty.ics"
    path.write_bytes(rendered([]))
    (seen,) = reader.read([path], SHANGHAI)

    assert seen["items"] == []
    assert not [each for each in seen["errors"] if "rror" in each]


@pytest.fixture(scope="module", params=["minimal", "full"])
def whole(request, tmp_path_factory):
    """The invented brokerage's calendar, and the items in it."""
    drawn = DrawnVault(tmp_path_factory.mktemp("whole"))
    shutil.copytree(VAULT, drawn.root, dirs_exist_ok=True)
    drawn.run("ical", "-o", "calendar.ics", "--detail", request.param, lang="zh")
    app = App(drawn.environ(BROKERNOTES_NOW=NOW, BROKERNOTES_LANG="zh"))
    app.vault_option = str(drawn.root)
    made = CalendarWriter(app, CALENDARS, detail=request.param, reveals=False).items
    app.vault.index.close()
    items = [item for named in made.values() for item in named]
    return (drawn.root / "calendar.ics").read_bytes(), items


def test_reader_sees_the_invented_brokerage_s_whole_calendar(reader, whole, tmp_path) -> None:
    written, items = whole
    path = tmp_path / "calendar.ics"
    path.write_bytes(written)
    (seen,) = reader.read([path], SHANGHAI)

    assert seen["errors"] == []
    assert len(items) > 50
    assert sorted((title, start) for title, start, _ in seen["items"]) == sorted(
        expected(item, SHANGHAI)[:2] for item in items
    )


def caught(reader, names, folder):
    """Which of the faulty files a reader complains of, or shows other than the good one."""
    paths = {name: folder / f"{name}.ics" for name in ("good", *names)}
    for name, path in paths.items():
        path.write_bytes(GOOD if name == "good" else FAULTY[name][0])
    seen = dict(zip(paths, reader.read(list(paths.values()), SHANGHAI), strict=True))
    assert seen["good"]["errors"] == []
    times = sorted(start for _, start, _ in seen["good"]["items"])
    assert times == ["20261121T143000", "20261128"]
    return {
        name
        for name in names
        if seen[name]["errors"] or sorted(start for _, start, _ in seen[name]["items"]) != times
    }


# What each reader is known to notice, so that its silence about our files says something.
BITES = {
    "libical": {
        "absolute-trigger-without-value",
        "calendar-method",
        "cut-off",
        "end-and-duration",
        "fold-in-character",
        "no-dtstart",
        "no-such-day",
        "no-version",
        "refresh-not-a-duration",
        "trigger-not-a-duration",
        "two-summaries",
        "unfolded-text",
    },
    "ical.js": {
        "bom",
        "cut-off",
        "date-without-value",
        "fold-in-character",
        "gbk",
        "iso-date",
        "no-colon",
        "text-before",
        "unclosed-item",
    },
    "khal": {
        "alarm-without-trigger",
        "end-is-a-date",
        "ends-before",
        "floating",
        "no-uid",
        "sequence-text",
        "uid-twice",
        "zone-unknown",
    },
    "calcurse": {
        "comma-unescaped",
        "cut-off",
        "date-with-time",
        "end-is-a-date",
        "ends-before",
        "ends-when-it-starts",
        "no-such-day",
        "no-version",
    },
    "ics": {
        "absolute-trigger-without-value",
        "alarm-without-trigger",
        "control-character",
        "floating",
        "no-prodid",
        "status-unknown",
        "two-summaries",
        "zone-without-name",
    },
    "ical": {
        "alarm-without-trigger",
        "control-character",
        "end-is-a-date",
        "refresh-not-a-duration",
        "sequence-text",
        "stamp-text",
        "status-unknown",
        "two-summaries",
        "zone-without-name",
    },
    "vobject": {
        "end-and-duration",
        "no-dtstamp",
        "no-prodid",
        "no-uid",
        "two-summaries",
        "zone-without-name",
    },
    "recurring-ical-events": {
        "ends-before",
        "item-outside",
        "refresh-not-a-duration",
        "trigger-not-a-duration",
        "uid-twice",
    },
    "node-ical": {"cut-off", "fold-in-character", "iso-date", "no-such-day", "uid-twice"},
    "ts-ics": {"cut-off", "date-without-value", "fold-in-character", "no-dtstart", "no-such-day"},
    "sabre": {"bom", "control-character", "cut-off", "gbk", "no-dtstart", "no-such-day"},
}


def test_reader_bites(reader, tmp_path) -> None:
    wanted = BITES[named(reader)]

    assert caught(reader, sorted(wanted), tmp_path) == wanted


def test_every_faulty_file_is_caught_by_a_reader_or_the_linter() -> None:
    linted = {name for name, (data, _, _) in FAULTY.items() if lint(data)}
    read = set().union(*BITES.values())

    assert linted | read == set(FAULTY)
    assert set(FAULTY) - read > {"long-line", "alarm-at-top", "calendar-uid", "uid-alphabet"}
