from brokernotes.storage.ages import first_commits
from brokernotes.storage.git import Repository


def repository(drawn):
    return Repository.find(str(drawn.root), environ=drawn.environ())


def test_a_file_is_as_old_as_the_commit_that_added_it(vault):
    drawn = vault("""
        -- clients/李 女士.md --
        x
        -- git --
        -- clients/b.md --
        y
        """)

    ages = first_commits(repository(drawn), ["clients/李 女士.md", "clients/b.md"])

    assert list(ages) == ["clients/李 女士.md"]
    assert ages["clients/李 女士.md"] == int(drawn.git("log", "-1", "--format=%ct"))


def test_a_vault_below_the_repository_is_asked_by_its_own_paths(tmp_path, vault):
    drawn = vault("""
        -- clients/a.md --
        x
        """)
    drawn.root, vault_folder = tmp_path, drawn.root
    drawn.git("init", "--quiet")
    drawn.git("add", "vault")
    drawn.git("commit", "--quiet", "-m", "all")
    drawn.root = vault_folder

    assert list(first_commits(repository(drawn), ["clients/a.md"])) == ["clients/a.md"]


def test_without_a_repository_or_a_commit_nothing_is_known(vault):
    drawn = vault("""
        -- clients/a.md --
        x
        """)
    assert first_commits(repository(drawn), ["clients/a.md"]) == {}

    drawn.git("init", "--quiet")

    assert first_commits(repository(drawn), ["clients/a.md"]) == {}
