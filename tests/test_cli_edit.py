"""`edit` as a user meets it, with small programs as editors."""

import json
import sys
import textwrap

import pytest

from brokernotes.cli import edit as edit_commands
from brokernotes.storage.editors import Editor
from tests.transcripts import names

DRAWING = """
    -- clients/li.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    stage: 在看
    budget_max: 600
    ---

    ## 跟进记录

    - 2026-11-01 10:00 电话 聊了很久 ^3ack67k2p
    -- git --
"""
PATH = "clients/li.md"


@pytest.fixture(autouse=True)
def _never_at_once(monkeypatch):
    monkeypatch.setattr(edit_commands, "AT_ONCE", 0)


@pytest.fixture
def drawn(vault):
    return vault(DRAWING)


@pytest.fixture
def editor(tmp_path):
    """A program that changes the file it is given: `editor("text.replace('a', 'b')")`."""

    def make(expression="text", before="", name="editor.py"):
        script = tmp_path / name
        script.write_text(
            textwrap.dedent(
                f"""
                import sys
                from pathlib import Path
                file = Path(sys.argv[-1])
                text = file.read_bytes().decode()
                {before}
                file.write_bytes(({expression}).encode())
                """
            ),
            encoding="utf-8",
        )
        return {"EDITOR": f'"{sys.executable}" "{script}"'}

    return make


def kept(drawn):
    folder = drawn.root / ".git/brokernotes/editing"
    return sorted(folder.glob("*/*.md")) if folder.exists() else []


@pytest.fixture
def answers(monkeypatch):
    """A person who answers so."""
    said = []

    def answer(*given):
        said.extend(given)
        monkeypatch.setattr(edit_commands, "may_ask", lambda _: True)
        monkeypatch.setattr(edit_commands.click, "confirm", lambda *_, **__: said.pop(0))
        return said

    return answer


@pytest.mark.parametrize("name", names("edit"))
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)


def test_what_was_typed_is_written_and_committed_alone(drawn, editor):
    drawn.write("clients/other.md", "mine, not committed\n")
    done = drawn.run("edit", "李女士", environ=editor("text.replace('600', '650')"))

    assert (done.exit, done.out, done.err) == (0, "clients/li.md\n", "")
    assert "budget_max: 650\n" in drawn.read(PATH)
    assert drawn.git("show", "--format=%s", "--name-only").split() == ["编辑：李女士", PATH]
    assert kept(drawn) == []


def test_what_is_not_changed_is_neither_written_nor_committed(drawn, editor):
    before = drawn.git("rev-parse", "HEAD")
    done = drawn.run("edit", "C-9F3DWA", environ=editor())

    assert (done.exit, done.out, done.err) == (0, "", "nothing changed\n")
    assert drawn.git("rev-parse", "HEAD") == before
    assert kept(drawn) == []


def test_an_editor_that_comes_back_at_once_keeps_its_copy_for_the_next_time(
    drawn, editor, answers, monkeypatch
):
    monkeypatch.setattr(edit_commands, "AT_ONCE", 1e9)
    done = drawn.run("edit", "C-9F3DWA", environ=editor())

    assert "came back at once" in done.err
    (copy,) = kept(drawn)
    copy.write_text(copy.read_text("utf-8").replace("600", "700"), "utf-8")  # saved in its window

    answers(True)
    done = drawn.run("edit", "C-9F3DWA", environ=editor())

    assert done.exit == 0
    assert "budget_max: 700\n" in drawn.read(PATH)
    assert kept(drawn) == []


def test_errors_are_shown_and_edited_again(drawn, editor, answers):
    answers(True)
    turns = editor("text.replace('stage: 在看', 'stage: 胡说') if '胡说' not in text"
                   " else text.replace('胡说', '观望')")  # fmt: skip
    done = drawn.run("edit", "C-9F3DWA", environ=turns)

    assert done.exit == 0
    assert "clients/li.md:5:8: error[unknown-value]" in done.err
    assert "stage: 观望\n" in drawn.read(PATH)


def test_errors_that_are_left_are_written_all_the_same(drawn, editor):
    done = drawn.run("edit", "C-9F3DWA", environ=editor("text.replace('在看', '胡说')"))

    assert done.exit == 1
    assert "error[unknown-value]" in done.err
    assert "stage: 胡说\n" in drawn.read(PATH)


