#!/usr/bin/env bash
# Installs the programs that are not ours and that tests need: calendar readers (`pytest -m
# ics_clients`), what takes notes to a phone, and a browser that prints.
#   khal      and todoman, vdirsyncer, khard in one environment, .ci/cache/readers-venv: what
#             people of the terminal read calendars and contacts with
#   ical.js   Thunderbird's and Nextcloud's engine, .ci/cache/node_modules
#   syncthing takes the notes to a phone (tests/test_phones.py)
#   yaml      what Obsidian reads and writes front matter with, for `pytest -m slow`
#   chromium  prints proposals (tests/test_storage_browsers.py)
#   libical   Evolution's, KDE's and GNOME's engine, through the system's own python3
# Needs Debian and root only for what the system lacks. Running it again costs a second;
# it says nothing unless something fails, and then shows the whole log.
set -euo pipefail

TERMINAL_READERS=(khal==0.14.1 todoman==4.7.0 vdirsyncer==0.21.0 khard==0.22.0)
ICAL_JS_VERSION=2.2.1
YAML_VERSION=2.8.1

cache="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/cache"
mkdir -p "$cache"
log="$cache/readers.log"
: >"$log"
trap 'status=$?; if [ "$status" -ne 0 ]; then cat "$log" >&2; echo "readers.sh: failed" >&2; fi' EXIT

packages=()

libical_works() {
    [ -x /usr/bin/python3 ] && /usr/bin/python3 -c \
        'import gi; gi.require_version("ICalGLib", "3.0"); from gi.repository import ICalGLib' \
        >>"$log" 2>&1
}

libical_works || packages+=(python3 python3-gi gir1.2-ical-3.0)
command -v syncthing >>"$log" || packages+=(syncthing)
command -v chromium >>"$log" || command -v google-chrome >>"$log" || packages+=(chromium)
command -v node >>"$log" || packages+=(nodejs)
command -v npm >>"$log" || packages+=(npm)
command -v python3 >>"$log" && python3 -c 'import ensurepip, venv' >>"$log" 2>&1 \
    || packages+=(python3 python3-venv)

if [ "${#packages[@]}" -gt 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >>"$log" 2>&1
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >>"$log" 2>&1
fi
libical_works

if [ "$(cat "$cache/readers-venv/versions" 2>/dev/null)" != "${TERMINAL_READERS[*]}" ] \
    || ! "$cache/readers-venv/bin/khal" --version >>"$log" 2>&1; then
    rm -rf "$cache/readers-venv"
    python3 -m venv "$cache/readers-venv" >>"$log" 2>&1
    "$cache/readers-venv/bin/pip" install --quiet --disable-pip-version-check \
        "${TERMINAL_READERS[@]}" >>"$log" 2>&1
    echo "${TERMINAL_READERS[*]}" >"$cache/readers-venv/versions"
fi

if ! grep -qs "\"version\": \"$ICAL_JS_VERSION\"" "$cache/node_modules/ical.js/package.json" \
    || ! grep -qs "\"version\": \"$YAML_VERSION\"" "$cache/node_modules/yaml/package.json"; then
    npm install --prefix "$cache" --no-save --no-audit --no-fund --loglevel=error \
        "ical.js@$ICAL_JS_VERSION" "yaml@$YAML_VERSION" >>"$log" 2>&1
fi
