import sys
from datetime import UTC, datetime

import pytest

from brokernotes.storage import git_plumbing
from brokernotes.storage.git import GitRefusedError, Repository
from brokernotes.storage.git_commit import Operation, ask_state, commit_change
from brokernotes.storage.git_edits import Change
from tests.git_vault import GitVault

A = "clients/李女士-9F3DWA.md"
B = "listings/阳光花园 3室2厅-7K2PQM.md"
HEAD = "---\nid: C-9F3DWA\n---\n\n说明\n\n## 跟进记录\n\n- 2026-08-18 微信 ^3ac000001\n".encode()
ENTRY = "- 2026-08-20 带看 ^3afq6m4x9\n".encode()
LOGGED = HEAD + ENTRY
KINDS = (
    "config", "fast-import", "hash-object", "ls-files", "status", "update-index", "update-ref",
)  # fmt: skip
OPERATION = Operation("3afq6op01", "带看 李女士")


@pytest.fixture
def vault(tmp_path):
    vault = GitVault(tmp_path)
    vault.git("init", "--initial-branch=main")
    vault.write(A, HEAD)
    vault.write(B, HEAD)
    vault.git("add", "-A")
    vault.git("commit", "-m", "first")
    return vault


def commit(vault, *changes, operation=OPERATION, merge=None, root=None, **environ):
    repository = Repository.find(str(root or vault.root), environ=vault.environ | environ)
    return commit_change(repository, changes, operation, merge)


def log(vault, path=A, before=HEAD, after=LOGGED, **options):
    """Write a note, as a command does, and commit that."""
    vault.write(path, after)
    return commit(vault, Change(path, before, after), **options)


def reason(result):
    assert result.commit is None
    return result.reason.code


def files_of(vault, revision="HEAD"):
    out = vault.git("show", "--format=", "--name-only", "--no-renames", "-z", revision)
    return [path for path in out.split("\0") if path]


# What a commit holds


def test_a_change_is_committed_with_its_subject_and_operation(vault):
    first = vault.git("rev-parse", "HEAD")

    result = log(vault)

    assert result.reason is None
    assert (
        vault.git("log", "-1", "--format=%H %P %s") == f"{result.commit} {first[:-1]} 带看 李女士\n"
    )
    assert vault.git("log", "-1", "--format=%(trailers:key=Operation,valueonly)").strip() == (
        "3afq6op01"
    )
    assert vault.git("log", "-1", "--format=%an <%ae> %cn") == "王敏 <wang@example.com> 王敏\n"
    assert vault.committed(A) == LOGGED
    assert files_of(vault) == [A]
    assert vault.status() == []
    assert vault.git("symbolic-ref", "HEAD") == "refs/heads/main\n"
    vault.git("fsck", "--strict")


def test_one_operation_on_two_notes_is_one_commit(vault):
    vault.write(A, LOGGED)
    vault.write(B, LOGGED)

    commit(vault, Change(A, HEAD, LOGGED), Change(B, HEAD, LOGGED))

    assert files_of(vault) == [A, B]
    assert vault.git("rev-list", "--count", "HEAD") == "2\n"
    assert vault.status() == []


def test_other_changes_in_the_tree_stay_out_and_stay_staged(vault):
    vault.write("staged.md", b"staged")
    vault.git("add", "staged.md")
    vault.write(B, b"staged too")
    vault.git("add", B)
    vault.write("untracked.md", b"x")
    before = vault.status()

    log(vault)

    assert files_of(vault) == [A]
    assert vault.status() == before


def test_a_commit_is_dated_by_gits_clock(vault):
    log(vault)

    seconds = int(vault.git("log", "-1", "--format=%ct"))
    assert abs(datetime.now(UTC).timestamp() - seconds) < 60


def test_a_subject_stays_one_line(vault):
    log(vault, operation=Operation("op", "一\n\nOperation: forged\n二"))

    assert vault.git("log", "-1", "--format=%s") == "一 Operation: forged 二\n"
    assert vault.git("log", "-1", "--format=%(trailers:key=Operation,valueonly)").strip() == "op"


def test_a_note_git_does_not_know_is_committed_whole(vault):
    result = log(vault, "clients/新.md", b"by hand\n", b"by hand\nours\n")

    assert result.commit
    assert vault.committed("clients/新.md") == b"by hand\nours\n"
    assert vault.status() == []


