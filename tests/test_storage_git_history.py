"""History as git has it: read in one pass, kept, and equal to looking at every commit."""

import os
import subprocess
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.errors import NotFoundError, RefusedError
from brokernotes.joint import open_vault
from brokernotes.model.revisions import FieldRevision, Typed
from brokernotes.notes.note import NoteReader
from brokernotes.notes.versions import difference, version_of
from brokernotes.storage.git_history_versions import decoded
from tests.examples import many
from tests.git_vault import GitVault

TODAY = date(2026, 11, 21)
NOTE = """\
---
id: L-7K2PQM
type: listing
price: 620
tags:
  - 急售
---

## 跟进记录

- 2026-08-18 09:10 电话 问底价 ^3ack67k2p
"""


@pytest.fixture
def vault(tmp_path):
    return HistoryVault(tmp_path)


class HistoryVault(GitVault):
    """A repository with a vault in it.

    Args:
        folder: where it is made.
        below: the vault's folder in the repository.
    """

    def __init__(self, folder, below=""):
        super().__init__(folder)
        self.environ["XDG_CACHE_HOME"] = str(folder / "caches")
        self.below = below
        self.git("init", "--quiet")
        self.write("brokernotes.yaml", "format: 1\nlanguage: zh\n")
        self.seconds = 1_790_000_000

    def write(self, path, data):
        super().write(self.below + path, data.encode() if isinstance(data, str) else data)

    def commit(self, *paths, message="m", author="王敏"):
        for path, data in paths:
            self.write(path, data)
        self.seconds += 60
        when = {
            "GIT_AUTHOR_DATE": f"{self.seconds} +0800",
            "GIT_COMMITTER_DATE": f"{self.seconds} +0800",
        }
        self.environ |= when | {"GIT_AUTHOR_NAME": author}
        self.git("add", "-A")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def open(self):
        found = open_vault(str(self.root / self.below), self.environ)
        found.refresh(TODAY)
        return found

    def of(self, note="L-7K2PQM"):
        with self.open() as opened:
            return opened.history.of(note)


def told(revisions, start=0):
    """Revisions in short: key or entry, old, new."""
    return [
        (one.key, one.old, one.new)
        if isinstance(one, FieldRevision)
        else (one.ref, one.old and one.old.split("\n")[0], one.new and one.new.split("\n")[0])
        for one in revisions[start:]
    ]


def test_a_change_says_who_when_and_by_which_operation(vault):
    vault.commit(("房源/a.md", NOTE))
    commit = vault.commit(
        ("房源/a.md", NOTE.replace("620", "600万")), message="改价\n\nOperation: 3ack67k2p"
    )
    last = vault.of()[-1]

    assert told([last]) == [("price", 620, 600)]
    assert (last.author, last.email, last.commit) == ("王敏", "wang@example.com", commit)
    assert last.when.isoformat() == "2026-09-21T22:15:20+08:00"
    assert (last.operation, last.subject, last.path, last.note) == (
        "3ack67k2p", "改价", "房源/a.md", "L-7K2PQM",
    )  # fmt: skip


def test_a_first_commit_makes_a_note_and_all_it_says(vault):
    vault.commit(("房源/a.md", NOTE))
    found = vault.of()

    assert told(found)[0] == ("path", None, "房源/a.md")
    assert found[0].is_new_note
    assert ("tags", None, ["急售"]) in told(found)
    assert told(found)[-1][0] == "3ack67k2p"
    assert found[-1].after.verb == "call"


def test_what_means_the_same_is_no_change(vault):
    vault.commit(("房源/a.md", NOTE))
    vault.commit(
        (
            "房源/a.md",
            NOTE.replace("620", '"620万"').replace("- 2026-08-18 09:10", "*  2026/8/18 9:10"),
        )
    )

    assert {one.commit for one in vault.of()} == {vault.of()[0].commit}


def test_an_id_that_is_minted_later_is_no_change_of_the_entry(vault):
    vault.commit(("房源/a.md", NOTE.replace(" ^3ack67k2p", "")))
    count = len(vault.of())
    vault.commit(("房源/a.md", NOTE))

    assert len(vault.of()) == count


