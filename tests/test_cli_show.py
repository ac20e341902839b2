"""`show`: what it tells of one note."""

import json


def test_feedback_that_is_no_longer_asked_is_not_to_do(vault):
    drawn = vault(
        """
        -- clients/li.md --
        ---
        id: C-7K2PQM
        type: client
        created: 2026-08-01
        stage: 在看
        ---

        ## 跟进记录

        - 2026-11-10 14:30 带看 看了一套 ^3e1aaaaaa
        """
    )

    def kinds(now: str) -> set[str]:
        said = drawn.run("show", "C-7K2PQM", "--json", now=now).out
        return {one["kind"] for one in json.loads(said)["due"]}

    assert kinds("2026-11-17T09:00") == {"feedback", "followup"}
    assert kinds("2026-11-18T09:00") == {"followup"}
    assert "no feedback" not in drawn.run("show", "C-7K2PQM", now="2026-11-18T09:00").out


def test_a_change_of_status_reads_as_one(vault):
    drawn = vault(
        """
        -- listings/a.md --
        ---
        id: L-7K2PQM
        type: listing
        status: 定金
        ---

        ## 跟进记录

        - 2026-11-10 14:30 状态 [状态:: 在售→定金] ^3e1aaaaaa
        """
    )

    assert "状态 [状态: 在售→定金]" in drawn.run("show", "L-7K2PQM", lang="zh").out


def test_what_is_to_be_done_on_one_day_stands_by_the_hour(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        id: C-7K2PQM
        type: client
        title: Ms Li
        created: 2026-11-20
        ---

        ## Log

        - [ ] 2026-11-23 15:45 Showing third ^3aaaaaaa1
        - [ ] 2026-11-23 15:00 Showing second ^3bbbbbbb2
        - [ ] 2026-11-23 09:30 Showing first ^3ccccccc3
        """)

    due = json.loads(drawn.run("show", "C-7K2PQM", "--json", now="2026-11-21T09:00").out)["due"]

    assert [one["at"][11:16] for one in due if one["kind"] == "planned"] == [
        "09:30", "15:00", "15:45",
    ]  # fmt: skip
