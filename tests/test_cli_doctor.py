"""`doctor` names what is wrong and the mend, and never fails itself."""

import json
import os
import re
import sqlite3

import pytest

GOOD = """
    -- clients/li.md --
    ---
    id: C-9F3DWA
    type: client
    created: 2026-08-01
    ---
    -- brokernotes.yaml --
    format: 1
    -- .gitignore --
    /calendar/
    -- git --
    """


def doctor(drawn, *args, **more):
    result = drawn.run("doctor", "--json", *args, **more)
    assert result.exit in (0, 1), result.err
    found = {one["code"]: one for one in json.loads(result.out)}
    assert result.exit == any(one["level"] == "trouble" for one in found.values())
    return found


def test_a_vault_that_is_well_has_no_trouble(vault):
    drawn = vault(GOOD)
    before = sorted(path for path in drawn.root.rglob("*") if ".git" not in path.parts)

    result = drawn.run("doctor", now="2099-01-01T09:00")

    assert result.exit == 0
    assert "Nothing is wrong." in result.err
    assert sorted(path for path in drawn.root.rglob("*") if ".git" not in path.parts) == before
    assert drawn.git("status", "--porcelain") == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_finding_is_told_in_both_languages(vault, lang, golden):
    drawn = vault(GOOD)
    drawn.write("brokernotes.yaml", "format: 1\nquiet: 3\n")
    drawn.write("calendar/followups.ics", "x")
    drawn.write(".obsidian/workspace.json", "{}")
    drawn.git("add", "-f", ".obsidian/workspace.json")

    told = drawn.run("doctor", lang=lang, now="2099-01-01T09:00")

    text = told.out.replace(str(drawn.root.resolve()), "VAULT")
    for pattern, stands_for in (
        (r"git version \S+", "git version N"),
        (r"[\d.]+ GB", "N GB"),
        (r"Python .*", "Python N · …"),
        (r"20\d\d-\d\d-\d\d \d\d:\d\d", "DATE"),
        (r"\b\d\d:\d\d\b", "TIME"),
        (r"(locale|区域) \S+?(?=[)）])", r"\1 N"),
        (
            r"(?m)^  (?:note|注意).*(?:computer|本机).*DATE.*\n.*\n|^  (?:ok|正常).*DATE.*zone.*\n",
            "",
        ),
    ):
        text = re.sub(pattern, stands_for, text)
    text = "\n".join(line for line in text.split("\n") if "Asia/Shanghai" not in line)
    text = "\n".join(line for line in text.split("\n") if "timezone" not in line)
    golden(f"doctor-{lang}.txt", text.encode())
    assert told.exit == 1


def test_rules_that_cannot_be_read_are_what_it_is_for(vault):
    drawn = vault(GOOD)
    drawn.write("brokernotes.yaml", "format: [\n")

    found = doctor(drawn)

    assert found["rules"]["level"] == "trouble"
    assert "brokernotes check brokernotes.yaml" in found["rules"]["mend"]


def test_a_newer_format_is_said(vault):
    drawn = vault(GOOD)
    drawn.write("brokernotes.yaml", "format: 99\n")

    assert doctor(drawn)["format-newer"]["level"] == "trouble"


def test_without_a_vault_it_says_how_to_make_one(vault, tmp_path):
    drawn = vault()
    empty = tmp_path / "empty"
    empty.mkdir()

    found = doctor(drawn, cwd=str(empty))

    assert found["vault-none"]["level"] == "trouble"
    assert "brokernotes init" in found["vault-none"]["mend"]
    assert "versions" in found


def test_a_vault_outside_git_is_only_noted(vault):
    found = doctor(vault())

    assert found["git-none"]["level"] == "note"


def test_a_vault_inside_a_repository_is_told_what_that_means(vault):
    drawn = vault()
    drawn.write("店/brokernotes.yaml", "format: 1\n")
    drawn.git("init", "-q")

    found = doctor(drawn, cwd="店")

    assert found["git-inside"]["level"] == "note"
    assert "{commit: true}" in found["git-inside"]["mend"].replace("git: ", "")


def test_git_that_is_not_installed_is_trouble(vault):
    drawn = vault(GOOD)

    assert doctor(drawn, environ={"PATH": ""})["git-absent"]["level"] == "trouble"


def test_git_that_knows_nobody_is_trouble(vault):
    drawn = vault(GOOD)
    (drawn.home / "gitconfig").write_text("")

    found = doctor(drawn)

    assert found["git-user-absent"]["level"] == "trouble"
    assert found["agent-unknown"]["level"] == "note"


def test_a_lock_that_a_dead_git_left_is_trouble(vault):
    drawn = vault(GOOD)
    lock = drawn.root / ".git" / "index.lock"
    lock.touch()
    os.utime(lock, (0, 0))

    found = doctor(drawn)

    assert found["git-locked"]["level"] == "trouble"
    assert str(lock.resolve()) in found["git-locked"]["mend"]


def test_a_conflict_and_a_detached_head_are_said(vault):
    drawn = vault(GOOD)
    drawn.git("switch", "-qc", "other")
    drawn.write("clients/li.md", "other\n")
    drawn.git("commit", "-qam", "other")
    drawn.git("switch", "-q", "main")
    drawn.write("clients/li.md", "main\n")
    drawn.git("commit", "-qam", "main")
    drawn.git("checkout", "-q", "--detach")
    with pytest.raises(Exception, match="non-zero"):
        drawn.git("merge", "other")

    found = doctor(drawn)

    assert found["git-conflict"]["level"] == "trouble"
    assert found["git-detached"]["level"] == "note"


