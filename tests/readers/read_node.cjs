// What node-ical and ts-ics see in calendar files, as one JSON line for each.
// node read_node.cjs LIBRARY MODULE_FOLDER FILE…

const fs = require("fs");
const path = require("path");

const two = (number) => String(number).padStart(2, "0");
const dayOf = (date) => `${date.getUTCFullYear()}${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}`;

function wallTime(date, zone) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  });
  const part = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return `${part.year}${part.month}${part.day}T${part.hour}${part.minute}${part.second}`;
}

function timed(title, date, zone) {
  return [title, wallTime(date, zone || "UTC"), Math.floor(date.getTime() / 1000)];
}

const LIBRARIES = {
  "node-ical": (ical, text) =>
    Object.values(ical.sync.parseICS(text))
      .filter((one) => one.type === "VEVENT")
      .map(({ summary, start, datetype }) =>
        datetype === "date" ? [summary, dayOf(start), null] : timed(summary, start, start.tz)),
  "ts-ics": (ics, text) =>
    (ics.convertIcsCalendar(undefined, text).events || []).map(({ summary, start }) =>
      start.type === "DATE"
        ? [summary, dayOf(start.date), null]
        : timed(summary, start.date, start.local && start.local.timezone)),
};

function main([name, folder, ...files]) {
  const library = require(path.join(folder, name));
  for (const file of files) {
    let result;
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(fs.readFileSync(file));
      result = { items: LIBRARIES[name](library, text), errors: [] };
    } catch (error) {
      result = { items: [], errors: [String(error)] };
    }
    console.log(JSON.stringify(result));
  }
}

main(process.argv.slice(2));