def test_a_new_note_is_committed(vault):
    assert log(vault, "deals/2026/新.md", None, b"new\n").commit
    assert vault.committed("deals/2026/新.md") == b"new\n"
    assert vault.status() == []


def test_a_note_moved_is_removed_and_added_in_one_commit(vault):
    (vault.root / A).unlink()
    vault.write("clients/新名.md", HEAD)

    commit(vault, Change(A, HEAD, None), Change("clients/新名.md", None, HEAD))

    assert files_of(vault) == ["clients/新名.md", A] or files_of(vault) == [A, "clients/新名.md"]
    assert vault.committed(A) is None
    assert vault.status() == []


@pytest.mark.skipif(sys.platform == "win32", reason="names Windows does not store")
@pytest.mark.parametrize(
    "name",
    [
        '引"号".md',
        "换\n行.md",
        "tab\t.md",
        "back\\slash.md",
        " space .md",
        "-rf.md",
        ":(top)*.md",
        "[a].md",
    ],
)
def test_odd_names_are_committed_as_they_are(vault, name):
    assert log(vault, name, None, b"1\n").commit
    assert log(vault, name, b"1\n", b"1\n2\n").commit
    assert vault.committed(name) == b"1\n2\n"
    assert files_of(vault) == [name]
    assert vault.status() == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_the_mode_in_git_stays(vault):
    (vault.root / A).chmod(0o755)
    vault.git("commit", "-am", "mode")

    log(vault)

    assert vault.git("ls-tree", "HEAD", "--", A).startswith("100755 ")
    assert vault.git("ls-files", "-s", "--", A).startswith("100755 ")


def test_line_ends_go_by_the_attributes_and_the_file_keeps_its_own(vault):
    vault.write(".gitattributes", b"*.md text eol=lf\n")
    vault.git("add", "-A")
    vault.git("commit", "-m", "attributes")
    crlf = HEAD.replace(b"\n", b"\r\n")
    vault.write(A, crlf)
    after = crlf + ENTRY.replace(b"\n", b"\r\n")

    result = log(vault, A, crlf, after)

    assert result.commit
    assert vault.committed(A) == LOGGED
    assert (vault.root / A).read_bytes() == after
    assert vault.status() == []


# Half an edit in the same note


def test_of_a_note_edited_by_hand_only_our_change_is_committed(vault):
    edited = HEAD.replace("说明".encode(), "说明,改了一半".encode())

    result = log(vault, A, edited, edited + ENTRY)

    assert result.commit
    assert vault.committed(A) == LOGGED
    assert (vault.root / A).read_bytes() == edited + ENTRY
    assert vault.status() == [f" M {A}"]
    assert vault.git("diff", "--numstat", "--", A).split("\t")[:2] == ["1", "1"]
    assert not list((vault.root / ".git").glob("brokernotes-*"))


def test_an_edit_in_the_same_place_is_a_conflict_and_nothing_is_committed(vault):
    edited = HEAD + "- 2026-08-19 还没提交\n".encode()
    first = vault.git("rev-parse", "HEAD")

    result = log(vault, A, edited, edited + ENTRY)

    assert reason(result) == "conflict"
    assert result.reason.params == {"path": A}
    assert vault.git("rev-parse", "HEAD") == first
    assert (vault.root / A).read_bytes() == edited + ENTRY
    assert vault.status() == [f" M {A}"]


def test_a_better_merge_can_be_given(vault):
    edited = HEAD + "- 2026-08-19 还没提交\n".encode()
    seen = []

    def merge(base, ours, theirs):
        seen.append((base, ours, theirs))
        return LOGGED

    assert log(vault, A, edited, edited + ENTRY, merge=merge).commit
    assert seen == [(edited, HEAD, edited + ENTRY)]
    assert vault.committed(A) == LOGGED
    assert reason(log(vault, B, edited, edited + ENTRY, merge=lambda *_: None)) == "conflict"


def test_one_conflict_keeps_the_whole_operation_from_being_committed(vault):
    edited = HEAD + b"x\n"
    vault.write(A, LOGGED)
    vault.write(B, edited + ENTRY)

    result = commit(vault, Change(A, HEAD, LOGGED), Change(B, edited, edited + ENTRY))

    assert reason(result) == "conflict"
    assert vault.committed(A) == HEAD