def test_a_clock_before_the_newest_commit_is_trouble(vault):
    drawn = vault(GOOD)

    found = doctor(drawn, now="2020-01-01T09:00")

    assert found["clock-behind"]["level"] == "trouble"


def test_nothing_committed_yet_is_noted(vault):
    drawn = vault()
    drawn.git("init", "-q")

    assert doctor(drawn)["git-no-commits"]["level"] == "note"


def test_files_of_one_computer_in_git_are_noted(vault):
    drawn = vault(GOOD)
    drawn.write("calendar/followups.ics", "x")
    drawn.git("add", "-f", "calendar")

    found = doctor(drawn)

    assert found["git-tracked"]["params"] == {"count": 1, "path": "calendar/followups.ics"}


def test_remotes_are_asked_only_when_it_is_wanted(vault, tmp_path):
    drawn = vault(GOOD)
    drawn.git("init", "-q", "--bare", str(tmp_path / "copy.git"))
    drawn.git("remote", "add", "origin", str(tmp_path / "copy.git"))
    drawn.git("remote", "add", "gone", str(tmp_path / "gone.git"))

    assert "git-remotes" in doctor(drawn)
    found = doctor(drawn, "--online")

    assert found["git-remote"]["params"]["name"] == "origin"
    assert found["git-remote-unreachable"]["params"]["name"] == "gone"


def test_a_damaged_index_is_trouble_and_says_how_it_is_made_anew(vault):
    drawn = vault(GOOD)
    drawn.run("index")
    (path,) = drawn.root.glob(".git/brokernotes/index.sqlite")
    assert doctor(drawn)["index"]["params"] == {"count": 1}
    data = bytearray(path.read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    path.write_bytes(data)

    found = doctor(drawn)

    assert found["index-damaged"]["level"] == "trouble"
    assert "index --rebuild" in found["index-damaged"]["mend"]
    with pytest.raises(sqlite3.Error):
        sqlite3.connect(path).execute("SELECT count(*) FROM note").fetchone()


def test_entries_in_no_commit_are_counted(vault):
    drawn = vault(GOOD)
    drawn.run("log", "C-9F3DWA", "电话", "问学区", "--no-commit")

    assert doctor(drawn)["journal"]["params"] == {"count": 1}


def test_linter_rules_that_hurt_are_named(vault):
    drawn = vault(GOOD)
    drawn.write(".obsidian/community-plugins.json", '["obsidian-linter", "update-time-on-edit"]')
    drawn.write(
        ".obsidian/plugins/obsidian-linter/data.json",
        '{"ruleConfigs": {"yaml-key-sort": {"enabled": true}, "yaml-title": {"enabled": false}}}',
    )

    found = doctor(drawn)

    assert found["obsidian-linter"]["params"] == {"rules": ["yaml-key-sort"]}
    assert found["obsidian-plugin"]["params"] == {"name": "update-time-on-edit"}
    assert found["obsidian-types"]["mend"] == "`brokernotes export --obsidian`"


def test_settings_of_obsidian_that_are_no_json_do_not_stop_it(vault):
    drawn = vault(GOOD)
    drawn.write(".obsidian/community-plugins.json", "[")
    drawn.write(".obsidian/types.json", "\\")

    assert doctor(drawn)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_vault_that_cannot_be_written_is_trouble(vault):
    drawn = vault(GOOD)
    drawn.root.chmod(0o555)
    try:
        assert doctor(drawn)["read-only"]["level"] == "trouble"
    finally:
        drawn.root.chmod(0o755)


def test_what_cannot_be_looked_at_is_a_finding_and_the_rest_is_told(vault):
    drawn = vault(GOOD)
    config = drawn.root / ".git" / "config"
    config.write_text(config.read_text() + "[broken")

    found = doctor(drawn)

    assert found["git-unknown"]["level"] == "trouble"
    assert found["git-unknown"]["mend"] == "`git status` says more."
    assert found["versions"]["level"] == "ok"


def test_templates_that_ask_for_no_own_field_are_old_until_they_are_written_anew(vault):
    drawn = vault(GOOD)
    drawn.run("export", "--obsidian")
    assert "templates-old" not in doctor(drawn)
    drawn.write(
        "brokernotes.yaml",
        "format: 1\nfields: {listing: {parking: {label: {zh: 车位, en: Parking}, kind: text}}}\n",
    )

    found = doctor(drawn)["templates-old"]

    assert found["level"] == "note"
    assert found["mend"] == "`brokernotes export --obsidian`"
    assert found["params"] == {"paths": ["templates/房源.md"]}
    drawn.run("export", "--obsidian")
    assert "templates-old" not in doctor(drawn)


AGENT = """
    -- 经纪人/王敏.md --
    ---
    id: A-5GWQ8M
    type: agent
    title: 王敏
    email: {}
    ---
    """


@pytest.mark.parametrize(
    ("email", "code", "told"),
    [
        ("agent@example.com", "agent", "you are 王敏, by your email in git"),
        ("other@example.com", "agent-unknown", "no agent has your email in git"),
    ],
)
def test_which_agent_an_address_means_is_looked_up(vault, email, code, told):
    drawn = vault(GOOD + AGENT.format(email))
    (drawn.home / "gitconfig").write_text(
        "[user]\n\tname = 王敏\n\temail = agent@example.com\n", encoding="utf-8"
    )
    assert doctor(drawn)[code]["message"].startswith(told)  # before there is an index, too
    drawn.run("index")

    assert doctor(drawn)[code]["message"].startswith(told)
