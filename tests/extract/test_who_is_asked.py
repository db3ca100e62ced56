"""Whose words stand alone: whom the writer asks, whose matters are told, who answers; names invented."""

from __future__ import annotations

import pytest

from briefing.model import QuotedBy
from tests.extract.reading import quotes, told

LEAD = "노기훈 벼리전자 사장은 14일 “재고부터 줄인다”고 말했다.\n\n"


def speakers(text: str) -> list[str | None]:
    return [q.speaker for q in quotes(text)]


@pytest.mark.parametrize(
    "asked",
    [
        "옥새연 다솔전자 대표에게 이유를 물었다.",
        "옥새연 다솔전자 대표에게 가장 고마운 사람을 묻자 뜻밖의 대답이 나왔다.",
        "공장을 맡은 옥새연 다솔전자 대표께 비결을 물어봤다.",
    ],
)
def test_whom_the_writer_asks_answers(asked: str) -> None:
    assert speakers(f"{LEAD}{asked}\n\n“불량 사진을 먼저 보냈습니다. 그게 답이었죠.”") == ["노기훈", "옥새연"]


def test_whoever_is_asked_by_another_does_not_ask() -> None:
    text = "옥새연 다솔전자 대표는 노기훈 벼리전자 사장에게 물었다. “납기를 언제까지 맞출 수 있습니까?”"
    assert speakers(text) == ["옥새연"]


@pytest.mark.parametrize(
    "matter",
    [
        "옥새연 다솔전자 대표의 다음 수는 산지 직송이다.",
        "옥새연 다솔전자 대표의 계산은 다르다.",
        "옥새연 다솔전자 대표의 수상 소감은 1분이 채 되지 않았다.",
    ],
)
def test_words_behind_what_is_told_of_somebodys_matters_are_his(matter: str) -> None:
    assert speakers(f"{LEAD}{matter} “오후 5시에 식탁에 올리는 겁니다.”") == ["노기훈", "옥새연"]


@pytest.mark.parametrize("other", ["아들은", "변호인은", "비서는"])
def test_words_behind_what_somebodys_people_do_are_not_his(other: str) -> None:
    found = quotes(f"옥새연 다솔전자 대표의 {other} 법정에 나왔다. “사실이 아닙니다. 다투겠습니다.”")
    assert [(q.text, q.by is QuotedBy.EXECUTIVE) for q in found] == [
        ("사실이 아닙니다. 다투겠습니다.", False)
    ]


def test_a_person_named_behind_with_words_of_his_own_did_not_say_those_before() -> None:
    text = (
        "이름이 알려지기를 꺼리던 옥새연 다솔전자 대표가 공장에서 기자를 맞았다.\n\n"
        "“버려진 것의 무게를 아는 사람이 필요합니다.”\n\n"
        "먼저 하는 일은 품목 자르기다. 소나래 다솔전자 부대표는 “품목을 19개로 줄였다”고 설명했다."
    )
    assert speakers(text) == ["옥새연", "소나래"]


def test_a_person_named_behind_who_speaks_so_said_those_before() -> None:
    text = (
        "다솔전자가 13일 간담회를 열었다. 새 제품을 공개했다.\n\n"
        "“옷처럼 몸에 맞춰 입어야 합니다.” 옥새연 다솔전자 대표는 이렇게 말하며 “매출을 두 배로 키운다”고 밝혔다."
    )
    assert speakers(text) == ["옥새연", "옥새연"]


@pytest.mark.parametrize(("asks", "answers"), [("문> ", "답> "), ("Q. ", "A. "), ("문: ", "답: "), ("―", "")])
def test_answers_of_an_interview_by_their_marks(asks: str, answers: str) -> None:
    text = (
        "옥새연 다솔전자 대표를 만났다.\n\n"
        f"{asks}왜 거꾸로 가나.\n\n{answers}“멈춘 시간이 52분입니다. 숫자가 아니더군요.”\n\n"
        f"{asks}매출을 포기하나.\n\n{answers}“줄죠. 올해는 55%로 봅니다.”"
    )
    assert speakers(text) == ["옥새연", "옥새연"]


def test_who_answers_the_one_who_has_his_say_in_front_of_the_pronoun() -> None:
    text = (
        "옥새연 다솔전자 회장은 “300평이면 됩니까”라고 물었다. "
        "노기훈 벼리전자 사장이 200평이면 된다고 하자 그는 “300평 합시다. 클 거니까”라고 받아쳤다."
    )
    assert speakers(text) == ["옥새연", "옥새연"]


@pytest.mark.parametrize(
    "before",
    [
        "옥새연 다솔전자 회장의 가위가 말을 듣지 않아 식이 멈췄다.",
        "옥새연 다솔전자 회장의 표정이 굳었다.",
        "창업자 옥새연 여사는 1979년을 떠올렸다.",
        "창업자 옥새연 씨는 1979년을 떠올렸다.",
    ],
)
def test_the_pronoun_means_the_one_person_of_the_sentence_before(before: str) -> None:
    text = f"노기훈 다솔전자 사장은 “재고부터 줄인다”고 말했다.\n\n{before} 그는 “이건 왜 이래. 안 잘리네”라고 말했다."
    assert speakers(text) == ["노기훈", "옥새연"]


def test_an_officer_is_called_by_the_last_word_of_his_title() -> None:
    text = (
        "옥새연 다솔전자 최고정보보호책임자가 원인을 설명했다. "
        "옥 책임자는 “계정 하나가 살아 있었다”고 밝혔다. 구매 책임자 노기훈 씨는 “몰랐다”고 했다."
    )
    assert [(q.speaker, q.by) for q in quotes(text)] == [
        ("옥새연", QuotedBy.EXECUTIVE),
        ("노기훈", QuotedBy.OTHER),
    ]


def test_one_thing_is_no_person() -> None:
    text = (
        "옥새연 다솔전자 대표는 재작년 회사를 맡았다.\n\n첫해에 한 일은 거래처 정리였다. "
        "“외상부터 끊었습니다. 절반이 날아갔죠.”"
    )
    assert speakers(text) == ["옥새연"]


@pytest.mark.parametrize("began", ["시작했다", "강연을 시작했다", "시간을 열었다"])
def test_words_that_something_begins_with_are_said(began: str) -> None:
    text = f"옥새연 다솔전자 의장은 “졸업 학점이 낮았습니다. 죄송합니다”라는 말로 {began}."
    assert speakers(text) == ["옥새연"]


def test_a_corporation_of_common_words_is_known_by_its_post() -> None:
    found = told("국토자원관리공사 제9대 사장에 옥새연 전 국토부 차관이 15일 취임했다.")
    assert found == {("옥새연", "국토자원관리공사", "appointed", "사장")}