def test_what_is_staged_of_the_note_stays_staged_and_keeps_our_change(vault):
    staged = HEAD.replace("说明".encode(), "说明,已暂存".encode())
    vault.write(A, staged)
    vault.git("add", A)

    log(vault, A, staged, staged + ENTRY)

    assert vault.committed(A) == LOGGED
    assert vault.committed(A, "") == staged + ENTRY  # the index
    assert vault.status() == [f"M  {A}"]


def test_staged_and_then_edited_again_keeps_all_three(vault):
    staged = HEAD.replace("说明".encode(), "说明,已暂存".encode())
    edited = staged.replace(b"id: C-9F3DWA", b"id: C-9F3DWA\ngrade: A")
    vault.write(A, staged)
    vault.git("add", A)

    log(vault, A, edited, edited + ENTRY)

    assert vault.committed(A) == LOGGED
    assert vault.committed(A, "") == staged + ENTRY
    assert vault.status() == [f"MM {A}"]


def test_a_note_staged_but_never_committed_is_committed_whole(vault):
    vault.write("新.md", HEAD)
    vault.git("add", "新.md")

    log(vault, "新.md")

    assert vault.committed("新.md") == LOGGED
    assert vault.status() == []


def test_a_note_promised_to_git_without_its_text_is_committed_whole(vault):
    vault.write("新.md", HEAD)
    vault.git("add", "-N", "新.md")

    log(vault, "新.md")

    assert vault.committed("新.md") == LOGGED
    assert vault.status() == []


def test_a_staged_removal_stays_staged(vault):
    vault.git("rm", "--cached", A)

    assert log(vault).commit
    assert vault.committed(A) == LOGGED
    assert vault.status() == [f"D  {A}", "?? clients/"]


def test_removing_a_note_with_changes_not_committed_is_a_conflict(vault):
    (vault.root / A).unlink()

    assert reason(commit(vault, Change(A, HEAD + b"more\n", None))) == "conflict"
    assert vault.committed(A) == HEAD


# Where HEAD may be


def test_the_first_commit_of_a_repository(tmp_path):
    vault = GitVault(tmp_path)
    vault.git("init", "--initial-branch=main")

    result = log(vault, A, None, HEAD)

    assert vault.git("rev-parse", "main") == result.commit + "\n"
    assert vault.status() == []


def test_a_detached_head_moves_alone(vault):
    main = vault.git("rev-parse", "main")
    vault.git("checkout", "--detach")

    result = log(vault)

    assert vault.git("rev-parse", "HEAD") == result.commit + "\n"
    assert vault.git("rev-parse", "main") == main
    assert vault.git("symbolic-ref", "-q", "HEAD", check=False) == ""


def test_a_linked_worktree_commits_on_its_own_branch(vault, tmp_path):
    main = vault.git("rev-parse", "main")
    second = tmp_path / "second"
    vault.git("worktree", "add", "-b", "second", str(second))
    (second / A).write_bytes(LOGGED)

    result = commit(vault, Change(A, HEAD, LOGGED), root=second)

    assert vault.git("rev-parse", "second") == result.commit + "\n"
    assert vault.git("rev-parse", "main") == main
    assert vault.git("status", "--porcelain", cwd=second) == ""
    assert vault.status() == []


def test_a_vault_inside_a_repository_commits_its_own_paths(vault):
    note = vault.root / "clients/inner.md"
    note.write_bytes(b"new\n")

    result = commit(vault, Change("inner.md", None, b"new\n"), root=vault.root / "clients")

    assert result.commit
    assert files_of(vault) == ["clients/inner.md"]


def test_a_sha256_repository(tmp_path):
    vault = GitVault(tmp_path)
    vault.git("init", "--object-format=sha256")
    edited = LOGGED.replace("说明".encode(), b"x")

    assert log(vault, A, None, HEAD).commit
    assert log(vault).commit
    vault.git("fsck", "--strict")
    vault.write(A, edited)
    assert log(vault, A, edited, edited + ENTRY).commit
    (vault.root / A).unlink()
    assert commit(vault, Change(A, LOGGED + ENTRY, None)).commit
    assert vault.status() == []


