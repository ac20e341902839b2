// A phone that speaks CalDAV through tsdav: does what standard input says, tells it as JSON.
// node caldav_tsdav.cjs MODULE_FOLDER < {server, user, password, does: [[what, …], …]}

const path = require("path");

async function main(folder) {
  const { createDAVClient } = require(path.join(folder, "tsdav"));
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const { server, user, password, does } = JSON.parse(Buffer.concat(chunks).toString());
  // Its own "Basic" takes no password beyond Latin-1.
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const client = await createDAVClient({
    serverUrl: server,
    credentials: {},
    authMethod: "Custom",
    authFunction: async () => ({ authorization }),
    defaultAccountType: "caldav",
  });
  const calendars = await client.fetchCalendars();
  const named = (name) => {
    const found = calendars.find((one) => decodeURIComponent(one.url).endsWith(`/${name}/`));
    if (!found) throw new Error(`no calendar ${name}`);
    return found;
  };
  const actions = {
    calendars: () =>
      calendars.map((one) => [decodeURIComponent(one.url).split("/").at(-2), one.components]),
    // tsdav asks for events alone unless it is told otherwise.
    list: (name, component) =>
      client.fetchCalendarObjects({
        calendar: named(name),
        filters: {
          "comp-filter": {
            _attributes: { name: "VCALENDAR" },
            "comp-filter": { _attributes: { name: component } },
          },
        },
      }),
    write: async (calendarObject) =>
      (await client.updateCalendarObject({ calendarObject })).status,
    make: async (name, filename, iCalString) =>
      (await client.createCalendarObject({ calendar: named(name), filename, iCalString })).status,
    remove: async (calendarObject) =>
      (await client.deleteCalendarObject({ calendarObject })).status,
  };
  const told = [];
  for (const [what, ...values] of does) told.push(await actions[what](...values));
  process.stdout.write(JSON.stringify(told));
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
