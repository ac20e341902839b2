"""Fields that notes do not say themselves, as `list` shows them."""

import json


def test_the_last_contact_of_a_client_nobody_follows_up_is_known(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        id: C-9F3DWA
        type: client
        title: 李女士
        stage: inactive
        created: 2026-08-01
        ---

        ## 跟进记录

        - 2026-08-18 09:10 电话 问学区 ^3ack67k2p
        """)
    words = ("list", "clients", "--fields", "last_contact", "--json")
    assert json.loads(drawn.run(*words, now="2026-11-21T09:00").out)[0] == {
        "last_contact": "2026-08-18"
    }
    for text, day in (
        ("- 2026-08-20 09:10 电话 又问 ^3ack67k2q", "2026-08-20"),
        ("", "2026-08-18"),
    ):
        head = drawn.read("clients/li.md").split("- 2026-08-20")[0]
        drawn.write("clients/li.md", head + text)
        (row,) = json.loads(drawn.run(*words, now="2026-11-21T09:00").out)
        assert row == {"last_contact": day}
    assert drawn.run("list", "clients", "last_contact<=2026-08-18", "--json").out != "[]\n"
