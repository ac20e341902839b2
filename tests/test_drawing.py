from tests.drawing import to_bytes


def test_a_drawn_vault_has_rules_and_an_environment_of_its_own(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        id: C-9F3DWA
        ---
        """)

    assert drawn.read("brokernotes.yaml") == "format: 1\nlanguage: zh\n"
    assert drawn.read("clients/li.md") == "---\nid: C-9F3DWA\n---\n"
    assert drawn.environ()["HOME"] == str(drawn.home)


def test_a_command_runs_in_the_vault_with_streams_and_clock_of_its_own(vault):
    result = vault().run("--version")

    assert result.exit == 0
    assert result.out.startswith("brokernotes ")
    assert result.err == ""


def test_links_folders_and_repeated_content_can_be_drawn(vault):
    drawn = vault("""
        -- clients/a.md -> ../outside.md --
        -- clients/b.md/ --
        -- clients/c.md (3 times) --
        x
        """)

    assert (drawn.root / "clients/a.md").is_symlink()
    assert (drawn.root / "clients/b.md").is_dir()
    assert drawn.read("clients/c.md") == "x\nx\nx\n"


def test_bytes_and_a_missing_last_line_end_can_be_drawn():
    assert to_bytes("a\\xFFb\n\\\n") == b"a\xffb"
