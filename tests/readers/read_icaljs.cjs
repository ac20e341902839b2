// What ical.js (Thunderbird, Nextcloud) sees in calendar files, as one JSON line for each.
// node read_icaljs.cjs MODULE_FOLDER FILE…

const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");

function read(ICAL, file) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(fs.readFileSync(file));
  ICAL.design.strict = true;
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const items = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const start = event.startDate;
    return [event.summary, start.toICALString(), start.isDate ? null : start.toUnixTime()];
  });
  return { items, errors: [] };
}

async function main([folder, ...files]) {
  const { main: entry, module } = JSON.parse(fs.readFileSync(path.join(folder, "ical.js", "package.json")));
  const loaded = await import(pathToFileURL(path.join(folder, "ical.js", module || entry)).href);
  for (const file of files) {
    let result;
    try {
      result = read(loaded.default, file);
    } catch (error) {
      result = { items: [], errors: [String(error)] };
    }
    console.log(JSON.stringify(result));
  }
}

main(process.argv.slice(2));
