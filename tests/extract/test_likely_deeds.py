"""Deeds that no rule tells: what learned weights take them for, and what they never take."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from briefing.errors import DataError
from briefing.extract.activities import find_activities
from briefing.extract.deedweights import KINDS, DeedWeights, packed
from briefing.extract.likelydeeds import Candidate, Guesses
from briefing.korean.kiwi import Sentence
from briefing.model import ActivityKind
from tests.extract.reading import activities, analysed, extractor

FUNERAL = (
    "9일 경기 이천에서 윤태식 가람전자 명예회장의 장례식이 열렸다. "
    "다솔그룹 공승현 회장이 참석했다. 나래건설 민윤서 부회장도 나란히 향을 올렸다."
)
LAUNCH = "가람전자는 9일 서울 코엑스에서 신제품 발표회를 열었다. 공서윤 대표가 무대에 올랐다. "
SPORTS = "나래조선은 9일 울산에서 한마음 체육대회를 열었다. 공서윤 사장이 참석했다. "


@pytest.mark.parametrize(
    ("text", "person", "what"),
    [
        (FUNERAL, "민윤서", "장례식"),
        (LAUNCH + "민도현 최고기술책임자는 화면을 넘겨 가며 청중의 질문을 받아 냈다.", "민도현", "발표회"),
        (SPORTS + "민도현 나래중공업 부사장은 직원들과 줄다리기를 하며 땀을 흘렸다.", "민도현", "체육대회"),
    ],
)
def test_what_one_does_at_the_occasion_told_before(text: str, person: str, what: str) -> None:
    (found,) = [a for a in activities(text) if a.person == person]
    assert found.rule.startswith("likely (")
    assert (found.kind, found.when) == (ActivityKind.EVENT, date(2024, 5, 9))
    assert what in found.what
    assert person in found.evidence[0].of(text), "evidence is the sentence"


@pytest.mark.parametrize(
    "text",
    [
        # said elsewhere
        LAUNCH + "민도현 최고기술책임자는 본지와의 통화에서 청중의 질문을 받아 냈다고 털어놨다.",
        # not there
        LAUNCH + "민도현 최고기술책임자는 출장 때문에 참석하지 못했다.",
        # ill, on a screen
        LAUNCH + "민도현 부사장은 병원에서 수술을 받았다.",
        LAUNCH + "민도현 부사장은 화면 속에서 손을 흔들었다.",
        # another thing does it
        LAUNCH + "민도현 전무가 개발한 로봇이 라인을 돌린다.",
        # no occasion
        "공서윤 가람전자 회장은 9일 베트남을 방문했다. 민도현 상무는 항공권을 예매했다.",
        # no executive
        LAUNCH + "민도현 시장은 화면을 넘겨 가며 청중의 질문을 받아 냈다.",
        # what the company does
        LAUNCH + "민도현 부사장이 이끄는 연구소는 새 부품을 만들어 냈다.",
        # nothing is told that could go on
        "민도현 가람전자 최고기술책임자는 새 부품의 값을 절반으로 낮췄다.",
    ],
)
def test_what_is_no_deed(text: str) -> None:
    assert [a for a in activities(text) if a.person == "민도현"] == []


def test_a_rule_goes_before_a_guess() -> None:
    found = activities(SPORTS + "공서윤 사장은 직원들과 줄다리기를 하며 땀을 흘렸다.")
    assert [(a.person, a.rule.partition(";")[0]) for a in found] == [("공서윤", "takes part")]


def test_who_learns_is_shown_every_deed_and_nothing_is_guessed() -> None:
    seen: list[tuple[Sentence, Candidate, frozenset[ActivityKind]]] = []
    document = analysed(SPORTS + "민도현 나래중공업 부사장은 직원들과 줄을 당기며 땀을 흘렸다.")
    guesses = Guesses(watch=lambda *what: seen.append(what))
    found, _ = find_activities(document, extractor().lexicon, guesses=guesses)
    assert [a.person for a in found] == ["공서윤"]
    shown = {document.persona_of(c.mention).name: (c, kinds) for _, c, kinds in seen}
    assert shown["공서윤"][1] == {ActivityKind.EVENT}
    candidate, kinds = shown["민도현"]
    assert kinds == frozenset()
    assert "흘리/VV" in candidate.words["verbs"]
    assert {"땀/NNG", "줄/NNG"} <= set(candidate.words["object"])
    assert candidate.signs["near occasion is event"] == 1.0


def weights() -> bytes:
    none = np.zeros(len(KINDS))
    event = np.array([float(kind is ActivityKind.EVENT) for kind in KINDS])
    return packed(
        ["verbs", "all"],
        {"올리/VV": np.stack([event * 2, none]), "향/NNG": np.stack([none, event * -1])},
        {"었/EP": event * 0.5},
        {"bias": event * -1, "quotation": event * 4},
    )


def test_weights_are_packed_and_read_back() -> None:
    read = DeedWeights(weights())
    said = read.scores(
        {"verbs": ["올리/VV", "모름/VV"], "all": ["향/NNG"], "no place": ["향/NNG"]}, {"었/EP"}, {}
    )
    assert said[ActivityKind.EVENT] == pytest.approx(2 - 1 + 0.5, abs=0.03)
    assert said[ActivityKind.TRIP] == 0
    two = read.scores({"verbs": ["올리/VV", "올리/VV"]}, (), {"bias": 1.0, "quotation": 0.5, "new sign": 9.0})
    assert two[ActivityKind.EVENT] == pytest.approx(2 * 2 / 2**0.5 - 1 + 2, abs=0.03)


@pytest.mark.parametrize("data", [b"", b"EBD1", weights()[:-1], weights() + b"\0", b"EBW1" + weights()[4:]])
def test_a_damaged_file_is_told(data: bytes) -> None:
    with pytest.raises(DataError, match=r"deeds\.bin"):
        DeedWeights(data)


def test_a_sentence_that_tells_a_move_tells_no_deed_besides() -> None:
    text = (
        "가람전자는 9일 긴급회의를 열고 감도윤 대표를 해임했다. "
        "재무 책임자인 민도현 최고재무책임자(CFO)도 함께 옷을 벗었다."
    )
    assert [a.person for a in activities(text)] == ["민도현"], "what the words alone make of it"
    found = extractor().extract(analysed(text).article)
    assert [m.person for m in found.moves] == ["감도윤", "민도현"]
    assert found.activities == ()
