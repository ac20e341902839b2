"""Which field of a listing answers which word of a client (`matching_words`), and how.

Only fields that everybody may know are read: of the floor its band, never its number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from brokernotes.features.matching_sides import LEASE, SALE, Home, is_denial
from brokernotes.model.enums import CLOSED
from brokernotes.model.schema import fold
from brokernotes.model.terms import OPEN

Answer = bool | None
Rule = Callable[[Home], Answer]


def _fact(key: str, *ids: str) -> Rule:
    """Whether a field has one of some values."""

    def rule(home: Home) -> Answer:
        value = home.facts.get(key)
        return None if value is None else value in ids

    return rule


def _flag(key: str) -> Rule:
    def rule(home: Home) -> Answer:
        value: Answer = home.facts.get(key)
        return value

    return rule


def _never(rule: Rule) -> Rule:
    def other(home: Home) -> Answer:
        found = rule(home)
        return None if found is None else not found

    return other


def _end(*bands: str) -> Rule:
    """The first or the last floor: known only where it is certainly not that."""
    return lambda home: False if home.facts.get("floor_band") in bands else None


def _faces(side: str) -> Rule:
    """South also between south and west; north only where nothing looks south."""

    def rule(home: Home) -> Answer:
        facing = frozenset(home.facts.get("facing") or ())
        if not facing:
            return None
        south = bool(facing & {"south", "south_north"})
        if side == "north":
            return not south and "north" in facing
        if side == "south":
            return south or (None if facing & {"southeast", "southwest"} else False)
        return side in facing

    return rule


def allows_pets(home: Home) -> Answer:
    """不能养宠物 among the defects says no as well."""
    said: Answer = home.facts.get("pets")
    if said is None and any("宠" in one or "pet" in one for one in home.lacks):
        return False
    return said


_USED_WORDS = ("学位已用", "学位用掉", "学位用过", "学位占用", "学位被占", "schoolplaceused")
_FREE_WORDS = ("学位未用", "学位没用", "学位没用过", "学位可用", "学位空着", "schoolplacefree")


def _is_place_used(home: Home) -> Answer:
    """The field says it, else 学位已用到2029 among the flaws, 学位没用过 among the strengths."""
    said: Answer = home.facts.get("school_quota_used")
    if said is None and any(word in home.flaws for word in _USED_WORDS):
        return True
    return False if said is None and not home.has.isdisjoint(_FREE_WORDS) else said


def _is_furnished(home: Home) -> Answer:
    things: Iterable[str] = home.facts.get("furnishing") or ()
    if any(is_denial(one) or one == "空房" for one in things):
        return False
    if things:
        return True
    return False if home.facts.get("decoration") == "bare" else None


def _is_ready(home: Home) -> Answer:
    """拎包入住: done up and furnished."""
    decoration = home.facts.get("decoration")
    furnished = _is_furnished(home)
    if furnished is False or decoration == "bare":
        return False
    return True if furnished and decoration in ("fine", "luxury") else None


def _burdened(kind: str) -> Rule:
    """Named on the title; that it is not is known once the title was checked."""

    def rule(home: Home) -> Answer:
        if kind in (home.facts.get("encumbrances") or ()):
            return True
        return False if home.facts.get("title_checked_on") else None

    return rule


def _held(*classes: str) -> Rule:
    def rule(home: Home) -> Answer:
        if home.held == "five_unsure" and "five_only" in classes and "five_other" not in classes:
            return None
        return None if home.held is None else home.held in classes

    return rule


def _bathrooms(least: int) -> Rule:
    def rule(home: Home) -> Answer:
        count = home.facts.get("bathrooms")
        return None if count is None else count >= least

    return rule


def _terms_of_price(word: str) -> Rule:
    def rule(home: Home) -> Answer:
        terms = home.facts.get("price_terms")
        return None if not terms else word in terms

    return rule


def is_lent_on(home: Home) -> Answer:
    """Whether banks usually lend on it: never on a right of use or on what is seized (found)."""
    facts = home.facts
    title = facts.get("title_type")
    if title == "use_right" or "seizure" in (facts.get("encumbrances") or ()):
        return False
    return True if title in ("commodity", "ex_public") else None


def _registered(home: Home) -> Answer:
    """One that can be moved out is asked about."""
    return {"present": True, "none": False}.get(home.facts.get("hukou") or "")


def _lives(character: str) -> Rule:
    return lambda home: True if character in home.character else None


_FIVE = ("five_only", "five_other", "five_unsure")
_FREE = _never(_is_place_used)
SCHOOL_PLACE = frozenset((_is_place_used, _FREE))
_CO_OWNED, _ONLY, _MORTGAGED = _flag("co_owned"), _flag("only_home"), _burdened("mortgage")
# Their words often stand in phrases about something else: 户口可迁出, 小区唯一带花园.
AMBIGUOUS = frozenset((_registered, _CO_OWNED, _ONLY, _MORTGAGED))
_SPOKEN: Mapping[Rule, str] = {
    _is_place_used: " ".join(_USED_WORDS),
    _FREE: " ".join(_FREE_WORDS),
    _fact("floor_band", "low"): "低楼层 低层 低区 lowfloor",
    _fact("floor_band", "middle"): "中楼层 中层 中区 middlefloor",
    _fact("floor_band", "high"): "高楼层 高层 高区 highfloor",
    _end("middle", "high"): "一楼 一层 底楼 底层 首层 1楼 1层 groundfloor",
    _end("low", "middle"): "顶楼 顶层 topfloor",
    _fact("decoration", "fine", "luxury"): "精装 精装修",
    _is_furnished: "家具 家电 家具家电 带家具 带家电 有家具 有家电 furnished furniture",
    _is_ready: "拎包入住 拎包即住",
    _faces("south"): "朝南 南向 朝阳 南 south facingsouth southfacing",
    _faces("north"): "朝北 北向 北 north facingnorth northfacing",
    _faces("east"): "朝东 东向 东 east facingeast eastfacing",
    _faces("west"): "朝西 西向 西 west facingwest westfacing",
    _fact("occupant", "vacant"): "空置 空房 vacant",
    _fact("occupant", "tenant"): "租客 有租客 带租约 带租客 tenant",
    _burdened("seizure"): "查封 被查封 seizure seized",
    _burdened("right_to_reside"): "居住权 有居住权 righttoreside",
    _bathrooms(2): "双卫 两卫 2卫 两个卫生间 twobathrooms",
}  # fmt: skip


_OF_SALE: Mapping[Rule, str] = {
    _MORTGAGED: "抵押 有抵押 mortgage mortgaged",
    _registered: "户口 有户口",
    _CO_OWNED: "共有 共有产权人 coowned",
    _ONLY: "唯一 唯一住房 onlyhome",
    _held("two", *_FIVE): "满二 满两年 满2 满2年",
    _held(*_FIVE): "满五 满五年 满5 满5年",
    _held("five_only"): "满五唯一 满5唯一",
    _terms_of_price("到手"): "到手价",
    _terms_of_price("各付"): "各付",
    is_lent_on: "可贷款 能贷款 可按揭 能按揭 可商贷",
    **{_fact("title_type", one.id): " ".join(map(fold, one.spellings()))
       for one in OPEN["title_type"]},
    _fact("title_type", "use_right"): "使用权 使用权房 rightofuse",
}  # fmt: skip
_OF_LEASE: Mapping[Rule, str] = {
    allows_pets: "宠物 养宠物 可养宠物 可带宠物 允许养宠 宠物友好 养猫 可养猫 养狗 可养狗"
                 " 可养猫狗 能养猫 能养狗 pets petsallowed petfriendly cats catsallowed"
                 " dogs dogsallowed",
    **{_fact("lease_mode", one.id): " ".join(map(fold, one.spellings()))
       for one in CLOSED["lease_mode"]},
}  # fmt: skip
# What is asked on one side alone: a tenant does not care since when a home is owned, and no
# seller says whether the buyer may keep a cat.
SIDES: Mapping[Rule, str] = dict.fromkeys(_OF_SALE, SALE) | dict.fromkeys(_OF_LEASE, LEASE)


def _answers() -> Iterator[tuple[str, Rule]]:
    """Words and what answers them; those of vocabularies first, ours say more."""
    tables: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("decoration", CLOSED), ("structure", OPEN), ("property_type", OPEN),
    )  # fmt: skip
    for key, table in tables:
        for choice in table[key]:
            rule = _fact(key, choice.id)
            yield from ((fold(word), rule) for word in choice.spellings())
    for choice in OPEN["lifestyle"]:
        rule = _lives(choice.id)
        yield from ((fold(word), rule) for word in choice.spellings())
    for rule, words in (*_SPOKEN.items(), *_OF_SALE.items(), *_OF_LEASE.items()):
        yield from ((word, rule) for word in words.split())


# A parking space is also a kind of property: whoever must have one means the feature.
FEATURES = {fold(word): one.id for one in OPEN["feature"] for word in one.spellings()} | {
    "学区房": "school", "南北通": "through", "近地铁": "metro", "地铁房": "metro",
    "lift": "elevator", "停车位": "parking",
}  # fmt: skip
RULES = {word: rule for word, rule in _answers() if word not in FEATURES}