def test_the_reflog_knows_the_commit(vault):
    result = log(vault)

    assert vault.git("rev-parse", "HEAD@{0}") == result.commit + "\n"
    assert vault.git("rev-parse", "main@{1}") == vault.git("rev-parse", "HEAD~1")


# What keeps a commit from being made


def test_no_hook_of_the_user_runs_and_nothing_is_signed(vault, tmp_path):
    hooks = vault.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in (
        "pre-commit",
        "commit-msg",
        "prepare-commit-msg",
        "post-commit",
        "reference-transaction",
        "post-index-change",
    ):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran-{name}'\nexit 1\n")
        (hooks / name).chmod(0o755)
    vault.git("config", "commit.gpgSign", "true")
    vault.git("config", "gpg.program", "false")

    assert log(vault).commit
    assert list(tmp_path.glob("ran-*")) == []


def test_a_hooks_environment_does_not_send_the_commit_elsewhere(vault, tmp_path):
    index = tmp_path / "index"

    result = log(vault, GIT_INDEX_FILE=str(index), GIT_DIR=str(tmp_path / "none"))

    assert result.commit
    assert not index.exists()
    assert vault.status() == []


def test_nothing_changed_is_no_commit(vault):
    assert reason(commit(vault, Change(A, HEAD, HEAD))) == "nothing"
    assert reason(commit(vault)) == "nothing"


def test_what_is_committed_already_is_no_commit(vault):
    log(vault)

    assert reason(commit(vault, Change(A, HEAD, LOGGED))) == "nothing"


def test_an_ignored_note_is_not_committed(vault):
    vault.write(".gitignore", b"/private/\nsecret.md\n")
    for path in ("private/a.md", "clients/secret.md"):
        result = log(vault, path, None, b"x\n")
        assert reason(result) == "ignored"
        assert result.left_out == (path,)


def test_what_is_not_ignored_is_committed_and_the_rest_named(vault):
    vault.write(".gitignore", b"secret.md\n")
    vault.write("secret.md", b"x\n")
    vault.write(A, LOGGED)

    result = commit(vault, Change("secret.md", None, b"x\n"), Change(A, HEAD, LOGGED))

    assert files_of(vault) == [A]
    assert result.reason.code == "ignored"
    assert result.left_out == ("secret.md",)


def test_a_note_in_a_repository_of_its_own_is_not_committed(vault):
    (vault.root / "other").mkdir()
    vault.git("init", cwd=vault.root / "other")

    assert reason(log(vault, "other/a.md", None, b"x\n")) == "ignored"


def test_without_git_nothing_is_committed(vault):
    assert reason(log(vault, PATH="")) == "git-absent"
    assert vault.status() == [f" M {A}"]


def test_without_a_repository_nothing_is_committed(tmp_path):
    vault = GitVault(tmp_path)

    assert reason(log(vault, A, None, HEAD)) == "no-repository"


def test_without_a_name_nothing_is_committed(vault):
    (vault.root.parent / "home/gitconfig").write_text("")

    assert reason(log(vault)) == "no-user"
    assert log(
        vault,
        GIT_AUTHOR_NAME="a",
        GIT_AUTHOR_EMAIL="a@example.com",
        GIT_COMMITTER_NAME="c",
        GIT_COMMITTER_EMAIL="c@example.com",
    ).commit
    assert vault.git("log", "-1", "--format=%an %cn") == "a c\n"


def test_during_a_merge_nothing_is_committed(vault):
    vault.git("checkout", "-b", "other")
    log(vault, A, HEAD, HEAD + b"other\n")
    vault.git("checkout", "main")
    log(vault, A, HEAD, HEAD + b"main\n")
    vault.git("merge", "other", check=False)
    before = vault.status()

    assert reason(log(vault, B)) == "unfinished"
    (vault.root / ".git/MERGE_HEAD").unlink()
    result = log(vault, A, HEAD, LOGGED)
    assert reason(result) == "unfinished"
    assert result.reason.params == {"path": A}
    assert f"UU {A}" in before
    assert f"UU {A}" in vault.status()


def test_while_the_index_is_locked_nothing_is_committed(vault):
    first = vault.git("rev-parse", "HEAD")
    (vault.root / ".git/index.lock").touch()

    assert reason(log(vault)) == "locked"
    assert vault.git("rev-parse", "HEAD") == first


