"""What people ask in the words they find: kinds, days, greetings, yes and no."""

from __future__ import annotations

import pytest

from bot.handlers import Desk
from briefing.model import Extraction, Person, Quote, QuotedBy, Span
from tests.bot.talk import GROUP, ME, ask, press, settled, statements

pytestmark = pytest.mark.usefixtures("chat")

HNE = "한빛누리전자"
WORDS = "가전의 구독 사업을 세 배로 키우겠다"


@pytest.mark.parametrize("question", [f"{HNE} 인사", f"/brief {HNE} 인사", f"/moves {HNE}", f"인사 {HNE}"])
async def test_moves_of_a_company_alone(api, publish, question) -> None:
    await publish(HNE, "남궁별", WORDS)
    answer = await ask(api, question)
    assert answer.text.startswith(f"{HNE} · 인사 · 최근 7일")
    assert "남궁별 부사장" in answer.text or "대표이사 선임" in answer.text
    assert WORDS not in answer.text
    assert "이 기간 소식 없음" not in answer.text
    assert answer.labels[:2] == ["30일", "전체 브리핑"]
    longer = await press(api, answer, "30일")
    assert longer.text.startswith(f"{HNE} · 인사 · 최근 30일")
    assert WORDS in (await press(api, longer, "전체 브리핑")).text


async def test_words_of_a_company_alone(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS)
    answer = await ask(api, f"{HNE} 발언")
    assert WORDS in answer.text
    assert "대표이사 선임" not in answer.text
    nothing = await ask(api, f"{HNE} 행보")
    assert nothing.text.startswith(f"{HNE} · 행보 · 최근 7일")
    assert nothing.text.endswith("· 소식 없음")


async def test_a_misspelt_company_keeps_the_kind_of_news(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS)
    asked = await ask(api, "한빛누리전저 인사")
    assert "혹시" in asked.text
    assert "인사 ·" in (await press(api, asked, HNE)).text
    again = await ask(api, "/moves 한빛누리전저")
    assert "인사 ·" in (await press(api, again, HNE)).text


async def test_the_day_before_is_that_day_only(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS, hours_ago=1)
    await publish("다온모비스텍", "서문빛", "로봇에 투자하겠다", hours_ago=24)
    assert (await ask(api, f"{HNE} 어제")).text == f"{HNE} · 3.2(월) 보도 · 임원 소식 없음"
    answer = await ask(api, "다온모비스텍 어제")
    assert "로봇에 투자하겠다" in answer.text
    assert "최근" not in answer.text
    proof = await press(api, answer, "근거 보기")
    assert "서문빛" in proof.text
    moves = await ask(api, "/moves 어제")
    assert "서문빛" in moves.text
    assert "남궁별" not in moves.text
    assert "서문빛" in (await ask(api, "어제 인사")).text


async def test_a_date_is_that_day_only_and_tells_another_year(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS, hours_ago=1)
    await publish(HNE, "서문빛", "로봇에 투자하겠다", hours_ago=24)
    answer = await ask(api, f"{HNE} 3월 2일")
    # the day is that of publication, whenever what is told happened
    assert answer.text.startswith(f"{HNE} · 3.2(월) 보도\n")
    assert (await ask(api, f"{HNE} 지난주")).text.startswith(f"{HNE} · 2.23(월)–3.1(일) 보도 · ")
    assert "로봇에 투자하겠다" in answer.text
    assert WORDS not in answer.text
    assert "서문빛" in (await ask(api, "/moves 3.2")).text
    assert (await ask(api, f"/brief {HNE} 5월 11일")).text.startswith(f"{HNE} · 2025.5.11(일)")
    assert (await ask(api, "/moves 2025년 5월")).text.startswith("임원 인사 · 2025.5.1(목)–31(토)")


