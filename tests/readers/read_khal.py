"""What khal sees in calendar files, as one JSON line for each file.

read_khal.py ZONE FILE…, under the python that has khal. Each file is imported into a folder of
its own and listed; one process does it for all, since khal takes long to load.
"""

import json
import sys
from pathlib import Path

from click.testing import CliRunner
from khal.cli import main_khal


def told(config: Path, *words: object) -> list[str]:
    """What one command said, line by line; a crash is a line as well."""
    done = CliRunner().invoke(main_khal, ["-c", str(config), *map(str, words)])
    said = done.output.splitlines()
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        said.append(repr(done.exception))
    return said


def read(path: Path, zone: str) -> dict[str, list[object]]:
    folder = path.with_suffix(".khal")
    (folder / "vdir").mkdir(parents=True)
    config = folder / "config"
    config.write_text(
        f"[calendars]\n[[it]]\npath = {folder / 'vdir'}\n"
        f"[sqlite]\npath = {folder / 'khal.db'}\n"
        f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\n"
        "timeformat = %H:%M\ndateformat = %Y%m%d\nlongdateformat = %Y%m%d\n"
        "datetimeformat = %Y%m%dT%H%M00\nlongdatetimeformat = %Y%m%dT%H%M00\n"
    )
    said = told(config, "import", "--batch", "-a", "it", path)
    listing = ("list", "-a", "it", "--once", "-df", "", "-f", "{start}\t{title}")
    shown = told(config, *listing, "20261001", "20280401")
    rows = [line.split("\t") for line in shown if "\t" in line]
    return {
        "items": [[title, start, None] for start, title in rows],
        "errors": [line for line in said if line.strip()],
    }


zone, *paths = sys.argv[1:]
for each in paths:
    sys.stdout.write(json.dumps(read(Path(each), zone)) + "\n")
