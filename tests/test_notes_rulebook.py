import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.errors import Severity
from brokernotes.model.problems import PROBLEMS
from brokernotes.model.rules import FORMAT, Cadence, Rules
from brokernotes.notes import rulebook_source
from brokernotes.notes.rulebook import (
    checked_rules,
    from_plain,
    origins,
    read_rules,
    rules_digest,
    to_plain,
)
from brokernotes.notes.rulebook_starter import starter_rules
from tests.examples import many


def found_in(text):
    """Each problem as LINE:COLUMN CODE and its sentence."""
    _, problems = read_rules(text)
    lines = []
    for found in problems:
        kind = PROBLEMS[found.code]
        kind.hint.format_map(found.params)
        where = f"{found.position.line}:{found.position.column}"
        lines.append(f"{where} {found.code}: {kind.message.format_map(found.params)}")
    return lines


def codes_in(text):
    return [found.code for found in read_rules(text)[1]]


def own_field(text, key, note_type="listing"):
    rules, _ = read_rules(text)
    return rules.schema.fields(note_type)[key]


def test_format_alone_gives_every_default():
    rules, problems = read_rules("format: 1\n")

    assert problems == []
    assert to_plain(rules) == to_plain(Rules())


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "\ufeff", "---\n", "{}\n", "cadence:\n"])
def test_an_empty_file_gives_every_default(text):
    rules, problems = read_rules(text)

    assert problems == []
    assert to_plain(rules) == to_plain(Rules())


def test_every_section_of_the_file_reaches_the_rules():
    rules, problems = read_rules(
        """\
format: 1
language: en
timezone: Europe/London
confidential: sealed
cadence:
  daily: 5
  min_gap: 2
  listing: {sale: {A: 1}, 出租: {b: 9}}
  client: {buy: {D: 40}}
  dormant: {暂缓: 31, expired: 10, 老客户: 100}
  lease_notice: 45
  entrust_notice: [30, 7]
  first_response: 20
  feedback_days: 3
  topic_days: 20
quiet: {hours: [22:00, 7:05], days: [除夕]}
calendar: {overdue: keep, duration: 30}
sharing: {mode: mixed_quota, quota: 3}
answers: {价格: 给他看成交价}
hot: {top: 3}
classify: {listing: [community]}
match: {price_tolerance: 0.1, weights: {facing: 2}}
commission: {private_holder: 0.4, sale: {录入人: 10, maintainer: 15.5, 成交人: 74.5}}
git: {commit: false}
"""
    )

    assert problems == []
    assert (rules.language, rules.timezone, rules.confidential) == (
        "en",
        "Europe/London",
        "sealed",
    )
    cadence = rules.cadence
    assert (cadence.daily, cadence.min_gap, cadence.lease_notice) == (5, 2, 45)
    assert cadence.entrust_notice == (30, 7)
    assert cadence.listing["sale"] == {"A": 1, "B": 7, "C": 15, "D": 30}
    assert cadence.listing["lease"]["B"] == 9
    assert cadence.client["buy"]["D"] == 40
    assert cadence.client["rent"] == Cadence().client["rent"]
    assert (cadence.dormant["paused"], cadence.dormant["expired"]) == (31, 10)
    assert (cadence.dormant["past_client"], cadence.dormant["sold_by_us"]) == (100, 180)
    assert (rules.first_response, rules.feedback_days) == (20, 3)
    assert cadence.topic_days == 20
    assert (rules.quiet.start, rules.quiet.end) == (22 * 60, 7 * 60 + 5)
    assert rules.quiet.days == ("除夕",)
    assert (rules.overdue, rules.duration, rules.commit) == ("keep", 30, "false")
    assert rules.other["hot"] == {"top": 3, "days": 7, "new_days": 14}
    assert rules.other["sharing"] == {"mode": "mixed_quota", "quota": 3, "neglected": 2}
    assert rules.answers == {"price": "给他看成交价"}
    assert rules.other["classify"]["listing"] == ("community",)
    assert rules.other["match"]["weights"] == {"facing": 2}
    assert rules.other["commission"]["sale"] == {
        "entry_agent": 10, "maintainer": 15.5, "closing_agent": 74.5,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("langage: zh\n", "1:1 rules-unknown-key: `langage` is not a setting"),
        ("cadence: {dayly: 3}\n", "1:11 rules-unknown-key: `cadence.dayly` is not a setting"),
        (
            "format: 1\nlanguage: fr\n",
            "2:11 rules-choice: `language` is one of zh, en, not `fr`",
        ),
        (
            "timezone: Asia/Pudong\n",
            "1:11 rules-timezone: `Asia/Pudong` is not a time zone this computer knows",
        ),
        (
            "timezone: Asia\n",
            "1:11 rules-timezone: `Asia` is not a time zone this computer knows",
        ),
        (
            "cadence:\n  daily: 0\n",
            "2:10 rules-whole-number: `cadence.daily` is a whole number from 1 to 1000, not `0`",
        ),
        (
            "cadence: {listing: {sale: {A: 2.5}}}\n",
            "1:31 rules-whole-number: `cadence.listing.sale.A` is a whole number "
            "from 1 to 3650, not `2.5`",
        ),
        (
            "match: {price_tolerance: 8%}\n",
            "1:26 rules-number: `match.price_tolerance` is a number from 0 to 1, not `8%`",
        ),
        (
            'quiet: {hours: ["25:00", "08:30"]}\n',
            '1:17 rules-clock: `quiet.hours` is a time such as "21:00", not `25:00`',
        ),
        (
            'quiet: {hours: ["21:00"]}\n',
            "1:16 rules-list-length: `quiet.hours` has 2 values, not 1",
        ),
        (
            "quiet: {hours: 21:00}\n",
            "1:16 rules-not-a-list: `quiet.hours` is a list: [one, another], or one a line "
            "after `- `",
        ),
        (
            "sharing: public\n",
            "1:10 rules-not-a-map: `sharing` holds settings of its own, KEY: VALUE, one a line "
            "and indented",
        ),
        (
            "language: [zh]\n",
            "1:11 rules-not-one-value: `language` is one value, not a list or a map",
        ),
        (
            "checks: {rules-clock: loud}\n",
            "1:23 rules-choice: `checks.rules-clock` is one of error, warning, hint, off, "
            "not `loud`",
        ),
        (
            "checks: {rules-cloc: off}\n",
            "1:10 rules-unknown-code: no problem has the code `rules-cloc`",
        ),
        (
            "language: zh\nlanguage: en\n",
            "2:1 rules-duplicate-key: `language` stands here a second time; the first one, "
            "in line 1, holds",
        ),
        (
            "language：zh\n",
            "1:1 rules-not-a-pair: `language：zh` is not a line of the form KEY: VALUE",
        ),
        (
            "hot: &a {top: 1}\n",
            "1:6 rules-yaml-feature: anchors, aliases and tags such as &a are not read "
            "in the rules",
        ),
        (
            "timezone: !!python/name:os.system x\n",
            "1:11 rules-timezone: `x` is not a time zone this computer knows",
        ),
        (
            "# a\u2028b\n",
            "1:4 rules-control-character: the invisible character LINE SEPARATOR is read "
            "as a space",
        ),
    ],
)
def test_a_mistake_is_reported_where_it_stands(text, line):
    assert line in found_in(text)


