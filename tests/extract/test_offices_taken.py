"""Who takes office, keeps a seat or is put on a board, in sentences where little says so."""

from __future__ import annotations

import pytest

from briefing.model import Article
from tests.extract.reading import extractor, told


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("변주원 벼리전자 대표가 9일 취임했다.", {("변주원", "벼리전자", "appointed", "대표")}),
        ("변주원 벼리전자 제9대 대표는 오는 12일 정식 취임한다.", {("변주원", "벼리전자", "appointed", "대표")}),
        ("변주원 벼리전자 부사장이 3년 전 대표로 옮긴 뒤 줄곧 회사를 키워 온 시장에 취임 인사를 했다.", set()),
        ("벼리전자는 9일 이사회를 열었다. 사내이사로는 변주원 부사장이 새로 들어갔고 하도윤 대표는 재선임됐다.",
         {("변주원", "벼리전자", "appointed", "사내이사"), ("하도윤", "벼리전자", "retained", "대표")}),
        ("벼리전자는 9일 주주총회를 열었다. 사내이사 임기가 끝난 하도윤 부사장은 재선임됐다.",
         {("하도윤", "벼리전자", "retained", "사내이사")}),
        ("벼리전자는 9일 주주총회를 열었다. 하도윤 상근감사위원은 임기 만료로 물러났다. 사외이사 3명은 모두 재선임됐다.",
         {("하도윤", "벼리전자", "departed", "상근감사위원")}),
        ("벼리전자는 9일 주주총회를 열었다. 소액주주가 추천한 사내이사 후보 기현우 변호사의 선임안도 통과되지 않았다.", set()),
        ("벼리전자의 대표이사도 함께 바뀐다. 위창호 부회장과 공동대표를 맡던 뇌성근 부사장이 물러난다.",
         {("뇌성근", "벼리전자", "departed", "공동대표")}),
        ("벼리전자 법인장인 전우람 전무가 부사장으로 승진해 공동대표이사에 오른다. 전 부사장의 후임은 정하지 않았다.",
         {("전우람", "벼리전자", "promoted", "부사장"), ("전우람", "벼리전자", "appointed", "공동대표이사")}),
        ("벼리전자는 9일 후보를 추렸다. 하도윤 대표는 내년 3월 주총까지만 자리를 지킨다.", set()),
        ("벼리전자는 9일 임원 인사를 냈다. 하도윤 대표는 자리를 지킨다.", {("하도윤", "벼리전자", "retained", "대표")}),
    ],
)  # fmt: skip
def test_offices(text: str, moves: set[tuple[str, str, str, str]]) -> None:
    assert told(text) == moves


def test_two_words_in_each_item_are_branch_and_name() -> None:
    text = "◇ 지점장 승진 △ 목동 왕민범 △ 범어 허수호"
    moves = extractor().extract(Article("t", text, title="[인사] 미르은행")).moves
    assert {(m.person, m.kind.value) for m in moves} == {("왕민범", "promoted"), ("허수호", "promoted")}


def test_three_syllables_each_are_two_names() -> None:
    text = "◇ 상무 승진 △ 왕민범 허수호 △ 양석선 허선태"
    moves = extractor().extract(Article("t", text, title="[인사] 미르은행")).moves
    assert {m.person for m in moves} == {"왕민범", "허수호", "양석선", "허선태"}


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("벼리전자는 노기훈 부사장을 대표로 내정했다. 노기훈 부사장은 오는 10일 취임한다.", {("노기훈", "벼리전자", "appointed", "대표")}),
        ("벼리전자는 노기훈 사장을 회장으로 내정했다. 노기훈 사장은 오는 10일 취임한다.", {("노기훈", "벼리전자", "appointed", "회장")}),
        ("노기훈 벼리전자 부사장이 9일 취임했다.", set()),
        ("노기훈 벼리전자 사장은 지난 12월 1일 취임했다. 9일 신년사를 냈다.", set()),
        ("노기훈 벼리전자 사장은 1일 취임했다며 지난 1년을 되돌아봤다.", set()),
        ("벼리전자는 9일 사내이사 임기가 끝나는 노기훈 대표이사 사장이 연임한다고 밝혔다.",
         {("노기훈", "벼리전자", "retained", "대표이사 사장")}),
        ("노기훈 벼리전자 전무가 9일 이사회에 나왔다. 이사 5명이 모두 찬성해 대표로 선임됐다.",
         {("노기훈", "벼리전자", "appointed", "대표")}),
        ("벼리전자 주주총회에서 노기훈 사내이사 선임안은 통과되지 않을 것이라는 예상을 깨고 가결됐다.",
         {("노기훈", "벼리전자", "appointed", "사내이사")}),
        ("류소민 마루제약 대표는 별세한 창업주에 대해 “늘 큰 스승이셨다”고 했다.", set()),
        ("류소민 마루제약 대표는 9일 별세한 원로 배우를 추모했다.", set()),
        ("류소민 마루제약 대표가 9일 별세했다.", {("류소민", "마루제약", "departed", "대표")}),
        ("금빛건설 회장 전격 사임\n\n옹성태 금빛건설 회장이 9일 사임했다.", {("옹성태", "금빛건설", "departed", "회장")}),
    ],
)  # fmt: skip
def test_what_a_reviewer_and_a_user_found(text: str, moves: set[tuple[str, str, str, str]]) -> None:
    assert told(text) == moves


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("◇ 상무 승진 △ 김준 이도윤 △ 박건 최하늘", {"김준", "이도윤", "박건", "최하늘"}),
        ("◇지점장 ▲목동 탁영실 ▲센텀시티 최고봉", {"탁영실", "최고봉"}),
        ("◇ 지점장 △ 목동 왕민범 △ 범어 허수호 △ 강남 이도윤", {"왕민범", "허수호", "이도윤"}),
    ],
)
def test_short_names_and_short_branches(text: str, names: set[str]) -> None:
    assert {m.person for m in extractor().extract(Article("t", text, title="[인사] 미르은행")).moves} == names
