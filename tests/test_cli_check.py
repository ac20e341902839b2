import json

import pytest

from tests.transcripts import names


@pytest.mark.parametrize("name", names("check"))
def test_transcripts_of_check_hold(transcript, name):
    transcript(name)


def test_price_range_upside_down_points_at_its_upper_end(vault):
    drawn = vault("""
        -- clients/zhang.md --
        ---
        id: C-7K2PQM
        type: client
        budget_min: 650
        budget_max: 400
        created: 2026-08-01
        ---
        """)

    assert drawn.problem_lines() == [
        "clients/zhang.md:5:13: error[range-order] 400 is below budget_min 650"
    ]


def test_json_has_the_shape_that_programs_bind_to(vault):
    drawn = vault("""
        -- listings/a.md --
        ---
        id: L-7K2PQM
        created: 2026-08-01
        grade: A
        status: 在售吗
        ---
        """)

    result = drawn.run("check", "--json")

    assert result.exit == 1
    (found,) = json.loads(result.out)
    assert list(found) == [
        "path", "line", "column", "end_column", "severity", "code", "params", "message", "hint",
        "fixable",
    ]  # fmt: skip
    assert found["path"] == "listings/a.md"
    assert (found["line"], found["column"], found["end_column"]) == (5, 9, 12)
    assert found["params"]["value"] == "在售吗"
    assert found["params"]["likely"] == "在售"
    assert found["params"]["choices"][0] == "在售"


def test_a_clean_vault_exits_with_zero_and_an_empty_list(vault):
    drawn = vault()

    assert drawn.run("check").exit == 0
    assert json.loads(drawn.run("check", "--json").out) == []


def test_hints_and_warnings_alone_exit_with_zero(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        id: C-9F3DWA
        created: 2026-08-01
        budjet: 3
        ---
        """)

    result = drawn.run("check")

    assert result.exit == 0
    assert "unknown-key" in result.out


def test_the_rules_decide_what_a_code_counts_as(vault):
    drawn = vault("""
        -- brokernotes.yaml --
        format: 1
        checks: {unknown-key: error, missing-id: off}
        -- clients/li.md --
        ---
        created: 2026-08-01
        budjet: 3
        ---
        """)

    result = drawn.run("check")

    assert result.exit == 1
    assert "error[unknown-key]" in result.out
    assert "missing-id" not in result.out


def test_paths_limit_what_is_reported(vault):
    drawn = vault("""
        -- clients/a.md --
        x
        -- clients/b.md --
        x
        -- listings/c.md --
        x
        """)

    assert {one["path"] for one in json.loads(drawn.run("check", "clients", "--json").out)} == {
        "clients/a.md",
        "clients/b.md",
    }
    one = drawn.run("check", "a.md", "--json", cwd="clients")
    assert {found["path"] for found in json.loads(one.out)} == {"clients/a.md"}


def test_a_path_that_is_not_there_is_said(vault):
    result = vault().run("check", "clients/nobody.md")

    assert result.exit == 4
    assert "there is no clients/nobody.md in the vault" in result.err


def test_text_names_files_from_where_one_stands(vault):
    drawn = vault("""
        -- clients/a.md --
        x
        """)

    assert drawn.run("check", cwd="clients").out.startswith("a.md:1:1: ")


def test_the_marker_stands_under_chinese_text_by_its_width(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        id: C-9F3DWA
        created: 2026-08-01
        title: 李女士 浦东 # 三房
        ---
        """)

    lines = drawn.run("check").out.split("\n")

    assert lines[1] == "    title: 李女士 浦东 # 三房"
    assert lines[2] == "                       ^^^^^^"


def test_telephone_numbers_are_masked_in_excerpts_and_messages(vault):
    drawn = vault("""
        -- clients/a.md --
        ---
        id: C-9F3DWA
        created: 2026-08-01
        phone: "13800138000"
        ---
        -- clients/b.md --
        ---
        id: C-9F3DWB
        created: 2026-08-01
        phone: "13800138000"
        ---
        """)

    for out in (drawn.run("check").out, drawn.run("check", "--json").out):
        assert "shared-phone" in out
        assert "13800138000" not in out