def test_a_note_is_followed_through_renames_and_folders(vault):
    vault.commit(("房源/a.md", NOTE))
    vault.git("mv", "房源/a.md", '房源/阳光 "花园".md')
    vault.commit(('房源/阳光 "花园".md', NOTE.replace("620", "600")))
    vault.commit(('房源/阳光 "花园".md', NOTE.replace("620", "590")))

    assert told(vault.of())[-3:] == [
        ("path", "房源/a.md", "房源/阳光 \"花园\".md"), ("price", 620, 600), ("price", 600, 590),
    ]  # fmt: skip


def test_a_note_without_an_id_is_followed_by_its_path_and_unchanged_text(vault):
    bare = NOTE.replace("id: L-7K2PQM\n", "")
    vault.commit(("房源/a.md", bare))
    vault.git("mv", "房源/a.md", "房源/b.md")
    vault.commit()
    vault.commit(("房源/b.md", bare.replace("620", "600")))
    vault.commit(("房源/b.md", NOTE.replace("620", "600")))

    found = told(vault.of())
    assert found[0] == ("path", None, "房源/a.md")
    assert found[-3:] == [
        ("path", "房源/a.md", "房源/b.md"), ("price", 620, 600), ("id", None, "L-7K2PQM"),
    ]  # fmt: skip


def test_a_note_that_takes_anothers_place_is_not_the_other(vault):
    other = NOTE.replace("7K2PQM", "9F3DWA").replace("620", "300")
    vault.commit(("房源/a.md", NOTE), ("房源/b.md", other))
    vault.git("rm", "-q", "房源/a.md")
    vault.git("mv", "房源/b.md", "房源/a.md")
    vault.commit()

    gone = next(one for one in vault.of() if getattr(one, "key", "") == "path" and one.old)
    assert (gone.old, gone.new) == ("房源/a.md", None)
    assert told(vault.of("L-9F3DWA"))[-1] == ("path", "房源/b.md", "房源/a.md")
    assert ("price", 620, 300) not in told(vault.of())


def test_a_copy_has_its_own_history(vault):
    vault.commit(("房源/a.md", NOTE))
    vault.commit(("房源/a 2.md", NOTE))
    vault.commit(("房源/a 2.md", NOTE.replace("7K2PQM", "9F3DWA").replace("620", "1000")))

    assert ("price", 620, 1000) not in told(vault.of())
    assert ("price", 620, 1000) in told(vault.of("L-9F3DWA"))


def test_a_deleted_note_is_found_by_its_id_and_comes_back(vault):
    vault.commit(("房源/a.md", NOTE))
    vault.git("rm", "-q", "房源/a.md")
    vault.commit()
    found = vault.of()
    assert [one for one in found if isinstance(one, FieldRevision)][-1].key
    assert any(isinstance(one, FieldRevision) and one.is_deleted_note for one in found)
    with vault.open() as opened:
        assert opened.history.known("l-7k2pqm") == [("L-7K2PQM", "房源/a.md")]
        assert opened.history.known("a") == [("L-7K2PQM", "房源/a.md")]
    vault.commit(("房源/新.md", NOTE))

    assert len(vault.of()) == len(found) * 3 // 2


def test_a_removed_and_an_altered_entry_are_told(vault):
    two = NOTE + "- 2026-08-20 14:30 备注 手写的一条\n"
    vault.commit(("房源/a.md", two))
    vault.commit(("房源/a.md", two.replace("手写的一条", "改了话")), author="李强")
    vault.commit(("房源/a.md", two.replace("- 2026-08-18 09:10 电话 问底价 ^3ack67k2p\n", "")))

    altered, removed, added = vault.of()[-3:]
    assert (altered.author, altered.entry, altered.before.text, altered.after.text) == (
        "李强", None, "手写的一条", "改了话",
    )  # fmt: skip
    assert removed.is_removed or added.is_removed
    with vault.open() as opened:
        assert [one.ref for one in opened.history.losses()] == [
            "20260820T1430", "3ack67k2p", "20260820T1430",
        ]  # fmt: skip


def test_a_merge_adds_nothing_that_its_branches_did(vault):
    vault.commit(("房源/a.md", NOTE))
    vault.git("checkout", "-qb", "other")
    vault.commit(("房源/a.md", NOTE.replace("620", "600")))
    vault.git("checkout", "-q", "main")
    vault.commit(("房源/a.md", NOTE + "- 2026-08-20 备注 x ^3afq6m4x9\n"))
    vault.git("merge", "-q", "--no-edit", "other")

    assert not [one for one in vault.of() if one.is_merge]
    assert ("price", 620, 600) in told(vault.of())