def test_a_misspelt_key_is_answered_with_the_likely_one():
    _, problems = read_rules("timezon: Asia/Shanghai\n")

    assert problems[0].params == {"key": "timezon", "known": "timezone", "likely": "timezone"}


def test_a_position_counts_characters_after_a_byte_order_mark_and_with_crlf():
    _, problems = read_rules("\ufeffformat: 1\r\nverbs: {照看: 1}\r\nlanguage: xx\r\n")

    assert [(p.position.line, p.position.column, p.position.end_column) for p in problems] == [
        (2, 13, 14),
        (3, 11, 13),
    ]


def test_one_broken_setting_leaves_the_others_in_force():
    rules, problems = read_rules(
        'language: en\nquiet: {hours: ["21:00"\n'
        "sharing:\n  mode: private\n\tquota: 3\nhot: {top: 2}\n"
    )

    assert [(p.code, p.position.line) for p in problems] == [
        ("rules-syntax", 2),
        ("rules-syntax", 5),
    ]
    assert rules.language == "en"
    assert rules.other["hot"]["top"] == 2
    assert rules.other["sharing"] == Rules().other["sharing"]


def test_a_newer_format_is_kept_and_reported():
    rules, problems = read_rules(f"format: {FORMAT + 1}\n")

    assert rules.format == FORMAT + 1
    assert [(p.code, p.position.column) for p in problems] == [("rules-format-newer", 9)]


def test_severities_may_be_set_for_known_codes():
    rules, problems = read_rules("checks: {rules-clock: warning, rules-syntax: off}\n")

    assert problems == []
    assert rules.checks == {"rules-clock": "warning", "rules-syntax": "off"}


def test_too_large_and_too_deep_files_are_refused_whole():
    assert codes_in("# " + "x" * 70_000) == ["rules-too-big"]
    assert codes_in("a: " + "[" * 30_000) == ["rules-too-deep"]


# -- what a brokerage adds ---------------------------------------------------


def test_an_own_verb_is_read_like_a_built_in_one():
    rules, problems = read_rules(
        "verbs: {剪彩: {id: ribbon, en: Ribbon, contact: false, outcome: reached, words: [开盘]}}\n"
    )

    verb = rules.schema.find_verb("开盘")
    assert problems == []
    assert (verb.id, verb.zh, verb.en) == ("ribbon", "剪彩", "Ribbon")
    assert (verb.contact, verb.outcome) == (False, None)