def test_card_numbers_are_not_repeated_in_excerpts(vault):
    drawn = vault("""
        -- clients/a.md --
        ---
        id: C-9F3DWA
        created: 2026-08-01
        ---

        身份证 11010519491231002X
        """)

    out = drawn.run("check").out

    assert "id-card" in out
    assert "11010519491231002X" not in out
    assert "1101**************" in out


def test_a_card_number_is_not_repeated_by_other_problems_of_its_line(vault):
    drawn = vault("""
        -- clients/a.md --
        ---
        id: C-9F3DWA
        wechat: 110105194912311006
        ---
        """)

    for out in (drawn.run("check").out, drawn.run("check", "--json").out):
        assert "unquoted-code" in out
        assert "051949123110" not in out


def test_a_line_of_megabytes_is_shown_in_part(vault):
    drawn = vault("""
        -- clients/a.md --
        ---
        id: C-9F3DWA
        ---
        ⟨浦东三房 ×300000⟩[[没有]]⟨浦东三房 ×30000⟩
        """)

    out = drawn.run("check").out

    assert "dead-link" in out
    assert len(out) < 500


def test_check_survives_any_file(vault):
    drawn = vault("""
        -- clients/nul.md --
        ---
        id: C-9F3DWA\\x00
        -- clients/gbk.md --
        \\xC0\\xEE\\xC5\\xAE\\xCA\\xBF
        -- clients/big.md (6000000 times) --
        123456789
        -- clients/folder.md/ --
        -- clients/out.md -> /etc/passwd --
        -- clients/in.md -> nul.md --
        -- clients/.cloud.md.icloud --
        bplist
        -- clients/pipe.md (pipe) --
        -- clients/last.md --
        ---
        a: [1
        """)

    found = json.loads(drawn.run("check", "--json").out)

    by_path: dict[str, set[str]] = {}
    for one in found:
        by_path.setdefault(one["path"], set()).add(one["code"])
    assert "nul-byte" in by_path["clients/nul.md"]
    assert "not-utf8" in by_path["clients/gbk.md"]
    assert "file-too-big" in by_path["clients/big.md"]
    assert "folder-as-note" in by_path["clients/folder.md"]
    assert "outside-link" in by_path["clients/out.md"]
    assert "symlink-skipped" in by_path["clients/in.md"]
    assert "cloud-placeholder" in by_path["clients/cloud.md"]
    assert "unreadable" in by_path["clients/pipe.md"]
    assert "unclosed-front-matter" in by_path["clients/last.md"]


def test_a_byte_order_mark_and_crlf_move_no_position(vault):
    drawn = vault("""
        -- clients/li.md --
        \\xEF\\xBB\\xBF---\\x0D
        id: C-9F3DWA\\x0D
        created: 2026-13-01\\x0D
        ---\\x0D
        """)

    assert drawn.problem_lines() == [
        "clients/li.md:3:10: error[date-impossible] created: there is no “2026-13-01” in the calendar",  # noqa: E501
    ]


