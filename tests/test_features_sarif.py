"""SARIF and workflow commands, byte for byte, and what every reader of them relies on."""

import json

UGLY = """
    -- clients/李, 女士: 100%.md --
    ---
    id: C-9F3DWA
    type: client
    created: 2026-13-01
    phone: 02158881234
    referred_by: "[[无, 名: 氏]]"
    budjet: 3
    ---
    -- brokernotes.yaml --
    format: 1
    language: zh
    -- git --
    """


def test_the_sarif_log_is_what_it_was(vault, golden):
    drawn = vault(UGLY)

    golden("check.sarif", drawn.run("check", "--format", "sarif").out.encode())


def test_the_workflow_commands_are_what_they_were(vault, golden):
    drawn = vault(UGLY)

    golden("check-github.txt", drawn.run("check", "--format", "github").out.encode())


def test_a_sarif_log_has_what_code_hosts_require(vault):
    drawn = vault(UGLY)

    log = json.loads(drawn.run("check", "--format", "sarif", lang="zh").out)

    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note", "none")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].isascii()
        assert " " not in place["artifactLocation"]["uri"]
        region = place["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        assert region.get("endColumn", 10**9) > region["startColumn"]
    assert "02158881234" not in json.dumps(log)


def test_a_fingerprint_stays_when_lines_above_move(vault):
    drawn = vault(UGLY)

    def prints():
        log = json.loads(drawn.run("check", "--format", "sarif").out)
        return {one["partialFingerprints"]["brokernotes/v1"] for one in log["runs"][0]["results"]}

    before = prints()
    path = "clients/李, 女士: 100%.md"
    drawn.write(path, drawn.read(path).replace("created", "title: x\ncreated"))

    assert before == prints()


def test_a_clean_vault_is_an_empty_run(vault):
    log = json.loads(vault().run("check", "--format", "sarif").out)

    assert log["runs"][0]["results"] == []
    assert vault().run("check", "--format", "github").out == ""


def test_jsonl_is_a_problem_a_line(vault):
    drawn = vault(UGLY)

    lines = drawn.run("check", "--format", "jsonl").out.splitlines()

    assert [json.loads(line) for line in lines] == json.loads(drawn.run("check", "--json").out)


def test_the_rule_of_a_code_with_a_law_names_it(vault):
    drawn = vault("""
        -- listings/a.md --
        ---
        id: L-7K2PQM
        title: 稳赚不赔
        status: 在售
        ---
        """)

    log = json.loads(
        drawn.run("check", "--publishable", "--only", "ad-return", "--format", "sarif").out
    )

    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["fullDescription"]["text"].endswith("Advertising Law, article 26, item 1 (found)")