def test_a_merge_that_drops_a_branchs_lines_did_it(vault):
    vault.commit(("房源/a.md", NOTE))
    vault.git("checkout", "-qb", "other")
    vault.commit(("房源/a.md", NOTE.replace("620", "600") + "- 2026-08-20 备注 x ^3afq6m4x9\n"))
    vault.git("checkout", "-q", "main")
    vault.commit(("房源/b.md", NOTE.replace("7K2PQM", "9F3DWA")))
    vault.environ["GIT_AUTHOR_NAME"] = "李强"
    vault.git("merge", "-q", "-s", "ours", "--no-edit", "other")

    found = [one for one in vault.of() if one.is_merge]
    assert told(found) == [
        ("price", 600, 620), ("3afq6m4x9", "- 2026-08-20 备注 x ^3afq6m4x9", None),
    ]  # fmt: skip
    assert {one.author for one in found} == {"李强"}


def test_histories_without_a_common_beginning_are_both_read(vault):
    vault.commit(("房源/a.md", NOTE))
    vault.git("checkout", "-q", "--orphan", "other")
    vault.git("rm", "-rqf", ".")
    vault.commit(("房源/b.md", NOTE.replace("7K2PQM", "9F3DWA")))
    vault.git("checkout", "-q", "main")
    vault.git("merge", "-q", "--allow-unrelated-histories", "--no-edit", "other")

    assert not [one for one in (*vault.of(), *vault.of("L-9F3DWA")) if one.is_merge]


def test_a_shallow_clone_does_not_name_an_author_it_does_not_know(vault, tmp_path):
    vault.commit(("房源/a.md", NOTE), author="李强")
    vault.commit(("房源/b.md", NOTE.replace("7K2PQM", "9F3DWA")))
    vault.commit(("房源/a.md", NOTE.replace("620", "600")))
    clone = tmp_path / "clone"
    vault.git("clone", "-q", "--depth", "1", f"file://{vault.root}", str(clone))
    vault.git("config", "--global", "x.y", "z", cwd=clone)
    with open_vault(str(clone), vault.environ) as opened:
        opened.refresh(TODAY)
        first = opened.history.of("L-7K2PQM")
        assert all(one.is_start and not one.author for one in first)
        assert ("price", None, 600) in told(first)
        assert opened.history.since(date(2000, 1, 1)) == []
    vault.git("fetch", "-q", "--unshallow", cwd=clone)
    with open_vault(str(clone), vault.environ) as opened:
        opened.refresh(TODAY)
        assert opened.history.of("L-7K2PQM")[0].author == "李强"


def test_a_vault_below_the_repositorys_root_is_read_by_its_own_paths(tmp_path):
    vault = HistoryVault(tmp_path, below="办公/库 1/")
    vault.commit(("房源/a.md", NOTE))
    (vault.root / "房源").mkdir()
    (vault.root / "房源" / "a.md").write_text(NOTE.replace("620", "1"), encoding="utf-8")
    vault.commit(("房源/a.md", NOTE.replace("620", "600")))

    assert told(vault.of())[-1] == ("price", 620, 600)
    assert vault.of()[-1].path == "房源/a.md"


def test_a_detached_head_and_an_empty_repository_have_their_history(vault):
    vault.write("房源/a.md", NOTE)
    assert {one.commit for one in vault.of()} == {None}
    first = vault.commit()
    vault.commit(("房源/a.md", NOTE.replace("620", "600")))
    assert ("price", 620, 600) in told(vault.of())
    vault.git("checkout", "-q", first)

    assert ("price", 620, 600) not in told(vault.of())


def test_what_is_not_committed_is_told_as_such(vault):
    vault.commit(("房源/a.md", NOTE))
    vault.write("房源/a.md", NOTE.replace("620", "600"))
    vault.write("房源/new.md", NOTE.replace("7K2PQM", "9F3DWA"))
    last = vault.of()[-1]

    assert told([last]) == [("price", 620, 600)]
    assert (last.commit, last.author) == (None, "")
    with vault.open() as opened:
        fresh = opened.history.since(date(2030, 1, 1))
    assert {one.path for one in fresh} == {"房源/a.md", "房源/new.md"}
    (vault.root / "房源/a.md").unlink()
    assert any(isinstance(one, FieldRevision) and one.is_deleted_note for one in vault.of())