def test_fix_mints_ids_of_notes_and_entries_and_then_is_done(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        type: client
        created: 2026-08-01
        ---

        ## 跟进记录

        - 2026-08-18 09:10 电话 问学区
        - 2026-08-20 14:30 到店
        """)

    first = drawn.run("check", "--fix")
    after = drawn.read("clients/li.md")
    second = drawn.run("check", "--fix")

    assert first.exit == 0
    assert first.out == ""
    assert "clients/li.md: mended missing-entry-id ×2, missing-id" in first.err
    assert "Nothing to mend." in second.err
    assert drawn.read("clients/li.md") == after
    assert after.startswith("---\ntype: client\ncreated: 2026-08-01\nid: C-")
    assert after.count(" ^") == 2


def test_fix_takes_the_id_a_file_name_ends_with(vault):
    drawn = vault("""
        -- clients/李女士-9F3DWA.md --
        ---
        created: 2026-08-01
        ---
        """)

    drawn.run("check", "--fix")

    assert "id: C-9F3DWA\n" in drawn.read("clients/李女士-9F3DWA.md")


def test_fix_gives_front_matter_to_a_note_without(vault):
    drawn = vault("""
        -- clients/li.md --
        Called, wants three rooms.
        """)

    drawn.run("check", "--fix")

    lines = drawn.read("clients/li.md").split("\n")
    assert lines[0] == lines[3] == "---"
    assert lines[1].startswith("id: C-")
    assert lines[2] == "type: client"
    assert lines[4] == "Called, wants three rooms."


def test_dry_run_shows_the_diff_and_writes_nothing(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        created: 2026-08-01
        ---
        """)
    before = drawn.read("clients/li.md")

    result = drawn.run("check", "--fix", "--dry-run")

    assert drawn.read("clients/li.md") == before
    assert result.exit == 0
    assert "\n+id: C-" in result.out
    assert "--- a/clients/li.md" in result.out


def test_fix_leaves_what_it_cannot_edit_for_certain_and_says_why(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        created: 2026-08-01
        created: 2026-08-02
        ---
        """)
    before = drawn.read("clients/li.md")

    result = drawn.run("check", "--fix")

    assert drawn.read("clients/li.md") == before
    assert "clients/li.md: missing-id is left: a key is there twice" in result.err


def test_fix_commits_what_it_did_where_the_vault_is_a_repository(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        created: 2026-08-01
        ---
        -- brokernotes.yaml --
        format: 1
        -- git --
        """)

    drawn.run("check", "--fix")

    assert drawn.git("status", "--porcelain") == ""
    assert drawn.git("log", "--format=%s").split("\n")[1] == "drawn"


