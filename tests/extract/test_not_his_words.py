"""Words that stand near somebody's name and are another's, or nobody's; names invented."""

from __future__ import annotations

import pytest

from briefing.model import QuotedBy
from tests.extract.reading import activities, quotes

NO = "노기훈 벼리전자 사장"
OK = "옥새연 다솔전자 대표"
LAST = "노기훈"


def last(text: str) -> str | None:
    return quotes(text)[-1].speaker


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (f"법원은 {OK}에게 책임을 물었다.", "안전 의무를 다하지 않았다. 죄가 무겁다."),
        (f"노조는 {OK}에게 사고 책임을 물었다.", "대표가 물러나야 합니다. 사람이 죽었습니다."),
        (f"국회의원들이 {OK}에게 책임을 물었다.", "이게 회사입니까. 사람이 죽었습니다."),
        (f"감사위원회는 전날 {OK}에게 횡령 여부를 물었다.", "소명이 부족합니다."),
        (f"소비자들은 {OK}께 편지로 물었다.", "배터리가 왜 터지나요."),
        (f"기자가 {OK}에게 이유를 물었다.", "왜 접었습니까?"),
        (f"{OK}에게 이유를 물었더니 비서가 막아섰다.", "오늘은 인터뷰가 없습니다."),
        (f"국민은 {OK}에게 책임을 물었다고 생각하지 않는다.", "솜방망이 처벌입니다."),
    ],
)
def test_what_somebody_is_asked_or_blamed_for_is_not_said_by_him(asked: str, said: str) -> None:
    found = quotes(f"{asked} “{said}”")
    assert [(q.text, q.by is QuotedBy.EXECUTIVE) for q in found] == [(said, False)]


@pytest.mark.parametrize(
    "asked",
    [f"자리에서 일어섰다. {OK}에게 납기를 물었다.", f"소문을 들었다. 곧장 {OK}에게 이유를 물었다."],
)
def test_whoever_the_paragraph_is_about_may_be_the_one_who_asks(asked: str) -> None:
    assert last(f"{NO}은 {asked} “정말 팔 생각인지 궁금했습니다.”") == LAST


@pytest.mark.parametrize(
    "thing",
    [
        "제품은 시장에서 밀렸다.",
        "인수 제안은 거절했다.",
        "고발은 사실이 아니다.",
        "추격이 거세다.",
        "전화가 결정적이었다.",
        "공장은 1975년에 지어졌다.",
    ],
)
def test_whoever_has_the_word_goes_on_about_what_is_anothers(thing: str) -> None:
    text = f"{NO}은 14일 “두께를 절반으로 줄였다”고 말했다. {OK}의 {thing} “이제 우리가 1위입니다.”"
    assert last(text) == LAST


@pytest.mark.parametrize(
    "between",
    [
        f"{OK}의 투자가 밑거름이 됐다.",
        f"{OK}의 반대에도 공장을 지었다.",
        f"{OK}의 서명을 받아 냈다.",
        "옥새연 다솔전자 전 대표의 후임이다.",
        f"{OK}의 자리를 이어받은 것이다.",
        f"{OK}의 오랜 친구다.",
        f"{OK}의 특명이었다.",
    ],
)
def test_the_pronoun_means_whom_the_paragraph_is_about(between: str) -> None:
    assert last(f"{NO}은 회사를 세웠다. {between} 그는 “은인을 만났다”고 말했다.") == LAST


def test_a_visit_is_made_by_whom_the_paragraph_is_about() -> None:
    text = f"{NO}은 미국에 간다. {OK}의 지시다. 그는 13일 애리조나 공장을 둘러본다."
    assert {a.person for a in activities(text)} == {LAST}


@pytest.mark.parametrize(
    "did", ["취임하자", "부임하자마자", "기자간담회를 열었는데", "새 사장으로 왔지만", "회의실에 들어서자"]
)
def test_who_does_something_in_front_of_the_pronoun_is_meant(did: str) -> None:
    text = f"{OK}는 “기한은 보름”이라고 했다. {NO}이 {did} 그는 “한 달로 늘리겠다”고 말했다."
    assert last(text) == LAST


@pytest.mark.parametrize("work", ["책을 냈다", "시를 읊었다", "그림책을 냈다", "책은 세 권이다"])
def test_what_a_work_is_called_is_no_speech(work: str) -> None:
    assert quotes(f"{NO}은 “시장을 새로 쓰겠다”라는 {work}.") == ()


@pytest.mark.parametrize("who", ["한서윤", "이서윤", "전서윤", "현서윤"])
def test_a_determiner_is_no_surname_of_somebody_responsible(who: str) -> None:
    text = f"{who} 벼리전자 대표가 공장을 찾았다. {who[0]} 책임자는 “점검을 마쳤다”고 말했다."
    assert [q.by for q in quotes(text)] == [QuotedBy.UNNAMED]


@pytest.mark.parametrize(
    "behind",
    [
        f"{OK}는 이 같은 각오를 밝히고 “매출을 두 배로 늘린다”고 말했다.",
        f"{OK}는 연단에 올라 “지금이 기회”라고 거듭하며 이렇게 선언했다.",
    ],
)
def test_a_sentence_that_points_back_says_whose_words_stood_before(behind: str) -> None:
    text = f"{NO}이 공장을 찾았다.\n\n“이제 시작입니다. 물러설 곳은 없습니다.”\n\n{behind}"
    assert quotes(text)[0].speaker == "옥새연"


def test_letters_are_no_marks_of_answers_where_nobody_asks() -> None:
    text = f"{OK}가 사내 익명 게시판을 열었다.\n\nA: “회의가 너무 길어요.”\n\nB: “점심이 맛있어요.”"
    assert [q.speaker for q in quotes(text)] == [None, None]


def test_transfer_is_no_courtesy() -> None:
    text = f"{NO}은 14일 간담회를 열었다. {OK} 양도 뒤에 주가가 올랐다. 그는 “지분을 팔지 않는다”고 말했다."
    assert last(text) == LAST
