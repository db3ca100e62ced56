"""Whatever the extractor or a template makes survives the database's JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from briefing.model import Activity, Fact, Move, Part, Quote
from briefing.store.codec import decode_fact, decode_part, encode_fact, encode_part, fact_kind
from briefing.store.columns import UtcDateTime


@given(st.one_of(st.from_type(Move), st.from_type(Activity), st.from_type(Quote)))
def test_facts(fact: Fact) -> None:
    assert decode_fact(fact_kind(fact), json.loads(json.dumps(encode_fact(fact)))) == fact


@given(st.builds(Part, picture=st.none()))
def test_parts(part: Part) -> None:
    assert decode_part(json.loads(json.dumps(encode_part(part)))) == part


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="dance"):
        decode_fact("dance", {})


def test_the_two_hours_that_a_clock_shows_twice_are_kept_apart() -> None:
    """Of one zone Python takes them for equal, so nothing may be looked up by them."""
    bind = UtcDateTime().bind_processor(sqlite.dialect())
    read = UtcDateTime().result_processor(sqlite.dialect(), None)
    assert bind is not None
    assert read is not None
    zone = ZoneInfo("America/New_York")
    for fold, hour in ((0, 5), (1, 6)):
        local = datetime(2025, 11, 2, 1, 30, tzinfo=zone, fold=fold)
        assert read(bind(local)) == datetime(2025, 11, 2, hour, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match="naive"):
        bind(datetime(2025, 11, 2))  # noqa: DTZ001