def test_an_entry_lost_to_a_stale_editor_is_said_and_put_back(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        id: C-9F3DWA
        created: 2026-08-01
        ---

        ## 跟进记录

        - 2026-08-18 09:10 电话 问学区 ^3ack67k2p
        -- journal clients/li.md 3afq6m4x9 --
        - 2026-08-20 14:30 到店 [意向:: 4] ^3afq6m4x9
        """)

    assert drawn.problem_lines() == [
        "clients/li.md:1:1: warning[entry-missing] a log entry that was written here is gone: "
        "2026-08-20 14:30 到店 [意向:: 4]"
    ]
    result = drawn.run("check", "--fix")

    assert "clients/li.md: mended entry-missing" in result.err
    assert drawn.read("clients/li.md").endswith("- 2026-08-20 14:30 到店 [意向:: 4] ^3afq6m4x9\n")
    assert drawn.problem_lines() == []


def test_dry_run_without_fix_is_refused(vault):
    assert vault().run("check", "--dry-run").exit == 2


def test_what_is_wrong_between_notes_is_asked_again_when_a_note_changes(vault):
    drawn = vault("""
        -- listings/a.md --
        ---
        id: L-7K2PQM
        created: 2026-08-01
        community: "[[阳光花园]]"
        ---
        """)
    assert "dead-link" in drawn.run("check").out
    assert "dead-link" in drawn.run("check").out

    drawn.write("communities/阳光花园.md", "---\nid: M-7K2PQM\n---\n")

    assert drawn.problem_lines() == []


def test_a_file_that_is_no_note_is_a_target_as_soon_as_it_is_there(vault):
    drawn = vault("""
        -- clients/a.md --
        ---
        id: C-7K2PQM
        created: 2026-08-01
        ---

        [[合同.pdf]]
        """)
    assert "dead-link" in drawn.run("check").out

    drawn.write("合同.pdf", "%PDF")

    assert drawn.problem_lines() == []


def test_verbs_agents_and_values_near_a_known_one_are_offered_it(vault):
    drawn = vault("""
        -- agents/王敏.md --
        ---
        id: A-7K2PQM
        ---
        -- clients/li.md --
        ---
        id: C-9F3DWA
        created: 2026-08-01
        stage: 再看
        ---

        ## 跟进记录

        - 2026-08-18 带坎 [[无]] ^3ack67k2p
        - 2026-08-19 电话 @王闵 ^3ack67k2q
        - 2026-08-19 唱歌 ^3ack67k2r
        """)

    found = {(one["line"], one["code"]): one.get("hint") for one in drawn.problems()}

    assert str(found[4, "unknown-value"]).startswith(
        "Did you mean 在看? Otherwise write one of 在看"
    )
    assert found[9, "unknown-verb"] == "Did you mean 带看?"
    assert found[10, "unknown-agent"] == "Did you mean @王敏?"
    assert str(found[11, "unknown-verb"]).startswith("Begin with a verb")


def test_a_folder_is_known_by_either_word(vault):
    drawn = vault("""
        -- 客源/a.md --
        x
        -- listings/b.md --
        x
        """)

    for word, path in (("clients", "客源/a.md"), ("clients/a.md", "客源/a.md"),
                       ("房源", "listings/b.md"), ("客源/", "客源/a.md")):  # fmt: skip
        found = json.loads(drawn.run("check", word, "--json").out)
        assert {one["path"] for one in found} == {path}


def test_a_path_outside_the_vault_is_said_to_be(vault, tmp_path):
    drawn = vault()
    (tmp_path / "x.md").write_text("x")

    for path in (str(tmp_path / "x.md"), "..", "../x.md"):
        result = drawn.run("check", path)
        assert result.exit == 4
        assert f"{path} is not in the vault" in result.err


def test_what_yaml_makes_of_a_phone_is_masked_too(vault):
    drawn = vault("""
        -- clients/a.md --
        ---
        id: C-9F3DWA
        created: 2026-08-01
        phone: 02158881234
        ---
        """)

    for out in (drawn.run("check").out, drawn.run("check", "--json").out):
        assert "unquoted-code" in out
        assert "2158881234" not in out


def test_a_protected_note_is_left_and_the_others_are_mended_and_committed(vault):
    drawn = vault(
        """
        -- clients/a.md --
        ---
        type: client
        created: 2026-08-01
        ---
        -- clients/b.md --
        ---
        type: client
        created: 2026-08-01
        ---
        -- clients/c.md --
        ---
        type: client
        created: 2026-08-01
        ---
        -- brokernotes.yaml --
        format: 1
        -- git --
        """
    )
    (drawn.root / "clients/b.md").chmod(0o444)

    said = drawn.run("check", "--fix", lang="en")

    assert said.exit == 0, said.err
    assert "cannot write clients/b.md: no permission" in said.err
    assert "clients/a.md: mended missing-id" in said.err
    assert "id:" in drawn.read("clients/c.md")
    assert "id:" not in drawn.read("clients/b.md")
    assert drawn.git("status", "--porcelain") == ""
    assert drawn.run("fmt", "--check").exit == 0


def test_nul_bytes_stay_where_they_are_until_a_person_has_seen_them(vault):
    drawn = vault(
        """
        -- clients/a.md --
        ---
        id: C-9F3DWA
        type: client
        created: 2026-08-01
        salutation: a\\x00b
        motivation: c\\x07d
        ---
        """
    )

    drawn.run("check", "--fix")

    data = (drawn.root / "clients/a.md").read_bytes()
    assert b"salutation: a\0b\n" in data
    assert b"motivation: c d\n" in data
    assert "nul-byte" in [one["code"] for one in drawn.problems()]


def test_a_code_that_is_never_mended_is_said_to_be_so(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        id: C-9F3DWA
        type: client
        budget_min: 900
        budget_max: 300
        ---
        """)

    done = drawn.run("--lang", "en", "check", "--fix", "--only", "range-order")

    assert "range-order is not mended by --fix: what is right only a person knows." in done.err
    assert "Nothing to mend." in done.err
