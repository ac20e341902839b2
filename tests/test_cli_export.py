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


# -- contacts

CLIENTS = """
    -- clients/li.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士 浦东三房
    salutation: 李女士
    name: 李静
    phone: "13800138000"
    budget_max: 650
    agent: "[[王敏]]"
    ---
    ## 跟进记录
    - 2026-11-19 10:00 电话 什么都别说 ^3afq6m4x9
    -- clients/zhou.md --
    ---
    id: C-8G4EXB
    type: client
    title: 周先生
    phone: ["13900139000"]
    agent: "[[李航]]"
    ---
    -- clients/none.md --
    ---
    id: C-7H5FYC
    type: client
    title: 吴女士
    agent: "[[李航]]"
    ---
    -- agents/王敏.md --
    ---
    id: A-R45D5D
    type: agent
    title: 王敏
    ---
    -- agents/李航.md --
    ---
    id: A-S56E6E
    type: agent
    title: 李航
    supervisor: "[[王敏]]"
    ---
    """


def test_contacts_are_clients_one_answers_for(vault):
    drawn = vault(CLIENTS)
    mine = drawn.run("export", "--vcard", "--mine", "--agent", "王敏")
    led = drawn.run("export", "--vcard", "--agent", "王敏")
    his = drawn.run("export", "--vcard", "--agent", "李航")

    assert (mine.exit, mine.out.count("BEGIN:VCARD\r\n")) == (0, 1)
    assert "FN:李女士 李静 浦东三房\r\n" in mine.out
    assert mine.err == "1 contact, phones unmasked\n"
    assert "什么都别说" not in mine.out
    assert "650" not in mine.out
    assert led.out.count("BEGIN:VCARD\r\n") == 2
    assert "1 client has no phone and is left out" in led.err
    assert "周先生" in his.out
    assert "李静" not in his.out


def test_contacts_are_told_to_nobody_in_particular(vault):
    said = vault(CLIENTS).run("export", "--vcard")

    assert (said.exit, said.out) == (1, "")
    assert "--agent" in said.err


def test_a_file_of_contacts_is_written_where_it_differs(vault):
    drawn = vault(CLIENTS)
    words = ("export", "--vcard", "--agent", "王敏", "-o", "my.vcf")
    dry = drawn.run(*words, "--dry-run")
    assert "+FN:李女士 李静 浦东三房" in dry.out
    assert not (drawn.root / "my.vcf").exists()

    assert drawn.run(*words).out == "my.vcf: 2 contacts\n"
    assert drawn.run(*words).out == "my.vcf: 2 contacts, unchanged\n"
    assert json.loads(drawn.run(*words, "--json", "--vcard-version", "3.0").out) == {
        "path": "my.vcf",
        "contacts": 2,
        "changed": True,
    }
    assert "VERSION:3.0\r\n" in drawn.read("my.vcf")


def test_somebody_s_own_contacts_are_left_alone(vault):
    drawn = vault(CLIENTS)
    drawn.write("my.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mum\r\nEND:VCARD\r\n")

    assert drawn.run("export", "--vcard", "--agent", "王敏", "-o", "my.vcf").exit == 1
    assert "Mum" in drawn.read("my.vcf")


def test_options_of_contacts_go_with_contacts(vault):
    drawn = vault(CLIENTS)

    assert drawn.run("export", "--fields", "--mine").exit == 2
    assert drawn.run("export", "--vcard", "--agent", "王敏", "--json").exit == 2