def test_an_index_locked_at_the_last_moment_leaves_head_alone(vault, monkeypatch):
    first = vault.git("rev-parse", "HEAD")
    real = git_plumbing.begin_index

    def lock_and_update(*arguments):
        (vault.root / ".git/index.lock").touch()
        return real(*arguments)

    monkeypatch.setattr("brokernotes.storage.git_commit.begin_index", lock_and_update)

    assert reason(log(vault)) == "locked"
    (vault.root / ".git/index.lock").unlink()
    assert vault.git("rev-parse", "HEAD") == first
    assert vault.status() == [f" M {A}"]


def test_an_index_that_may_not_be_written_is_not_called_locked(vault, monkeypatch):
    complaint = "fatal: Unable to create '/v/.git/index.lock': Permission denied"

    def refuse(*_):
        raise GitRefusedError("git refused: {complaint}", complaint=complaint)

    monkeypatch.setattr("brokernotes.storage.git_commit.begin_index", refuse)

    result = log(vault)

    assert reason(result) == "refused"
    assert result.reason.params["complaint"] == complaint


def test_a_locked_branch_leaves_the_index_as_it_was(vault):
    first = vault.git("rev-parse", "HEAD")
    (vault.root / ".git/refs/heads/main.lock").touch()

    assert reason(log(vault)) == "locked"
    assert reason(log(vault, "新.md", None, b"new\n")) == "locked"
    (vault.root / ".git/refs/heads/main.lock").unlink()
    assert vault.git("rev-parse", "HEAD") == first
    assert vault.status() == [f" M {A}", "?? 新.md"]


def test_a_commit_by_somebody_else_in_between_is_not_lost(vault, monkeypatch):
    real = git_plumbing.move_head

    def commit_and_move(*arguments):
        vault.git("commit", "--allow-empty", "--only", "-m", "theirs")
        real(*arguments)

    monkeypatch.setattr("brokernotes.storage.git_commit.move_head", commit_and_move)

    result = log(vault)

    assert reason(result) == "locked"
    assert result.reason.message == "somebody else committed at the same moment"
    assert vault.git("log", "-1", "--format=%s") == "theirs\n"
    assert vault.status() == [f" M {A}"]


def test_a_folder_git_cannot_read_is_a_reason_not_an_error(vault):
    (vault.root / ".git/index").write_bytes(b"garbage")

    result = log(vault)

    assert reason(result) == "refused"
    assert "index" in result.reason.message.format_map(result.reason.params)


# What is asked while the file is written


def log_asking(vault, path=A, before=HEAD, after=LOGGED, meanwhile=None):
    """The same as a command does it: git is asked before the note is written."""
    repository = Repository.find(str(vault.root), environ=vault.environ)
    change = Change(path, before, after)
    asked = ask_state(repository, [change])
    if meanwhile is not None:
        meanwhile()
    vault.write(path, after)
    return commit_change(repository, [change], OPERATION, None, asked), asked


def test_git_may_be_asked_before_the_note_is_written(vault):
    first = vault.git("rev-parse", "HEAD")

    result, asked = log_asking(vault)

    assert asked is not None
    assert result.reason is None
    assert vault.git("rev-parse", "HEAD", "HEAD~1") == f"{result.commit}\n{first}"
    assert vault.committed(A) == LOGGED
    assert vault.status() == []
    assert vault.git("log", "-1", "-g", "--format=%gs") == "commit: 带看 李女士\n"


def test_asked_before_edits_and_staged_changes_are_told_apart_as_ever(vault):
    edited = HEAD.replace("说明".encode(), "改".encode())
    vault.write(A, edited)
    vault.git("add", A)
    vault.write(B, LOGGED)
    vault.git("add", B)

    result, _ = log_asking(vault, before=edited, after=edited + ENTRY)

    assert result.commit
    assert vault.committed(A) == LOGGED
    assert vault.git("show", f":{A}").encode() == edited + ENTRY
    assert vault.status() == [f"M  {A}", f"M  {B}"]