@pytest.mark.parametrize("breaks", ["raise SystemExit(3)", "file.unlink(); raise SystemExit(3)"])
def test_an_editor_that_fails_changes_nothing(drawn, editor, breaks):
    before = drawn.read(PATH)
    done = drawn.run("edit", "C-9F3DWA", environ=editor(before=breaks))

    assert done.exit == 1
    assert "failed with exit code 3; nothing was written" in done.err
    assert drawn.read(PATH) == before


@pytest.mark.parametrize("left", ["b''", "b' \\n'"])
def test_an_editor_that_leaves_nothing_empties_no_note(drawn, editor, left):
    before = drawn.read(PATH)
    wipes = f"file.write_bytes({left}); raise SystemExit(0)"
    done = drawn.run("edit", "C-9F3DWA", environ=editor(before=wipes))

    assert done.exit == 1
    assert "left no text" in done.err
    assert "nothing was written" in done.err
    assert drawn.read(PATH) == before
    assert kept(drawn) == []


def test_what_a_failing_editor_saved_is_kept(drawn, editor):
    fails = "file.write_bytes((text + '还有这句\\n').encode()); raise SystemExit(1)"
    done = drawn.run("edit", "C-9F3DWA", environ=editor(before=fails))

    assert done.exit == 1
    (copy,) = kept(drawn)
    assert f"What you typed is kept in {copy}." in done.err
    assert copy.read_text("utf-8").endswith("还有这句\n")


def test_no_such_editor_is_said(drawn):
    done = drawn.run("edit", "C-9F3DWA", environ={"VISUAL": "no-such-editor -x", "EDITOR": "vi"})

    assert done.exit == 2
    assert done.err.startswith("brokernotes: the editor no-such-editor cannot be started: ")
    assert kept(drawn) == []


def test_an_editor_that_is_no_command_is_said(drawn):
    done = drawn.run("edit", "C-9F3DWA", environ={"BROKERNOTES_EDITOR": "vi '"})

    assert (done.exit, done.err) == (2, "brokernotes: BROKERNOTES_EDITOR is no command: vi '\n")


def test_what_another_program_wrote_elsewhere_in_the_note_stays(drawn, editor):
    note = drawn.root / PATH
    appends = (
        f"other = Path({str(note)!r}); "
        "other.write_bytes(other.read_bytes() + '- 2026-11-20 09:00 微信 在吗\\n'.encode())"
    )
    adds = "text.replace('title: 李女士', 'title: 李女士 三房')"
    done = drawn.run("edit", "C-9F3DWA", environ=editor(adds, appends))

    assert done.exit == 0
    assert "What others wrote there meanwhile is kept." in done.err
    assert "title: 李女士 三房\n" in drawn.read(PATH)
    assert drawn.read(PATH).endswith("- 2026-11-20 09:00 微信 在吗\n")


def test_both_changes_of_one_line_leave_the_note_alone_and_the_text_kept(drawn, editor, answers):
    note = drawn.root / PATH
    other = (
        f"other = Path({str(note)!r}); "
        "other.write_bytes(other.read_bytes().replace(b'600', b'610'))"
    )
    done = drawn.run("edit", "C-9F3DWA", environ=editor("text.replace('600', '650')", other))

    assert done.exit == 5
    assert "has changed since you opened it, in the same place" in done.err
    assert "budget_max: 610\n" in drawn.read(PATH)
    (copy,) = kept(drawn)
    assert "budget_max: 650\n" in copy.read_text("utf-8")

    answers(True)
    done = drawn.run(
        "edit", "C-9F3DWA", environ=editor("text.replace('650', '600').replace('很久', '很多')")
    )
    assert done.exit == 0
    assert "budget_max: 610\n" in drawn.read(PATH)
    assert "聊了很多" in drawn.read(PATH)


def test_a_note_that_was_renamed_meanwhile_is_found_by_its_id(drawn, editor):
    moves = (
        f"import os; os.rename({str(drawn.root / PATH)!r}, {str(drawn.root / 'clients/x.md')!r})"
    )
    done = drawn.run("edit", "C-9F3DWA", environ=editor("text.replace('600', '650')", moves))

    assert done.exit == 0
    assert "budget_max: 650\n" in drawn.read("clients/x.md")


