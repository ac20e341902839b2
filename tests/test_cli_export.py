"""`export --json-schema`: the field table for other programs, what the brokerage added included."""

import json

import jsonschema


def test_the_schema_is_one_and_knows_own_fields(vault):
    drawn = vault(
        """
        -- brokernotes.yaml --
        format: 1
        language: zh
        fields: {listing: {parking_fee: {label: {zh: 车位费, en: Parking fee}, kind: number}}}
        """
    )

    said = drawn.run("export", "--json-schema")

    schema = json.loads(said.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "parking_fee" in json.dumps(schema)
    assert said.exit == 0


OWN = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    fields: {listing: {parking_fee: {label: {zh: 车位费, en: Parking fee}, kind: number}}}
    -- templates/客源.md --
    my own template
    -- .obsidian/types.json --
    {"types": {"mine": "checkbox", "price": "text"}}
"""


def test_obsidian_is_told_of_own_fields_and_keeps_what_is_the_users(vault):
    drawn = vault(OWN)

    said = drawn.run("export", "--obsidian")

    types = json.loads(drawn.read(".obsidian/types.json"))["types"]
    assert said.exit == 0, said.err
    assert (types["mine"], types["price"], types["parking_fee"]) == ("checkbox", "number", "number")
    assert drawn.read("templates/客源.md") == "my own template\n"
    assert "parking_fee:" in drawn.read("templates/房源.md")
    again = drawn.run("export", "--obsidian")
    assert (again.out, again.exit) == ("", 0)


def test_a_dry_run_writes_nothing(vault):
    drawn = vault(OWN)

    said = drawn.run("export", "--obsidian", "--dry-run")

    assert '+    "parking_fee": "number"' in said.out
    assert "parking_fee" not in drawn.read(".obsidian/types.json")
    assert not (drawn.root / "templates/房源.md").exists()


def test_a_template_as_it_came_gains_the_own_field(vault):
    drawn = vault(OWN.replace("my own template", ""))
    drawn.run("export", "--obsidian")
    with_field = drawn.read("templates/房源.md")
    drawn.write("brokernotes.yaml", "format: 1\nlanguage: zh\n")
    (drawn.root / "templates/房源.md").unlink()
    drawn.run("export", "--obsidian")
    assert "parking_fee" not in drawn.read("templates/房源.md")
    drawn.draw(OWN.split("    -- templates")[0])

    drawn.run("export", "--obsidian")

    assert drawn.read("templates/房源.md") == with_field


def test_a_settings_file_that_is_none_is_refused(vault):
    drawn = vault(OWN.replace('{"types"', "["))

    said = drawn.run("export", "--obsidian")

    assert said.exit == 1
    assert drawn.read(".obsidian/types.json").startswith("[")


def test_the_page_of_fields_tells_own_fields(vault):
    assert "车位费" in vault(OWN).run("export", "--fields", lang="zh").out


def test_one_thing_is_exported_at_a_time(vault):
    drawn = vault(OWN)

    done = drawn.run("--lang", "en", "export", "--json-schema", "--fields")

    assert (done.exit, done.out) == (2, "")
    assert "export one thing at a time, not --json-schema, --fields" in done.err
