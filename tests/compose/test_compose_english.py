"""Every kind of message as a subscriber who reads English sees it, and facts put into English words.

`EXECBRIEF_GOLDEN=write pytest …` writes the golden files anew: read the diff.
"""

from __future__ import annotations

import re

import pytest

from briefing.compose.editions import digest_edition
from briefing.compose.markup import parse
from briefing.compose.render import DigestMemo
from briefing.compose.texts import in_language, text
from briefing.compose.translation import change, english, occasion, person, title
from briefing.compose.wording import wording
from briefing.subscribers import Language
from tests.compose.compose_samples import NOW, SUBSCRIBER
from tests.compose.test_compose_golden import MESSAGES, RENDERER, STORIES, check, shown
from tests.compose.test_compose_words import REPLIES


@pytest.mark.parametrize("name", MESSAGES)
def test_message_in_english_reads_as_its_golden_file(name: str) -> None:
    with in_language(Language.ENGLISH):
        parts = MESSAGES[name]()
    for part in parts:
        parsed = parse(part.html)
        assert parsed.problems == ()
        assert parsed.units <= (1024 if part.attachment or part.picture is not None else 4096)
        assert parsed.entities <= 100
    check(f"en/{name}.html", shown(parts))


@pytest.mark.parametrize(
    ("name", "values"), [(name, values) for name, all_ in REPLIES.items() for values in all_]
)
def test_replies_in_english_fit(name: str, values: dict[str, object]) -> None:
    with in_language(Language.ENGLISH):
        parsed = parse(RENDERER.chat(name, **values).html)
    assert parsed.problems == ()
    assert 0 < parsed.units <= 4096
    assert "\n\n\n" not in parsed.text
    assert parsed.text == parsed.text.strip()
    assert parsed.text != parse(RENDERER.chat(name, **values).html).text or name in {"broadcast", "settings"}


@pytest.mark.parametrize(
    ("korean", "said"),
    [
        ("사장(CEO)", "President, CEO"),
        ("영업본부장(사장)", "영업 Division Head, President"),
        ("대표이사 사장", "CEO, President"),
        ("신임 대표", "new CEO"),
        ("생산본부장 전무", "생산 Division Head, Senior Managing Director"),
        ("살림지기", "살림지기"),
    ],
)
def test_titles(korean: str, said: str) -> None:
    with in_language(Language.ENGLISH):
        assert title(korean) == said
    assert title(korean) == korean


@pytest.mark.parametrize(
    ("korean", "said"),
    [
        ("남궁진 사장(CEO)", "남궁진 (President, CEO)"),
        ("남궁진 사장·윤서라 부사장", "남궁진 (President), 윤서라 (Vice President)"),
        ("남궁진(노을화학 부사장)", "남궁진 (노을화학 Vice President)"),
        ("벤 하퍼 CTO", "벤 하퍼 (CTO)"),
        ("남궁진", "남궁진"),
        ("벤 하퍼", "벤 하퍼"),
    ],
)
def test_people_with_titles(korean: str, said: str) -> None:
    with in_language(Language.ENGLISH):
        assert person(korean) == said


@pytest.mark.parametrize(
    ("korean", "said"),
    [
        ("대표이사 선임", "appointed CEO"),
        ("부사장 승진 유력", "likely to be promoted to Vice President"),
        ("대표이사 재선임", "reappointed as CEO"),
        ("퇴임", "retired"),
        ("최고기술책임자(CTO) 영입", "recruited as CTO"),
        ("최고기술책임자 CTO 선임", "appointed CTO"),
        ("대표이사 사장(CEO) 선임", "appointed CEO, President"),
    ],
)
def test_moves(korean: str, said: str) -> None:
    with in_language(Language.ENGLISH):
        assert change(korean) == said


@pytest.mark.parametrize(
    ("korean", "said"),
    [
        ("미국 출장", "trip to the US"),
        ("미국 출장 후 귀국", "return from trip to the US"),
        ("무지개 학회 참석", "attendance at 무지개 학회"),
        ("무지개 학회", "무지개 학회"),
    ],
)
def test_occasions(korean: str, said: str) -> None:
    with in_language(Language.ENGLISH):
        assert occasion(korean) == said


def test_every_verb_and_rank_that_facts_are_told_in_has_an_english_word() -> None:
    words = wording()
    verbs = {word for kind in words.moves.values() for word in (kind.default, kind.rumored, *kind.exact)}
    assert verbs - english().moves.keys() == set()
    nouns = {
        word for kind in words.activities.values() for word in (kind.noun, *kind.exact) if word
    } - english().occasions.keys()
    # these name an occasion rather than a deed, so they stay
    assert nouns <= {"간담회", "만찬", "오찬"}
    assert set(words.ranks) - english().titles.keys() == set()


def test_lines_that_digests_share_are_shared_within_a_language() -> None:
    memo = DigestMemo()
    edition = digest_edition(SUBSCRIBER, STORIES, NOW)
    korean = RENDERER.digest(edition, memo=memo)
    with in_language(Language.ENGLISH):
        english_ = RENDERER.digest(edition, memo=memo)
    assert korean == RENDERER.digest(edition, memo=memo) == MESSAGES["digest"]()
    assert english_[0].html != korean[0].html
    assert re.search("보도|알림|사건", english_[0].html) is None


def test_a_number_chooses_between_one_and_many() -> None:
    with in_language(Language.ENGLISH):
        assert text("line.people", count=1) == "1 person"
        assert text("line.people", count=2) == "2 people"
    assert text("line.people", count=2) == "2명"