@pytest.mark.parametrize("date", ["2월 30일", "2030년 5월 1일"])
async def test_a_date_that_is_none_or_to_come_is_said(api, publish, date) -> None:
    await publish(HNE, "남궁별", WORDS)
    says = "그런 날짜는 없어요" if "30일" in date else "아직 오지 않았어요"
    for question in (f"{date} {HNE}", f"/brief {HNE} {date}", f"{HNE} 인사 {date}", f"/moves {HNE} {date}"):
        answer = await ask(api, question)
        assert answer.text.startswith(f"‘{date}’")
        assert says in answer.text
        assert answer.labels == [f"{HNE} 브리핑"]
    for question in (f"/brief {date}", f"/moves {date}"):
        assert says in (await ask(api, question)).text


async def test_proof_of_a_past_day_stays_on_that_day(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS, hours_ago=1)
    await publish(HNE, "서문빛", "로봇에 투자하겠다", hours_ago=24)
    await publish(HNE, "독고윤", "배터리를 넓히겠다", hours_ago=25)
    proof = await press(api, await ask(api, f"{HNE} 어제"), "근거 보기")
    assert "서문빛" in proof.text
    assert "남궁별" not in proof.text


async def test_days_alone_ask_which_company(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS, hours_ago=24)
    asked = await ask(api, "어제")
    assert "어느 회사" in asked.text
    answer = await press(api, asked, HNE)
    assert WORDS in answer.text
    assert "최근" not in answer.text


@pytest.mark.parametrize("hello", ["안녕", "안녕하세요!", "hi", "Hello~"])
async def test_a_greeting_is_answered_with_what_can_be_done(api, hello) -> None:
    answer = await ask(api, hello)
    assert answer.text.startswith("안녕하세요")
    assert "이름을 보내면" in answer.text
    assert HNE in answer.labels
    assert "도움말" in answer.labels


async def test_people_of_a_group_may_greet_each_other(api) -> None:
    briefing = await ask(api, f"/brief {HNE}", GROUP, by=900)
    api.say(GROUP, "안녕하세요", by=901, reply_to=briefing.message_id)
    before = len(api.messages(GROUP))
    assert await settled(api) == before


@pytest.mark.parametrize("no", ["아니요", "아니오", "취소"])
async def test_no_turns_down_erasing(api, desk: Desk, no) -> None:
    await ask(api, f"/subscribe {HNE}")
    await ask(api, "/forget")
    assert (await ask(api, no)).text.startswith("지우지 않았어요")
    # the question is answered: the next one turns down nothing
    assert (await ask(api, no)).text.startswith("알겠어요. 아무것도 바꾸지")
    subscriber = await desk.subscribers.get(ME)
    assert subscriber is not None
    assert subscriber.companies == (HNE,)


async def test_no_behind_an_erasure_says_that_nothing_is_left(api) -> None:
    await ask(api, f"/subscribe {HNE}")
    asked = await ask(api, "/forget")
    api.press(asked, "모두 지우기")
    await api.until(lambda: any(said.text.startswith("모두 지웠어요") for said in api.messages(ME)))
    assert (await ask(api, "그만")).text.startswith("이 대화에 저장된 정보가 없어요")


async def test_yes_erases_nothing_by_itself(api, desk: Desk, clock) -> None:
    await ask(api, f"/subscribe {HNE}")
    await ask(api, "/forget")
    assert "모두 지우기" in (await ask(api, "네")).text
    subscriber = await desk.subscribers.get(ME)
    assert subscriber is not None
    assert subscriber.companies == (HNE,)
    clock.advance(hours=2)
    assert (await ask(api, "아니요")).text.startswith("알겠어요")


async def test_a_company_whose_name_a_group_has_too_leads_to_the_group(api) -> None:
    answer = await ask(api, "/brief LG")
    assert "LG그룹 브리핑" in answer.labels
    assert (await press(api, answer, "LG그룹 브리핑")).text.startswith("LG그룹")
    other = await ask(api, f"/brief {HNE}")
    assert [label for label in other.labels if "그룹" in label] == []


@pytest.mark.parametrize("question", ["남궁벨", "/who 남궁벨", "/brief 남궁벨"])
async def test_a_misspelt_person_is_suggested(api, publish, question) -> None:
    await publish(HNE, "남궁별", WORDS)
    asked = await ask(api, question)
    assert "혹시 이분인가요?" in asked.text
    assert asked.labels == ["인물: 남궁별"]
    assert (await press(api, asked, "인물: 남궁별")).text.startswith(f"남궁별 · {HNE}")


