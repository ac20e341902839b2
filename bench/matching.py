"""Matching every client with every listing, against looking at every pair."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from bench.timing import Ratio
from brokernotes.features.matching_bulk import Pool, value_of
from brokernotes.features.matching_criteria import Settings, demands_of
from brokernotes.features.matching_seekers import Seekers
from brokernotes.features.matching_sides import Home, Named, Want, home_of, want_of
from brokernotes.model.rules import builtin_schema

CLIENTS, HOMES, TOP = 10_000, 10_000, 5
SAMPLE = 40  # clients whom the double loop is measured with
DISTRICTS = [f"区{n}" for n in range(12)]
_SCHEMA = builtin_schema()
TERMS = ["elevator", "metro", "parking", "school", "through"]


def measure(_vault: Path, _home: Path, _size: int) -> Iterator[Ratio]:
    """Measure the best five listings of all clients, and one changed listing."""
    random = Random(1)
    settings = Settings()
    homes = [_invented_home(random, n) for n in range(HOMES)]
    wants = [_invented_want(random, n) for n in range(CLIENTS)]
    start = time.perf_counter()
    pool = Pool(homes, settings)
    for want in wants:
        pool.best(want, TOP)
    taken = time.perf_counter() - start
    start = time.perf_counter()
    for want in wants[:SAMPLE]:
        _double_loop(want, homes, settings)
    loop = (time.perf_counter() - start) * CLIENTS / SAMPLE
    yield Ratio(f"best {TOP} for all clients", "double loop", HOMES, taken, loop, 1 / 30)
    yield Ratio("one changed listing", "5 ms", CLIENTS, _one_changed(wants, homes), 0.005, 1.0)


def _double_loop(want: Want, homes: list[Home], settings: Settings) -> list[tuple[float, str]]:
    demands = demands_of(want, "sale", settings)
    values = ((value_of(demands, home), home.ref) for home in homes)
    return sorted((-value, ref) for value, ref in values if value is not None)[:TOP]


def _one_changed(wants: list[Want], homes: list[Home]) -> float:
    """Median seconds until it is known whom a listing suits; the clients are ready."""
    seekers = Seekers(wants, Settings())
    taken = []
    for home in homes[:30]:
        start = time.perf_counter()
        seekers.suiting(home)
        taken.append(time.perf_counter() - start)
    return median(taken)


def _invented_home(random: Random, n: int) -> Home:
    rooms = random.randint(1, 5)
    values: dict[str, Any] = {
        "status": "for_sale", "price": random.randint(150, 1500), "bedrooms": rooms,
        "district": random.choice(DISTRICTS), "gross_area": rooms * 28 + random.randint(10, 40),
        "features": random.sample(TERMS, random.randint(0, 3)),
        "facing": [random.choice(["south", "north", "east"])],
        "floor_band": random.choice(["low", "middle", "high"]),
        "elevator": random.random() < 0.6, "year_built": random.randint(1985, 2022),
    }  # fmt: skip
    return home_of(Named(f"L-{n:06}", "", ""), values, {}, _SCHEMA)


def _invented_want(random: Random, n: int) -> Want:
    rooms = random.randint(1, 4)
    values: dict[str, Any] = {
        "intents": ["buy"], "budget_max": random.randrange(200, 1400, 10), "bedrooms_min": rooms,
        "bedrooms_max": rooms + 1, "districts": random.sample(DISTRICTS, random.randint(1, 2)),
        "area_min": rooms * 28, "must_have": random.sample(TERMS, random.randint(0, 2)),
        "nice_to_have": random.sample(TERMS, random.randint(0, 2)), "facing": ["south"],
        "floor_pref": [random.choice(["middle", "high"])], "year_built_min": 2000,
    }  # fmt: skip
    return want_of(Named(f"C-{n:06}", "", ""), values, lambda _: None)