def test_what_is_no_text_can_be_made_one(vault, editor):
    drawn = vault(r"""
        -- clients/gbk.md --
        ---
        title: \xcd\xf5
        ---
    """)
    done = drawn.run("edit", "clients/gbk.md", environ={"EDITOR": gbk_editor(drawn)})

    assert done.exit == 0
    assert drawn.read("clients/gbk.md") == "---\ntitle: 王\n---\n"


def gbk_editor(drawn):
    script = drawn.home / "gbk.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfile = Path(sys.argv[-1])\n"
        "file.write_bytes(file.read_bytes().decode('gbk').encode())\n",
        encoding="utf-8",
    )
    return f'"{sys.executable}" "{script}"'


def test_a_dry_run_shows_the_diff_and_keeps_the_text(drawn, editor):
    before = drawn.read(PATH)
    done = drawn.run("edit", "C-9F3DWA", "--dry-run", environ=editor("text.replace('600', '650')"))

    assert done.exit == 0
    assert "-budget_max: 600\n+budget_max: 650\n" in done.out
    assert drawn.read(PATH) == before
    assert len(kept(drawn)) == 1


def test_programs_are_told_the_problems(drawn, editor):
    done = drawn.run("edit", "C-9F3DWA", "--json", environ=editor("text.replace('在看', '胡说')"))
    told = json.loads(done.out)

    assert (told["id"], told["changed"]) == ("C-9F3DWA", True)
    assert [one["code"] for one in told["problems"]] == ["unknown-value"]


def test_an_entry_is_gone_to_by_its_line(drawn, editor):
    script = editor(name="nvim")["EDITOR"]  # an editor that is known to take +N
    seen = []
    original = edit_commands._run

    def run(session, line):
        seen.append(line)
        return original(session, line)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edit_commands, "_run", run)
        drawn.run("edit", "C-9F3DWA:3ack67k2p", environ={"EDITOR": script})
        drawn.run("edit", "C-9F3DWA", "--line", "3", environ={"EDITOR": script})
    assert seen == [11, 3]


@pytest.mark.parametrize(
    ("chosen", "started"),
    [
        ("vim", "vim +7 x.md"),
        ("nano -w", "nano -w +7 x.md"),
        ("code", "code --wait --goto x.md:7"),
        ("code --wait", "code --wait --goto x.md:7"),
        ("subl -w", "subl -w x.md:7"),
        ("hx", "hx x.md:7"),
        ("notepad", "notepad x.md"),
        ("/usr/bin/gvim", "/usr/bin/gvim --nofork +7 x.md"),
    ],
)
def test_editors_are_told_to_wait_and_where_to_begin(chosen, started):
    assert Editor(tuple(chosen.split())).command("x.md", 7) == started.split()


def test_gits_editor_is_the_last_that_is_asked(drawn, editor):
    script = editor("text.replace('600', '650')")["EDITOR"]
    drawn.git("config", "core.editor", script)
    done = drawn.run("edit", "C-9F3DWA")

    assert done.exit == 0
    assert "budget_max: 650\n" in drawn.read(PATH)


def test_ctrl_c_in_the_editor_ends_neither_of_the_two(drawn, editor):
    interrupts = "import os, signal; signal.signal(2, lambda *_: None); os.kill(os.getppid(), 2)"
    done = drawn.run("edit", "C-9F3DWA", environ=editor("text.replace('600', '650')", interrupts))

    assert done.exit == 0
    assert "budget_max: 650\n" in drawn.read(PATH)


def test_ctrl_c_at_the_question_keeps_the_text(drawn, editor, monkeypatch):
    def interrupted(*_, **__):
        raise edit_commands.click.Abort

    monkeypatch.setattr(edit_commands, "may_ask", lambda _: True)
    monkeypatch.setattr(edit_commands.click, "confirm", interrupted)
    before = drawn.read(PATH)
    done = drawn.run("edit", "C-9F3DWA", environ=editor("text.replace('在看', '胡说')"))

    assert done.exit == 130
    assert drawn.read(PATH) == before
    (copy,) = kept(drawn)
    assert f"What you typed is kept in {copy}." in done.err


def test_a_kept_copy_that_got_there_some_other_way_is_not_offered(drawn, editor):
    drawn.run("edit", "C-9F3DWA", "--dry-run", environ=editor("text.replace('600', '650')"))
    (copy,) = kept(drawn)
    drawn.write(PATH, copy.read_text("utf-8"))
    done = drawn.run("edit", "C-9F3DWA", environ=editor())

    assert done.err == "nothing changed\n"
    assert kept(drawn) == []
