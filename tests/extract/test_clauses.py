"""Predicates by dictionary form, their phrases, and what their endings tell."""

from __future__ import annotations

import pytest

from briefing.extract.clauses import Clause, arguments, find_clauses
from tests.extract.reading import analysed


def _read(text: str) -> tuple[str, list[Clause], object]:
    document = analysed(text)
    (sentence,) = document.sentences
    return document.text, list(find_clauses(document.text, sentence)), sentence


def _one(text: str, lemma: str) -> Clause:
    return next(c for c in _read(text)[1] if c.lemma == lemma)


@pytest.mark.parametrize(
    ("text", "lemma", "form"),
    [
        ("총리와 마주 앉았다.", "마주앉", "verb"),
        ("총리와 면담을 직접 가졌다.", "면담하", "light"),
        ("안전 점검에 나섰다.", "점검하", "light"),
        ("미국을 방문 중이다.", "방문하", "noun"),
        ("계약서를 주고받았다.", "주고받", "verb"),
    ],
)
def test_dictionary_forms(text: str, lemma: str, form: str) -> None:
    assert (lemma, form) in {(c.lemma, c.form) for c in _read(text)[1]}


def test_a_verbal_noun_in_another_use_is_no_predicate() -> None:
    assert "참석하" not in {c.lemma for c in _read("포럼 참석 여부를 묻는다.")[1]}


@pytest.mark.parametrize(
    ("text", "lemma", "ahead", "unreal"),
    [
        ("공장을 찾았다.", "찾", False, False),
        ("공장을 찾을 예정이다.", "찾", True, False),
        ("총리를 만나 협력을 논의할 계획이다.", "만나", True, False),
        ("총리와 면담한 뒤 공장을 찾을 예정이다.", "면담하", True, False),
        ("총리를 만날 수 있다.", "만나", True, True),
        ("총리를 만나면 말하겠다.", "만나", None, True),
        ("총리를 만나고 싶다.", "만나", True, True),
        ("공장을 둘러보고 있다.", "둘러보", None, False),
    ],
)
def test_moods(text: str, lemma: str, ahead: bool | None, unreal: bool) -> None:
    clause = _one(text, lemma)
    assert (clause.ahead, clause.unreal) == (ahead, unreal)


def test_phrases_belong_to_their_own_verb() -> None:
    document = analysed("사장은 공항을 통해 귀국한 뒤 본사에서 열린 회의에 참석했다.")
    (sentence,) = document.sentences
    clause = next(c for c in find_clauses(document.text, sentence) if c.lemma == "참석하")
    levels = {p.head: p.level for p in arguments(document.text, sentence, clause)}
    assert (levels["회의"], levels["본사"], levels["사장"]) == (0, 2, 0)
    assert "공항" not in levels
