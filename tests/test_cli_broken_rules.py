import pytest

DRAWING = r"""
    -- clients/li.md --
    ---
    id: C-9F3DWA
    type: client
    title: Li
    ---
    -- brokernotes.yaml --
"""


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("format: 1\nlanguage: [zh\n", "brokernotes.yaml:2:14: the rules cannot be read"),
        ("format: 1\nlanguage：zh\n", "brokernotes.yaml:2:1: `language：zh` is not a line"),
        ("format: 1\nlanguage: zh # \\xcd\\xf5\n", "brokernotes.yaml:2:16: byte 0xCD is not UTF-8"),
    ],
)
def test_nothing_is_written_by_rules_that_could_not_be_read(vault, rules, said):
    drawn = vault(DRAWING + rules.replace("\n", "\n    ").replace("format", "    format", 1))
    before = drawn.read("clients/li.md")

    done = drawn.run("set", "C-9F3DWA", "budget_max=650")

    assert done.exit == 3
    assert f"brokernotes: {said}" in done.err
    assert drawn.read("clients/li.md") == before


@pytest.mark.parametrize("args", [("list", "clients"), ("show", "C-9F3DWA"), ("due",)])
def test_a_setting_that_is_wrong_is_said_and_the_others_hold(vault, args):
    drawn = vault(DRAWING + "    format: 1\n    colour: red\n")

    done = drawn.run(*args)

    assert done.exit == 0
    assert done.err.startswith("brokernotes.yaml:2:1: `colour` is not a setting\n")
    assert "C-9F3DWA" in done.out


def test_a_wrong_setting_hinders_no_writing(vault):
    drawn = vault(DRAWING + "    format: 1\n    colour: red\n")

    done = drawn.run("set", "C-9F3DWA", "budget_max=650")

    assert done.exit == 0
    assert done.err.count("colour") == 1
    assert "budget_max: 650" in drawn.read("clients/li.md")


def test_rules_in_order_are_not_talked_about(vault):
    drawn = vault(DRAWING + "    format: 1\n")

    assert drawn.run("list", "clients").err == ""
