"""Who is asked to speak, serves meals, mourns, wins or comes home, and who was not there; published on 2024-05-12."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import activities, done

WHO = "윤서준 누리전자 사장"
AUDIT = "9일 국회에서 국정감사가 열렸다. 백도현 한서화학 대표가 증인으로 출석했다. "


# ---------------------------------------------------------------- absent


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO}은 해외 출장을 사유로 불출석했다.",
        f"{WHO}은 국정감사에 불출석 사유서를 냈다.",
        f"{WHO}은 건강을 이유로 국정감사에 미참석했다.",
        f"불출석한 {WHO}에게는 과태료가 부과된다.",
    ],
)
def test_who_stays_away_was_not_there(text: str) -> None:
    assert done(AUDIT + text) == {"백도현:event"}


def test_who_travels_instead_makes_a_journey() -> None:
    assert done(AUDIT + f"{WHO}은 불출석 사유서를 낸 뒤 10일 캐나다로 떠났다.") == {
        "백도현:event",
        "윤서준:trip",
    }


# ---------------------------------------------------------------- asked to speak


@pytest.mark.parametrize(
    "text",
    [
        f"가람대 창업지원단은 10일 {WHO}을 초청해 두 번째 강연을 마련했다.",
        f"가람대는 다음 달 6일 {WHO}을 초청해 특강을 연다.",
        f"가람대는 10일 {WHO}을 강사로 초빙해 ‘반도체의 앞날’을 주제로 강연회를 열었다.",
        f"가람대는 10일 {WHO} 초청 특강을 열었다.",
        f"가람대는 10일 개강한 최고경영자 과정 특강에 {WHO}을 강사로 초청했다.",
    ],
)
def test_who_is_asked_to_speak_does(text: str) -> None:
    assert done(text) == {"윤서준:event"}


def test_those_who_ask_do_not_act_for_who_was_spoken_of_before() -> None:
    before = "백도현 한서화학 대표는 9일 가람대에서 특강을 했다. "
    text = before + f"가람대 창업지원단은 다음 달 6일 {WHO}을 초청해 두 번째 강연을 마련한다."
    found = {(a.person, a.when) for a in activities(text)}
    assert found == {("백도현", date(2024, 5, 9)), ("윤서준", date(2024, 6, 6))}


@pytest.mark.parametrize(
    "text",
    [
        f"가람대는 10일 {WHO}을 초청했다.",
        f"가람대는 {WHO}을 초청해 감사의 뜻을 전했다.",
        f"가람대는 {WHO}을 강사로 초청했다.",
        f"가람대는 {WHO}의 동문을 초청해 10일 특강을 열었다.",
    ],
)
def test_who_is_only_asked_does_not_speak(text: str) -> None:
    assert done(text) == set()


def test_a_talk_before_students_is_an_occasion() -> None:
    assert done(f"{WHO}은 10일 가람대에서 학생 500명을 만나 대담한다.") == {"윤서준:event"}
    assert done(f"{WHO}은 10일 대담한 전략을 내놨다.") == set()


# ---------------------------------------------------------------- meals served


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO}은 10일 본점 로비에서 출근하는 직원 800여명에게 손수 떡국을 퍼 주었다.",
        f"{WHO}은 10일 무료 급식소에서 어르신 420명에게 소고기국밥을 퍼 담았다.",
        f"{WHO}은 10일 어르신들에게 짜장면을 대접했다.",
        f"{WHO}은 10일 앞치마 차림으로 식판을 날랐다.",
        f"{WHO}은 10일 밥을 퍼 나르고 설거지를 했다.",
    ],
)
def test_serving_meals_is_an_occasion(text: str) -> None:
    assert done(text) == {"윤서준:event"}


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO}은 10일 직원들과 국밥을 먹었다.",
        f"{WHO}은 “떡국을 퍼 주었다”고 말했다.",
        f"{WHO}은 10일 결국 짐을 날랐다.",
        f"{WHO}은 10일 공장에 전국을 돌 트럭을 나눠 줬다.",
    ],
)
def test_eating_and_giving_are_none(text: str) -> None:
    assert done(text) == set()


# ---------------------------------------------------------------- prizes

PRIZES = "한빛재단은 10일 서울 여의도에서 ‘장인경영대상’ 시상식을 열고 대상에 윤서준 누리전자 사장을 뽑았다. "


def test_winners_who_share_a_verb_are_all_there() -> None:
    text = PRIZES + "혁신상은 백도현 한서화학 대표, 공로상은 추민석 벼리그룹 회장이 받았다."
    assert {"백도현:event", "추민석:event"} <= done(text)


def test_words_of_a_winner_fall_at_the_ceremony() -> None:
    text = PRIZES + "윤 사장은 수상 소감에서 “47년을 알아봐 주셔서 감사하다”고 말했다."
    found = {(a.person, a.kind.value, a.when) for a in activities(text)}
    assert found == {("윤서준", "event", date(2024, 5, 10))}
    assert done(PRIZES + "윤 사장은 “감사하다”며 수상 소감을 밝혔다.") == {"윤서준:event"}


def test_words_of_a_winner_without_a_ceremony_fall_anywhere() -> None:
    won = "윤서준 누리전자 사장이 장인경영대상 수상자로 뽑혔다. "
    assert done(won + "윤 사장은 “감사하다”며 수상 소감을 밝혔다.") == set()
    assert done(won + "윤 사장은 수상 소감에서 “감사하다”고 말했다.") == set()


# ---------------------------------------------------------------- mourning

HOUSE = "고 나도경 명예회장의 빈소가 9일 서울 가람대병원에 차려졌다. "


@pytest.mark.parametrize(
    "text",
    [
        f"점심 무렵에는 {WHO}이 발걸음을 했다.",
        f"오후에는 {WHO}이 조문했다.",
        f"오후 3시께 {WHO}이 들어섰다.",
        f"{WHO}도 고인을 조문했다.",
    ],
)
def test_who_comes_to_a_house_of_mourning_visits_it(text: str) -> None:
    found = {(a.person, a.kind.value, a.what) for a in activities(HOUSE + text)}
    assert found == {("윤서준", "visit", "빈소")}


@pytest.mark.parametrize(
    "text",
    [f"{WHO}은 1990년 누리전자에 들어섰다.", f"{WHO}은 조화를 보냈다.", f"{WHO}이 경영 전면에 들어섰다."],
)
def test_who_only_sends_flowers_or_goes_elsewhere_visits_none(text: str) -> None:
    assert done(HOUSE + text) == set()


def test_stepping_in_without_a_house_of_mourning_is_no_visit() -> None:
    found = done(f"9일 주총이 끝났다. {WHO}이 들어섰다. 백도현 한서화학 대표가 발걸음을 했다.")
    assert not any(deed.endswith("visit") for deed in found)


# ---------------------------------------------------------------- journeys


def test_who_was_at_an_occasion_abroad_came_home_from_there() -> None:
    text = f"{WHO}은 일본 오사카에서 열린 식품박람회를 참관하고 10일 돌아왔다."
    found = {(a.kind.value, a.what) for a in activities(text)}
    assert found == {("event", "식품박람회"), ("trip", "일본 오사카")}


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO}은 부산에서 열린 식품박람회를 참관하고 10일 돌아왔다.",
        f"{WHO}은 일본에서 열린 식품박람회를 참관하고 10일 현업으로 돌아왔다.",
        f"{WHO}은 일본에서 열린 식품박람회를 참관하고 돌아왔다.",
    ],
)
def test_who_comes_back_to_work_or_from_home_makes_no_journey(text: str) -> None:
    assert "윤서준:trip" not in done(text)


JOURNEY = f"{WHO}이 9일 인도 출장을 마치고 귀국했다. 윤 사장은 뭄바이에서 인도 장관과 면담했다. "


@pytest.mark.parametrize("text", ["전 일정을 수행했다", "모든 일정을 함께했다", "이번 출장 일정을 수행했다"])
def test_who_shares_all_of_a_journey_travels(text: str) -> None:
    assert "백도현:trip" in done(JOURNEY + f"백도현 부사장이 {text}.")


@pytest.mark.parametrize("text", ["임무를 수행했다", "국내 업무를 수행했다", "기존 일정을 소화했다"])
def test_who_does_his_work_travels_not(text: str) -> None:
    assert "백도현:trip" not in done(JOURNEY + f"백도현 부사장은 {text}.")


# ---------------------------------------------------------------- of whom the text goes on to speak

CALLED = f"{WHO}은 9일 하노이에서 베트남 총리를 만났다. "


@pytest.mark.parametrize(
    "between", ["", "총리는 인허가를 돕겠다고 화답했다. ", "통역은 나도경 대사관 참사관이 맡았다. "]
)
def test_the_text_goes_on_with_who_called(between: str) -> None:
    found = {
        (a.kind.value, a.when) for a in activities(CALLED + between + "10일에는 박닌 물류센터를 돌아봤다.")
    }
    assert ("visit", date(2024, 5, 10)) in found


def test_it_goes_on_with_an_official_of_whom_more_is_told() -> None:
    assert "윤서준:visit" not in done(
        CALLED + "총리는 이날 새 법을 공포했다. 10일에는 박닌 물류센터를 돌아봤다."
    )


def test_how_long_a_meal_took_parts_nobody() -> None:
    text = "추민석 벼리그룹 회장은 9일 영빈관으로 이동했다. "
    text += f"이곳에서 {WHO}과 2시간 넘게 만찬을 함께하며 투자 방안을 논의한 것으로 전해졌다."
    assert done(text) == {"추민석:meeting", "윤서준:meeting"}


# ---------------------------------------------------------------- words that fell elsewhere

SIGNED = f"나래도와 누리전자는 10일 도청에서 투자협약식을 열었다. 협약식에는 {WHO}이 참석했다. "


@pytest.mark.parametrize("answer", ["이에 대해", "이 같은 우려에", "소식을 전해 들은"])
def test_who_answers_those_not_there_was_not_there(answer: str) -> None:
    text = (
        SIGNED
        + f"환경단체는 오염을 걱정했다. {answer} 백도현 누리전자 기술센터장은 “물을 모두 다시 쓸 것”이라고 설명했다."
    )
    assert done(text) == {"윤서준:event"}


def test_who_answers_at_a_press_conference_was_there() -> None:
    text = f"{WHO}은 10일 서울에서 기자간담회를 열었다. 느리다는 지적이 나왔다. "
    text += "이에 대해 백도현 누리전자 본부장은 “내년에 공장을 짓는다”고 답했다."
    assert done(text) == {"윤서준:event", "백도현:event"}


def test_whom_a_broadcast_shows_by_himself_was_elsewhere() -> None:
    text = f"{WHO}은 10일 서울에서 기자간담회를 열었습니다.\n"
    text += '[백도현/누리전자 본부장: "공장을 내년에 인천에 새로 짓게 됩니다."]'
    assert done(text) == {"윤서준:event"}