async def test_a_person_that_no_article_of_the_company_names_is_no_unknown_topic(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS)
    asked = await ask(api, f"/brief {HNE} 독고윤")
    assert asked.text == f"‘독고윤’은 알아듣지 못했어요. {HNE} 소식을 보여 드릴게요."
    # nothing was said on any topic
    assert asked.labels == []
    assert (await api.next_message(ME)).text.startswith(f"{HNE} · 최근 7일")
    assert "‘독고윤 회장’" in (await ask(api, f"/brief {HNE} 독고윤 회장")).text
    await api.next_message(ME)
    near = await ask(api, f"/brief {HNE} 남궁벨")
    assert near.text.endswith("혹시 이 가운데 있나요?")
    assert near.labels[:2] == ["인물: 남궁별", f"{HNE} 브리핑"]
    both = await ask(api, f"/brief {HNE} 다온모비스틱")
    assert both.labels[:2] == ["다온모비스텍", f"{HNE} 브리핑"]


async def test_nobody_is_offered_a_name_that_is_far_off(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS)
    assert "혹시" not in (await ask(api, "바보")).text
    assert "성과 이름이 맞는지" in (await ask(api, "/who 서문빛나")).text


async def test_a_digest_says_for_which_person_or_topic_a_story_is_told(api, publish, clock) -> None:
    await publish(HNE, "남궁별", WORDS, topics=("investment",))
    await publish("다온모비스텍", "서문빛", "공장을 더 짓겠다", topics=("investment",), hours_ago=3)
    await publish("새결바이오랩", "독고윤", "신약을 내놓겠다", hours_ago=4)
    for name in ("남궁별", "주제 투자", "새결바이오랩"):
        await ask(api, f"/subscribe {name}")
    clock.advance(minutes=1)
    digest = await ask(api, "/digest")
    by_name = {line.split()[1]: line for line in digest.text.splitlines() if line.startswith("• ")}
    assert by_name[HNE].endswith("· 구독: 남궁별")
    assert by_name["다온모비스텍"].endswith("· 구독: 투자 발언")
    assert "구독:" not in by_name["새결바이오랩"]
    assert digest.labels == ["새결바이오랩", "인물: 남궁별", "다온모비스텍 투자 발언"]
    assert (await press(api, digest, "인물: 남궁별")).text.startswith(f"남궁별 · {HNE}")
    assert "공장을 더 짓겠다" in (await press(api, digest, "다온모비스텍 투자 발언")).text


async def test_a_digest_calls_people_by_the_rank_that_another_story_gave(
    api, desk: Desk, promote, record, clock
) -> None:
    await ask(api, f"/subscribe {HNE}")
    await promote(HNE, ["남궁솔"], "사장", hours_ago=70)
    clock.advance(hours=1)
    text = f'남궁솔 {HNE} 부사장은 "{WORDS}"라고 말했다.'
    said = Span(text.index(WORDS), text.index(WORDS) + len(WORDS))
    words = Quote(
        "남궁솔", HNE, "부사장", WORDS, QuotedBy.EXECUTIVE, True, said, (Span(0, len(text)),), topics=("ai",)
    )
    people = (Person("남궁솔", HNE, "부사장"),)
    await record("남궁솔의 말", text, Extraction(relevant=True, people=people, quotes=(words,)), 2)
    clock.advance(minutes=1)
    # the move lies days before what a briefing on today covers
    for question in ("/digest", f"/brief {HNE} 오늘"):
        answer = await ask(api, question)
        assert WORDS in answer.text
        assert "남궁솔 사장" in answer.text
        assert "부사장" not in answer.text


async def test_two_companies_joined_by_a_particle_are_two(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS)
    assert (await ask(api, f"다온모비스텍이랑 {HNE}")).text.startswith("다온모비스텍 ·")
    assert (await api.next_message(ME)).text.startswith(f"{HNE} ·")


