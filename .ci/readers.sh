#!/usr/bin/env bash
# Installs the programs that are not ours and that tests need: calendar readers (`pytest -m
# ics_clients`), what takes notes to a phone, and a browser that prints.
#   khal      and todoman, vdirsyncer, khard in one environment, .ci/cache/readers-venv: what
#             people of the terminal read calendars and contacts with
#   ics, ical, vobject, recurring-ical-events
#             libraries that calendar programs of other people are made with, .ci/cache/parsers-venv
#   radicale  the CalDAV server that tests/radicale_server.py starts, .ci/cache/radicale-venv
#   ical.js   Thunderbird's and Nextcloud's engine, .ci/cache/node_modules
#   node-ical, ts-ics
#             what web programs read calendars with, there too
#   tsdav     a CalDAV client that is not ours, there too
#   syncthing takes the notes to a phone (tests/test_phones.py)
#   yaml      what Obsidian reads and writes front matter with, for `pytest -m slow`
#   chromium  prints proposals (tests/test_storage_browsers.py)
#   calcurse  another calendar of the terminal
#   sabre/vobject
#             Nextcloud's and Baïkal's server side, through PHP
#   libical   Evolution's, KDE's and GNOME's engine, through the system's own python3
# Needs Debian and root only for what the system lacks. Running it again costs a second;
# it says nothing unless something fails, and then shows the whole log.
set -euo pipefail

TERMINAL_READERS=(khal==0.14.1 todoman==4.7.0 vdirsyncer==0.21.0 khard==0.22.0)
PARSERS=(ical==14.3.1 ics==0.7.3 recurring-ical-events==3.8.2 vobject==0.9.9)
CALDAV_SERVER=(radicale==3.9.0)
NODE_MODULES=(ical.js@2.2.1 node-ical@0.27.2 ts-ics@2.4.6 tsdav@2.3.4 yaml@2.8.1)

cache="$(dirname "${BASH_SOURCE[0]}")/cache"
mkdir -p "$cache"
cache="$(cd "$cache" && pwd -P)" # environments keep the path they were made under
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
command -v calcurse >>"$log" || packages+=(calcurse)
sabre_works() {
    php -r 'exit(@include_once("Sabre/VObject/autoload.php") ? 0 : 1);' >>"$log" 2>&1
}
sabre_works || packages+=(php-cli php-sabre-vobject)
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

# environment NAME PROGRAM REQUIREMENT...: a virtual environment, made anew when the list changes.
environment() {
    local venv="$cache/$1" program=$2
    shift 2
    if [ "$(cat "$venv/versions" 2>/dev/null)" = "$*" ] \
        && "$venv/bin/$program" --version >>"$log" 2>&1; then
        return
    fi
    rm -rf "$venv"
    python3 -m venv "$venv" >>"$log" 2>&1
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" >>"$log" 2>&1
    echo "$*" >"$venv/versions"
}

environment readers-venv khal "${TERMINAL_READERS[@]}"
environment parsers-venv python "${PARSERS[@]}"
environment radicale-venv radicale "${CALDAV_SERVER[@]}"

if [ "$(cat "$cache/node_modules/versions" 2>/dev/null)" != "${NODE_MODULES[*]}" ]; then
    npm install --prefix "$cache" --no-save --no-audit --no-fund --loglevel=error \
        "${NODE_MODULES[@]}" >>"$log" 2>&1
    echo "${NODE_MODULES[*]}" >"$cache/node_modules/versions"
fi