@pytest.mark.parametrize("length", ["sha1", "sha256"])
def test_asked_before_what_git_does_not_know_is_asked_again(tmp_path, length):
    vault = GitVault(tmp_path)
    vault.git("init", f"--object-format={length}")
    vault.write("other.md", HEAD)
    vault.git("add", "other.md")
    vault.git("commit", "-m", "first")
    vault.write(A, HEAD)
    vault.write(".gitignore", b"private.md\n")
    vault.write("private.md", HEAD)

    assert log_asking(vault)[0].commit
    assert vault.committed(A) == LOGGED
    assert reason(log_asking(vault, "private.md")[0]) == "ignored"
    assert log_asking(vault, "other.md")[0].commit
    vault.git("fsck", "--strict")


def test_a_note_that_git_shall_take_for_unchanged_is_not_committed_either_way(vault):
    vault.git("update-index", "--assume-unchanged", A)

    assert reason(log_asking(vault)[0]) == "nothing"
    assert reason(log(vault)) == "nothing"


def test_with_a_filter_the_text_that_git_keeps_is_committed(vault):
    vault.git("config", "filter.lower.clean", "tr a-z A-Z")
    vault.git("config", "filter.lower.smudge", "cat")
    vault.write(".gitattributes", b"clients/* filter=lower\n")
    vault.git("add", "--renormalize", ".")
    vault.git("add", ".gitattributes")
    vault.git("commit", "-m", "filter")

    assert log_asking(vault)[0].commit
    assert vault.committed(A) == LOGGED.upper()
    assert vault.status() == []


def test_in_a_split_index_the_note_is_committed_and_stays_split(vault):
    vault.git("update-index", "--split-index")
    vault.git("config", "core.splitIndex", "true")
    vault.write(B, LOGGED)
    vault.git("add", B)

    assert log_asking(vault)[0].commit
    assert vault.committed(A) == LOGGED
    assert vault.status() == [f"M  {B}"]
    assert list((vault.root / ".git").glob("sharedindex.*"))


def test_a_commit_between_the_question_and_the_write_is_not_undone(vault):
    theirs = HEAD + "别人\n".encode()

    def commit_theirs():
        vault.write(A, theirs)
        vault.git("commit", "-qam", "theirs")

    result, _ = log_asking(vault, meanwhile=commit_theirs)

    # Whoever asked first: theirs stays, or ours stands on it.
    assert "theirs\n" in vault.git("log", "--format=%s")
    if result.commit is None:
        assert vault.committed(A) == theirs
    else:
        assert vault.git("log", "-1", "--format=%s", "HEAD~1") == "theirs\n"


def test_what_is_asked_in_vain_leaves_no_process_and_no_lock(vault, monkeypatch):
    begun = []
    real = Repository.begin

    def begin(self, *arguments, **options):
        begun.append(real(self, *arguments, **options))
        return begun[-1]

    monkeypatch.setattr(Repository, "begin", begin)
    repository = Repository.find(str(vault.root), environ=vault.environ)

    ask_state(repository, [Change(A, HEAD, LOGGED)]).leave()

    assert len(begun) == 2
    assert all(one.popen.returncode is not None for one in begun)
    assert not (vault.root / ".git/index.lock").exists()


def test_who_is_careful_with_the_disk_is_obeyed(vault, monkeypatch):
    told = []
    real = Repository.begin

    def begin(self, *arguments, **options):
        told.append(arguments)
        return real(self, *arguments, **options)

    monkeypatch.setattr(Repository, "begin", begin)
    assert log(vault).commit
    assert any("core.fsync=-pack" in one for one in told)
    told.clear()
    vault.git("config", "core.fsync", "all")
    assert log(vault, B).commit
    assert not any("core.fsync=-pack" in one for one in told)


def test_nothing_is_left_behind_by_a_commit(vault):
    assert log(vault).commit
    assert vault.git("for-each-ref", "--format=%(refname)") == "refs/heads/main\n"
    assert list((vault.root / ".git/objects/pack").iterdir()) == []
    assert not list((vault.root / ".git").glob("fast_import*"))


# Cost


def test_a_commit_of_one_note_takes_six_processes(vault, monkeypatch):
    started = []
    real = Repository.begin

    def begin(self, *arguments, **options):
        started.append(arguments)
        return real(self, *arguments, **options)

    monkeypatch.setattr(Repository, "begin", begin)

    result, _ = log_asking(vault)

    assert result.commit
    kinds = [next(word for word in one if word in KINDS) for one in started]
    assert kinds == [
        "status", "ls-files", "config", "hash-object", "fast-import", "update-index", "update-ref",
    ]  # fmt: skip