async def test_of_a_list_the_known_are_answered_and_the_unknown_asked_back(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS)
    first = await ask(api, f"/brief {HNE}, 다온모비스틱, 남궁별, 아무개무역 30일")
    assert first.text.startswith(f"{HNE} · 최근 30일")
    assert (await api.next_message(ME)).text.startswith("남궁별 · ")
    asked = await api.next_message(ME)
    assert "찾지 못한 이름이 2개" in asked.text
    assert (await press(api, asked, "다온모비스텍")).text.startswith("다온모비스텍 · 최근 30일")


@pytest.mark.parametrize("names", [(HNE, "남궁별"), ("남궁별", HNE)])
async def test_a_company_and_a_person_between_commas_are_both_answered(api, publish, names) -> None:
    await publish(HNE, "남궁별", WORDS)
    first, second = names
    assert (await ask(api, f"{first}, {second}")).text.startswith(f"{first} · ")
    assert (await api.next_message(ME)).text.startswith(f"{second} · ")


async def test_what_narrows_a_company_may_stand_behind_a_comma(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS, topics=("ai",))
    for rest, head in (("AI", "AI"), ("인사", "인사"), ("대표이사", "대표이사")):
        assert (await ask(api, f"{HNE}, {rest}")).text.startswith(f"{HNE} · {head}")
    assert len(api.messages(ME)) == 3


async def test_one_company_of_many_names_is_answered_once(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS)
    api.say(ME, f"/brief {HNE}, 990010, HNE, 한빛누리, {HNE} 7일, 다온모비스텍, 남궁별, 남궁별 대표")
    for name in (HNE, "다온모비스텍", "남궁별"):
        assert (await api.next_message(ME)).text.startswith(f"{name} · ")
    # nothing is left over
    assert (await ask(api, "고마워")).text.startswith("별말씀을요")
    assert (await ask(api, f"{HNE}, {HNE}")).text.startswith(f"{HNE} · ")
    assert len(api.messages(ME)) == 5


async def test_days_typed_behind_one_name_of_a_list_hold_for_it(api) -> None:
    assert (await ask(api, f"{HNE} 7일, 다온모비스텍 30일")).text.startswith(f"{HNE} · 최근 7일")
    assert (await api.next_message(ME)).text.startswith("다온모비스텍 · 최근 30일")


async def test_a_list_of_long_names_costs_few_statements(api, store) -> None:
    names = [" ".join(f"{sign}{number}" for sign in "가나다라마바") for number in range(5)]
    with statements(store) as seen:
        asked = await ask(api, f"/brief {', '.join(names)}")
    assert "찾지 못한 이름이 5개" in asked.text
    assert len(seen) <= 12, len(seen)


@pytest.mark.parametrize("between", [", ", " "])
async def test_more_companies_than_one_answer_holds(api, between) -> None:
    names = (HNE, "다온모비스텍", "새결바이오랩", "한빛누리그룹", "LG전자", "SK", "삼성전자")
    api.say(ME, f"/brief {between.join(names)}")
    for name in names[:5]:
        assert (await api.next_message(ME)).text.startswith(f"{name} · ")
    assert (await api.next_message(ME)).text == (
        "한 번에 5곳까지 읽을 수 있어요. SK, 삼성전자는 다시 보내 주세요."
    )


@pytest.mark.parametrize("nothing", ["ㅋㅋㅋ", "???", "ㅠㅠ…", "👍", "!!"])
async def test_a_message_without_a_word_is_asked_what_for(api, nothing) -> None:
    answer = await ask(api, nothing)
    assert answer.text == "무엇을 찾아 드릴까요? 회사나 인물 이름을 보내 주세요."
    assert HNE in answer.labels
    for command, asks in (
        ("brief", "브리핑을"),
        ("who", "어느 분"),
        ("calendar", "일정을"),
        ("trend", "추이를"),
    ):
        asked = await ask(api, f"/{command} {nothing}")
        assert asks in asked.text
        assert "찾지 못했어요" not in asked.text


async def test_thanks_and_a_yes_to_nothing_are_no_companies(api) -> None:
    for thanks in ("고마워!", "정말 고마워요 ㅎㅎ", "네 감사합니다", "잘 봤어요~"):
        assert (await ask(api, thanks)).text.startswith("별말씀을요!")
    assert (await ask(api, "네")).text.startswith("알겠어요")