def test_only_days_since_are_told(vault):
    vault.commit(("房源/a.md", NOTE))
    vault.seconds += 5 * 86_400
    vault.commit(("房源/a.md", NOTE.replace("620", "600")))
    with vault.open() as opened:
        found = opened.history.since(date(2026, 9, 22))
        assert told(found) == [("price", 620, 600)]
        assert len(opened.history.since(date(2026, 9, 21))) > 1


@pytest.mark.parametrize(
    "data",
    [
        NOTE.encode("gb18030"),
        NOTE.encode("utf-16"),
        b"\xef\xbb\xbf" + NOTE.replace("\n", "\r\n").encode(),
        NOTE.replace("---\n\n##", "\n\n##").encode(),
        NOTE.encode() + b"x" * (5 * 1024 * 1024),
    ],
    ids=["gbk", "utf-16", "bom and crlf", "unclosed", "huge"],
)
def test_a_version_that_was_hard_to_read_neither_takes_nor_gives(vault, data):
    vault.commit(("房源/a.md", NOTE))
    count = len(vault.of())
    vault.commit(("房源/a.md", data))
    assert len(vault.of()) == count
    vault.commit(("房源/a.md", NOTE.replace("620", "600")))

    assert told(vault.of(), count) == [("price", 620, 600)]


def test_a_value_that_cannot_be_read_is_told_as_typed(vault):
    vault.commit(("房源/a.md", NOTE))
    vault.commit(("房源/a.md", NOTE.replace("620", "很贵").replace("tags:", "标签x: 1\ntags:")))
    found = told(vault.of())[-2:]

    assert ("price", 620, "很贵") in found
    assert isinstance(found[0][2], Typed)
    assert ("标签x", None, "1") in found


def test_odd_names_of_files_are_read_as_they_are(vault):
    odd = '房源/a \n"b".md'
    vault.commit((odd, NOTE), ("房源/-rf.md", NOTE.replace("7K2PQM", "9F3DWA")))
    bad = os.fsencode(vault.root / "房源") + b"/\xff\xfe.md"
    with open(bad, "wb") as file:  # noqa: PTH123
        file.write(NOTE.replace("7K2PQM", "9F3DWB").encode())
    vault.commit((odd, NOTE.replace("620", "600")))

    assert told(vault.of())[-1] == ("price", 620, 600)
    assert vault.of("L-9F3DWA")[0].new == "房源/-rf.md"


def test_links_other_files_and_other_folders_are_no_notes(vault):
    vault.commit(("README.md", "# 说明\n"), ("templates/t.md", NOTE), (".obsidian/x.md", NOTE))
    (vault.root / "房源").mkdir(exist_ok=True)
    (vault.root / "房源/link.md").symlink_to("../templates/t.md")
    vault.commit(("想法.md", NOTE.replace("7K2PQM", "9F3DWA")))
    with vault.open() as opened:
        assert {one.path for one in opened.history.since(date(2000, 1, 1))} == {"想法.md"}


def test_history_is_read_once_and_then_only_what_came_since(vault, monkeypatch):
    vault.commit(("房源/a.md", NOTE))
    vault.of()
    asked = []
    from brokernotes.storage import git_history_reading

    read = git_history_reading.read_commits

    def spy(repository, head, last):
        asked.append(last)
        return read(repository, head, last)

    monkeypatch.setattr(git_history_reading, "read_commits", spy)
    vault.of()
    assert asked == []
    first = vault.git("rev-parse", "HEAD").strip()
    vault.commit(("房源/a.md", NOTE.replace("620", "600")))
    assert told(vault.of())[-1] == ("price", 620, 600)
    assert asked == [first]
    vault.write("brokernotes.yaml", "format: 1\nlanguage: zh\nquiet: {days: [除夕]}\n")
    vault.of()
    assert asked == [first]
    vault.git("commit", "-q", "--amend", "-m", "rewritten")
    assert {one.subject for one in vault.of() if one.commit} == {"m", "rewritten"}
    assert asked == [first, None]


def test_a_damaged_cache_is_made_anew(vault):
    vault.commit(("房源/a.md", NOTE))
    before = told(vault.of())
    (vault.root / ".git/brokernotes/history.sqlite").write_bytes(b"no database" * 1000)

    assert told(vault.of()) == before


