"""Whatever the extractor or a template makes survives the database's JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Activity, Fact, Move, Part, Quote
from briefing.store.codec import decode_fact, decode_part, encode_fact, encode_part, fact_kind


@given(st.one_of(st.from_type(Move), st.from_type(Activity), st.from_type(Quote)))
def test_facts(fact: Fact) -> None:
    assert decode_fact(fact_kind(fact), json.loads(json.dumps(encode_fact(fact)))) == fact


@given(st.builds(Part, picture=st.none()))
def test_parts(part: Part) -> None:
    assert decode_part(json.loads(json.dumps(encode_part(part)))) == part


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="dance"):
        decode_fact("dance", {})