def test_an_own_verb_needs_nothing_but_its_word():
    rules, problems = read_rules("verbs:\n  遛狗:\n")

    verb = rules.schema.find_verb("遛狗")
    assert problems == []
    assert (verb.id, verb.contact, verb.outcome) == ("遛狗", True, "reached")


def test_naming_a_built_in_verb_adds_words_to_it():
    rules, problems = read_rules("verbs: {带看: {words: [看房]}, 打电话: {outcome: 已发未回}}\n")

    assert problems == []
    assert rules.schema.find_verb("看房").id == "showing"
    assert rules.schema.find_verb("看房").zh == "带看"
    assert rules.schema.verbs["call"].outcome == "sent"
    assert rules.schema.verbs["call"].zh == "电话"


def test_a_word_that_means_something_else_keeps_its_meaning():
    rules, problems = read_rules("verbs: {剪彩: {id: ribbon, words: [带看]}}\n")

    assert [p.code for p in problems] == ["rules-word-taken"]
    assert problems[0].severity is Severity.WARNING
    assert rules.schema.find_verb("带看").id == "showing"


@pytest.mark.parametrize("name", ["decoration", "decorations"])
def test_values_extend_a_closed_vocabulary_by_its_name_or_key(name):
    rules, problems = read_rules(
        f"values: {{{name}: {{拎包: {{id: turnkey, en: Turnkey, words: [拎包入住]}}}}}}\n"
    )

    decoration = rules.schema.vocabularies["decoration"]
    assert problems == []
    assert decoration.find("拎包入住") == "turnkey"
    assert decoration.label("turnkey", "en") == "Turnkey"
    assert decoration.find("精装") == "fine"
    assert not decoration.is_open


def test_values_extend_an_open_vocabulary():
    rules, problems = read_rules("values: {client_source: {抖音: {id: douyin}}}\n")

    assert problems == []
    assert rules.schema.vocabularies["client_source"].find("抖音") == "douyin"
    assert rules.schema.vocabularies["client_source"].is_open


def test_values_of_an_unknown_vocabulary_are_an_error():
    assert codes_in("values: {colour: {red: {}}}\n") == ["rules-unknown-key"]
    assert codes_in("values: {type: {garden: {}}}\n") == ["rules-unknown-key"]
    assert codes_in("values: {decoration: {拎包: {id: Tür}}}\n") == ["rules-own-name"]


def test_an_own_field_has_label_unit_and_is_sealed_unless_public():
    text = """\
fields:
  listing:
    parking_fee: {label: {zh: 车位费, en: Parking fee}, kind: number, unit: 元/月, public: true}
    door_code: {label: 门禁码}
    view:
      kind: enum
      values: {江景: {id: river, en: River}, 园景: {id: garden}}
    tags_own: {kind: term, many: true, values: [甲, 乙]}
    guide: {kind: link, link: agent}
"""
    rules, problems = read_rules(text)

    rows = rules.schema.fields("listing")
    assert problems == []
    fee = rows["parking_fee"]
    assert (fee.kind, fee.unit, fee.zh, fee.en) == ("number", "元/月", "车位费", "Parking fee")
    assert (fee.own, fee.confidential) == (True, None)
    code = rows["door_code"]
    assert (code.kind, code.zh, code.en, code.confidential) == ("text", "门禁码", "门禁码", "own")
    view = rules.schema.vocabulary(rows["view"])
    assert (view.find("江景"), view.label("river", "en"), view.is_open) == ("river", "River", False)
    assert rules.schema.vocabulary(rows["tags_own"]).is_open
    assert rows["tags_own"].many
    assert rows["guide"].link == ("agent",)
    assert rules.schema.find_field("listing", "车位费") is fee


def test_a_note_type_of_own_fields_may_be_named_in_chinese():
    assert own_field("fields: {房源: {door_code: {}}}\n", "door_code").kind == "text"


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("Parking: {}", "rules-own-name"),
        ("车位费: {}", "rules-own-name"),
        ("id: {kind: int}", "rules-own-reserved"),
        ("price: {kind: text}", "rules-own-kind"),
        ("view: {kind: enum}", "rules-own-without-values"),
        ("view: {kind: colour}", "rules-choice"),
        ("view: {colour: red}", "rules-unknown-key"),
        ("view: {kind: text, unit: 元}", "rules-key-without-effect"),
        ("view: {label: 朝向}", "rules-word-taken"),
    ],
)
def test_a_wrong_own_field_is_reported(field, code):
    assert codes_in(f"fields: {{listing: {{{field}}}}}\n") == [code]


