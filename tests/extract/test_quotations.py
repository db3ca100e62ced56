"""Quotation marks as pages really carry them."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.quotations import find_quotations


def _found(text: str) -> list[str]:
    return [span.of(text) for span in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("단 대표는 “값을 내린다”며 “곧이다”라고 했다.", ["값을 내린다", "곧이다"]),
        ('단 대표는 "값을 내린다”며 “곧이다"라고 했다.', ["값을 내린다", "곧이다"]),
        ("“탱크 걱정을 할 것“이라고 했다. “끝”이라고도 했다.", ["탱크 걱정을 할 것", "끝"]),
        ("단 대표는 ”한 달 안에 없앤다”고 답했다.", ["한 달 안에 없앤다"]),
        ("“법은 “심의를 거쳐 정한다”고 하여 보장한다”며 “어긴 것”이라고 했다.", ["법은 “심의를 거쳐 정한다”고 하여 보장한다", "어긴 것"]),
        ('"첫 문장이다. 둘째 문장이다"라고 했다.', ["첫 문장이다. 둘째 문장이다"]),
        ("“고객이 ‘늦다’고 하던 때”라고", ["고객이 ‘늦다’고 하던 때"]),
        ('55" 화면을 두고 "크다"고 했다.', ["크다"]),
        ("「새 물길」이라고 했다.", ["새 물길"]),
        ("이렇게 말했다. “첫째다.\n둘째다.”\n끝.", ["첫째다.\n둘째다."]),
        ("단 대표는 “닫는 표가 없다고 말했다.", ["닫는 표가 없다고 말했다."]),
        ("“”와 \"\"는 비었다.", []),
    ],
)  # fmt: skip
def test_spans_between_marks(text: str, quotations: list[str]) -> None:
    assert _found(text) == quotations


@given(st.text(alphabet='“”"″「」『』‘’가나다 .,\n라고며5', max_size=80))
def test_any_marks_give_ordered_spans_inside_the_text(text: str) -> None:
    spans = find_quotations(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_a_megabyte_of_marks_takes_under_two_seconds() -> None:
    started = time.process_time()
    find_quotations("“가 " * 350_000)
    find_quotations('"' * 1_000_000)
    assert time.process_time() - started < 4