def test_where_nothing_can_be_kept_history_is_read_each_time(vault):
    vault.commit(("房源/a.md", NOTE))
    (vault.root / ".git/brokernotes").mkdir(exist_ok=True)
    (vault.root / ".git/brokernotes/history.sqlite").mkdir()

    assert told(vault.of())[0] == ("path", None, "房源/a.md")


def test_every_change_of_one_field_is_told_over_all_notes(vault):
    other = NOTE.replace("7K2PQM", "9F3DWA")
    vault.commit(("房源/a.md", NOTE), ("房源/b.md", other))
    vault.commit(("房源/b.md", other.replace("620", "600")))
    with vault.open() as opened:
        found = opened.history.of_key("price")
        assert [(one.note, one.new) for one in found] == [
            ("L-7K2PQM", 620), ("L-9F3DWA", 620), ("L-9F3DWA", 600),
        ]  # fmt: skip
        assert opened.history.of_key("rice") == []


def test_without_git_there_is_no_history(tmp_path):
    (tmp_path / "brokernotes.yaml").write_text("format: 1\n")
    opened = open_vault(str(tmp_path), {"PATH": "", "HOME": str(tmp_path)})
    with opened, pytest.raises(RefusedError):
        opened.history.since(TODAY)


def test_a_note_that_never_was_is_not_found(vault):
    vault.commit(("房源/a.md", NOTE))
    with vault.open() as opened, pytest.raises(NotFoundError):
        opened.history.of("L-000000")


# -- against looking at every commit

_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "price",
                "price",
                "add",
                "add",
                "alter",
                "drop",
                "rename",
                "delete",
                "switch",
                "merge",
                "ours",
                "theirs",
            ]
        ),
        st.integers(0, 2),
    ),
    min_size=3,
    max_size=12,
)


class Walk:
    """A vault of three notes that is changed at random."""

    def __init__(self, vault):
        self.vault = vault
        self.count = 0
        self.branch = "main"
        vault.commit(*((f"房源/{k}-0.md", self.text(k)) for k in range(3)))
        vault.git("branch", "other")

    def text(self, k):
        return NOTE.replace("7K2PQM", f"{k}K2PQM").replace("3ack67k2p", f"3ack67k{k}p")

    def step(self, kind, k):
        self.count += 1
        git = self.vault.git
        path = next(iter(sorted(self.vault.root.glob(f"房源/{k}-*.md"))), None)
        if kind == "switch":
            self.branch = "main" if self.branch == "other" else "other"
            git("checkout", "-q", self.branch)
        elif kind in ("merge", "ours", "theirs"):
            self.merge(kind)
        elif path is None:
            self.vault.commit((f"房源/{k}-{self.count % 3}.md", self.text(k)))
        elif kind == "delete":
            path.unlink()
            self.vault.commit()
        elif kind == "rename":
            path.rename(path.with_name(f"{k}-{self.count % 5}.md"))
            self.vault.commit()
        else:
            path.write_text(self.changed(kind, path.read_text("utf-8")), encoding="utf-8")
            self.vault.commit()

    def changed(self, kind, text):
        head, _, log = text.partition("## 跟进记录\n\n")
        lines = log.splitlines()
        if kind == "price":
            head = head.replace(head.split("price: ")[1].split("\n")[0], str(300 + self.count))
        elif kind == "add":
            lines.append(
                f"- 2026-08-19 10:{self.count:02d} 备注 第{self.count}条 ^3ack6{self.count:04d}"
            )
        elif lines and kind == "alter":
            lines[-1] = lines[-1].replace("备注 ", f"备注 改{self.count}")
        elif lines:
            lines.pop(0)
        return head + "## 跟进记录\n\n" + "".join(f"{line}\n" for line in lines)

    def merge(self, kind):
        other = "main" if self.branch == "other" else "other"
        how = {"merge": (), "ours": ("-s", "ours"), "theirs": ("-X", "theirs")}[kind]
        command = ["git", "merge", "-q", "--no-edit", *how, other]
        done = subprocess.run(
            command, cwd=self.vault.root, env=self.vault.environ, capture_output=True, check=False
        )
        if done.returncode:
            self.vault.git("merge", "--abort")
            self.vault.git("merge", "-q", "--no-edit", "-s", "ours", other)