def test_a_key_has_one_kind_across_own_fields():
    text = "fields: {listing: {view: {kind: int}}, client: {view: {kind: text}}}\n"
    rules, problems = read_rules(text)

    assert [(p.code, p.position.column) for p in problems] == [("rules-own-kind", 49)]
    assert "view" in rules.schema.fields("listing")
    assert "view" not in rules.schema.fields("client")


def test_against_a_built_in_field_the_brokerages_definition_wins_with_a_warning():
    text = "fields: {listing: {elevator: {kind: term, values: [客梯, 货梯]}}}\n"
    _, problems = read_rules(text)

    assert [(p.code, p.severity) for p in problems] == [("rules-own-replaces", Severity.WARNING)]
    assert own_field(text, "elevator").kind == "term"


# -- carrying rules about ----------------------------------------------------

ALL_OWN = """\
format: 1
cadence: {listing: {sale: {A: 1}}, entrust_notice: [9]}
quiet: {hours: ["22:00", "07:00"]}
verbs: {剪彩: {id: ribbon}}
values: {decoration: {拎包: {id: turnkey}}}
fields: {listing: {view: {kind: enum, values: {江景: {id: river}}}}}
"""


def test_plain_rules_survive_json():
    plain, _ = checked_rules(ALL_OWN)

    rules = from_plain(json.loads(json.dumps(plain)))

    assert to_plain(rules) == to_plain(read_rules(ALL_OWN)[0])
    assert rules.schema.find_verb("剪彩").id == "ribbon"
    assert rules.schema.vocabulary(rules.schema.fields("listing")["view"]).find("江景") == "river"


def test_the_digest_follows_the_text():
    assert rules_digest("format: 1\n") == rules_digest("format: 1\n")
    assert rules_digest("format: 1\n") != rules_digest("format: 1\nlanguage: en\n")


def test_every_setting_has_a_default_an_origin_and_its_value():
    rules, _ = read_rules("sharing: {quota: 3}\nmatch: {weights: {facing: 2}}\n")

    shown = {setting.key: setting for setting in origins(rules)}

    assert shown["sharing.quota"] == ("sharing.quota", 10, "seed", 3)
    assert shown["cadence.listing.sale.A"] == ("cadence.listing.sale.A", 3, "ours", 3)
    assert shown["quiet.hours"].default == ("21:00", "08:30")
    assert shown["match.weights.facing"][1:] == (None, "ours", 2)
    assert {setting.origin for setting in origins()} <= {"seed", "found", "ours"}


# -- the starter, and the short way through a simple file ---------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_starter_is_valid_and_in_its_language(language):
    rules, problems = read_rules(starter_rules(language))

    assert problems == []
    assert rules.language == language


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_example_of_the_starter_is_valid_when_uncommented(language):
    lines = starter_rules(language).splitlines()
    uncommented = "\n".join(
        line[1:] if line.startswith("#  ") or (line[:1] == "#" and line[1:2].isalpha()) else line
        for line in lines
    )

    rules, problems = read_rules(uncommented)

    assert problems == []
    assert rules.other["sharing"]["mode"] == "mixed_quota"
    assert rules.schema.verbs["ribbon"].zh == "剪彩"
    assert rules.schema.vocabularies["decoration"].label("turnkey", "zh") == "拎包"
    assert rules.schema.fields("listing")["parking_fee"].unit == "元/月"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_starter_is_read_without_loading_yaml(language, monkeypatch):
    def unused(*_args, **_kwargs):
        raise AssertionError("YAML was loaded")

    monkeypatch.setattr(rulebook_source, "parse", unused)

    assert read_rules(starter_rules(language))[1] == []


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["", "# note", "#x: y", " ", "language : en", "language: zh # x"]),
            st.builds(
                "{}: {}".format,
                st.sampled_from(["format", "language", "timezone", "confidential", "Nope"]),
                st.sampled_from(["1", "zh", "en", "2", "sealed", "null", "Asia/Tokyo", "~", "a_b"]),
            ),
        ),
        max_size=5,
    )
)
@settings(max_examples=many(150))
def test_the_short_way_reads_what_yaml_reads(lines):
    text = "\n".join(lines)
    expected = checked_rules(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rulebook_source, "_simple", lambda _text: None)
        by_yaml = checked_rules(text)

    assert expected == by_yaml


@given(st.text(alphabet="ab:#-[]{}\"'&*!|>? \n\t，：是0\u2028\x00\ud800", max_size=60))
@settings(max_examples=many(200))
def test_no_text_stops_the_reader(text):
    rules, problems = read_rules("language: en\n" + text)

    assert rules.language in ("en", "zh")
    for found in problems:
        kind = PROBLEMS[found.code]
        assert kind.message.format_map(found.params)
        assert found.position.line <= text.count("\n") + text.count("\r") + 2
