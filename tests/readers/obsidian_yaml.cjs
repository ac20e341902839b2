// Front matter as Obsidian's properties write it: one JSON text a line in, one out; null: refused.
// Obsidian 1.x reads with npm `yaml` and prints with these options; see docs/decisions.md.
const path = require("path");
const YAML = require(path.join(process.argv[2], "yaml"));
for (const line of require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  let out = null;
  try {
    const value = YAML.parse(JSON.parse(line));
    out = value === null || Object.keys(value).length === 0
      ? "" : YAML.stringify(value, { lineWidth: 0, nullStr: "" });
  } catch (error) {
    out = null;
  }
  process.stdout.write(JSON.stringify(out) + "\n");
}