class Naive:
    """Looks at every commit and its parents, file by file."""

    def __init__(self, vault, reader):
        self.vault = vault
        self.reader = reader
        self.known = {}

    def notes(self, commit):
        if commit not in self.known:
            found = self.known[commit] = {}
            for line in self.vault.git("ls-tree", "-r", "-z", commit).split("\0")[:-1]:
                path = line.partition("\t")[2]
                if not path.endswith(".md"):
                    continue
                text = decoded(self.vault.committed(path, commit))
                version = version_of(self.reader.read(path, text))
                assert version.id not in found, "two files with one id"
                found[version.id] = version
        return self.known[commit]

    def bases(self, one, other):
        return self.vault.git("merge-base", "--all", one, other).split()

    def changes(self):
        found = {}
        for line in self.vault.git(
            "rev-list", "--topo-order", "--reverse", "--parents", "HEAD"
        ).splitlines():
            commit, *parents = line.split()
            there = [self.notes(one) for one in parents] or [{}]
            now = self.notes(commit)

            for id_ in {*now, *(id_ for one in there for id_ in one)}:

                def base(i, j, id_=id_, parents=parents):
                    return [self.notes(one).get(id_) for one in self.bases(parents[i], parents[j])]

                changes = difference(
                    now.get(id_), [one.get(id_) for one in there], base if len(there) > 1 else None
                )
                if changes:
                    found[commit, id_] = (
                        sorted(map(str, changes.fields)), sorted(map(str, changes.entries)),
                    )  # fmt: skip
        return found


def kept(opened):
    store = opened.history._store
    found = {}
    for (n,) in store.db.execute("SELECT DISTINCT n FROM step").fetchall():
        steps = store.steps_of(n)
        commits = store.commits(step.c for step in steps)
        for step in steps:
            if step.changes:
                found[commits[step.c].id, step.id] = (
                    sorted(map(str, step.changes.fields)), sorted(map(str, step.changes.entries)),
                )  # fmt: skip
    return found


def compare(folder, steps, stop):
    vault = HistoryVault(folder)
    walk = Walk(vault)
    for at, (kind, k) in enumerate(steps):
        if at == stop:
            vault.of("L-0K2PQM")  # read in two goes
        walk.step(kind, k)
    with vault.open() as opened:
        opened.history.since(TODAY)
        naive = Naive(vault, NoteReader(opened.rules))
        try:
            expected = naive.changes()
        except AssertionError:  # a merge left two files with one id: which is which is a guess
            return
        assert kept(opened) == expected


@given(_STEPS, st.integers(0, 12))
@settings(max_examples=5)
def test_the_history_is_what_looking_at_every_commit_tells(tmp_path_factory, steps, stop):
    compare(tmp_path_factory.mktemp("walk"), steps, stop)


@pytest.mark.parametrize("kind", ["merge", "ours", "theirs"])
@pytest.mark.parametrize(("one", "other"), [("delete", "rename"), ("rename", "delete")])
def test_a_note_that_one_branch_deleted_and_the_other_moved(tmp_path, one, other, kind):
    compare(tmp_path, [(one, 0), ("switch", 0), (other, 0), (kind, 0)], 12)


@pytest.mark.slow
@given(_STEPS, st.integers(0, 12))
@settings(max_examples=many(150))
def test_the_history_is_what_looking_at_every_commit_tells_at_length(tmp_path_factory, steps, stop):
    compare(tmp_path_factory.mktemp("walk"), steps, stop)


def test_a_commit_of_many_notes_is_read_once_and_tells_how_far_it_is(vault, monkeypatch):
    from brokernotes.storage import git_history_reading as reading

    monkeypatch.setattr(reading, "_REMEMBERED", 20)
    texts = []
    plain = reading.read_version
    monkeypatch.setattr(
        reading, "read_version", lambda reader, path, data: texts.append(path) or plain(
            reader, path, data
        )
    )  # fmt: skip
    notes = [(f"房源/{at}.md", NOTE.replace("7K2PQM", f"7K2{at:03d}")) for at in range(300)]
    vault.commit(*notes)
    vault.commit(("房源/7.md", notes[7][1].replace("620", "600")))
    shares = []

    with vault.open() as opened:
        opened.history.progress = lambda count: lambda share: shares.append((share, count()))
        found = opened.history.of("L-7K2007")

    assert told(found)[-1] == ("price", 620, 600)
    assert len(texts) == 301, "a version was read twice"
    assert shares == sorted(shares)
    assert len({share for share, _ in shares}) > 8
    assert shares[-1] == (2, 2)
