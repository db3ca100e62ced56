"""Schedules of a day or week, entries without verbs: what they tell, and that they appoint nobody."""

from __future__ import annotations

from datetime import date

from tests.extract.reading import activities, told

_DAY = date(2026, 3, 8)
_WEEK = """▲9일(월) 탁서린 가람식품 회장, 금융위원장과 조찬 면담(여의도)
▲10일(화) 누리소프트 신제품 공개 행사 '누리데이', 백다온 대표 기조연설
▲11일(수) 나래건설 대표이사 도해솔, 사우디 신도시 현장 방문차 출국
▲12일(목) 나래물산·카르텔로, 합작 계약 체결식(서울 소공동). 여민준 나래물산 부회장 서명
▲14일(토) 벼리문화재단 음악회(오후 5시)"""


def _told(text: str, title: str) -> set[tuple[str, str, str, date | None]]:
    return {(a.person, a.kind.value, a.what, a.when) for a in activities(text, day=_DAY, title=title)}


def test_entries_tell_what_is_planned_by_their_last_noun() -> None:
    assert _told(_WEEK, "[주간 재계 일정] 3월 9~15일") == {
        ("탁서린", "meeting", "금융위원장과 조찬 면담", date(2026, 3, 9)),
        ("백다온", "event", "누리소프트 신제품 공개 행사 '누리데이'", date(2026, 3, 10)),
        ("도해솔", "trip", "사우디", date(2026, 3, 11)),
        ("여민준", "deal", "합작 계약 체결식", date(2026, 3, 12)),
    }


def test_entries_are_planned_and_proven_by_themselves() -> None:
    found = activities(_WEEK, day=_DAY, title="이번 주 일정")
    assert all(a.planned for a in found)
    assert found[0].evidence[0].of(_WEEK) == "탁서린 가람식품 회장, 금융위원장과 조찬 면담(여의도)"


def test_entries_appoint_nobody() -> None:
    assert told(_WEEK, "[주간 재계 일정] 3월 9~15일", day=_DAY) == set()
    text = "◆9일 ▲탁서린 가람식품 회장 상공회의소 간담회 참석\n◆10일 ▲가람은행 백다온 행장 취임식"
    assert told(text, "재계 인사 주요 일정", day=_DAY) == set()


def test_a_day_stands_for_the_entries_below_it() -> None:
    text = """◇ 3월 9일(월)
- 탁서린 가람식품 회장, 오전 10시 상공회의소 간담회 참석
- 백다온 누리소프트 대표, 베트남 출장
◇ 3월 10일(화)
- 도해솔 나래건설 사장, 평택 공장 방문"""
    assert _told(text, "[CEO 동정]") == {
        ("탁서린", "event", "상공회의소 간담회", date(2026, 3, 9)),
        ("백다온", "trip", "베트남", date(2026, 3, 9)),
        ("도해솔", "visit", "평택 공장", date(2026, 3, 10)),
    }


def test_who_dine_together_meet_each_other() -> None:
    text = "9일(월) 10:00 탁서린 가람식품 회장, 백다온 누리소프트 대표와 오찬\n10일(화) 나래물산 주주총회"
    assert _told(text, "이번 주 일정") == {
        ("탁서린", "meeting", "백다온 누리소프트 대표", date(2026, 3, 9)),
        ("백다온", "meeting", "탁서린 가람식품 회장", date(2026, 3, 9)),
    }


def test_entries_that_tell_no_deed() -> None:
    text = """▲9일(월) 가람식품 주주총회(오전 10시)
▲10일(화) 누리소프트 신제품 발표회, 백다온 대표 불참
▲11일(수) 도해솔 나래건설 대표 횡령 혐의 1심 선고
▲12일(목) 여민준 가람은행장 임기 만료
▲13일(금) 탁서린 나래물산 부회장 취임 1주년"""
    assert _told(text, "이번 주 기업 일정") == set()


def test_a_list_of_appointments_with_days_is_no_schedule() -> None:
    text = "▲9일 부사장 탁서린\n▲10일 전무 백다온"
    assert told(text, "누리전자 임원 인사", day=_DAY) == {
        ("탁서린", "누리전자", "appointed", "부사장"),
        ("백다온", "누리전자", "appointed", "전무"),
    }


def test_a_list_of_appointments_by_days_of_the_week_is_no_schedule() -> None:
    text = "<인사>\n10일(화)\n가람전자 ▲사장 탁서린 ▲부사장 백다온\n11일(수)\n벼리화학 ▲전무 여민준"
    assert {(who, role) for who, _, _, role in told(text, day=_DAY)} == {
        ("탁서린", "사장"),
        ("백다온", "부사장"),
        ("여민준", "전무"),
    }


def test_a_house_in_front_of_whoever_acts_is_no_occasion() -> None:
    text = "▲10일(화) 가람전자, 탁서린 사장 취임식\n▲11일(수) 벼리화학, 백다온 대표 기자간담회"
    assert {(who, what) for who, _, what, _ in _told(text, "이번 주 재계 일정")} == {
        ("탁서린", "취임식"),
        ("백다온", "기자간담회"),
    }


def test_sentences_with_days_of_the_week_are_read_as_sentences() -> None:
    text = "가람은행은 9일(월) 이사회를 연다. 여민준 가람은행장은 10일(화) 미국으로 출국한다."
    assert _told(text, "가람은행, 9일(월) 이사회") == {("여민준", "trip", "미국 출국", date(2026, 3, 10))}


def test_the_headline_of_a_day_dates_its_entries() -> None:
    text = "▲탁서린 가람식품 회장, 상공회의소 간담회 참석(10시)\n▲백다온 누리소프트 대표, 베트남 출국"
    expected = {
        ("탁서린", "event", "상공회의소 간담회", date(2026, 3, 9)),
        ("백다온", "trip", "베트남", date(2026, 3, 9)),
    }
    assert _told(text, "[9일 재계 동정]") == expected
    assert _told("3/9(월) " + text[1:].replace("\n▲", "\n3/9(월) "), "주간 일정") == expected


def test_a_headline_with_a_day_makes_no_schedule_of_headings() -> None:
    text = "탁서린 회장, 백악관 방문\n탁서린 가람식품 회장이 9일 미국을 찾는다."
    assert _told(text, "탁서린 회장, 9일 방미… 첫 일정은 현지 공장") == {
        ("탁서린", "trip", "미국", date(2026, 3, 9))
    }


def test_a_schedule_headed_in_its_first_line() -> None:
    text = """◇내일의 산업계 주요 일정(3월 9일)
▲차연우 벼리조선 사장, 액화수소 운반선 명명식(오전 11시·울산)
▲나래랩 기업공개 간담회…방시온 대표 참석(오후 2시·여의도)
▲한국누리기술협의회, 정기이사회(오후 3시·판교)"""
    assert _told(text, "3월 9일 벼리") == {
        ("차연우", "event", "액화수소 운반선 명명식", date(2026, 3, 9)),
        ("방시온", "event", "나래랩 기업공개 간담회", date(2026, 3, 9)),
    }
    assert not _told(text.replace("일정", "소식"), "3월 9일 벼리")


def test_a_list_of_appointments_headed_as_a_schedule_appoints() -> None:
    text = "■ 주총 일정 안내 3월 9일\n▲벼리조선 추민석 사장 재선임\n▲누리호텔 반정희 대표 신규 선임"
    assert {(person, kind) for person, _, kind, _ in told(text, day=_DAY)} == {
        ("추민석", "retained"),
        ("반정희", "appointed"),
    }


def test_what_is_done_to_somebody_is_not_his_entry() -> None:
    text = """▲9일(월) 추민석 벼리조선 사장 구속영장 실질심사
▲10일(화) 누리호텔 반정희 대표 규탄 노조 총회
▲11일(수) 반정희 누리호텔 대표, ‘미래…그리고 도전’ 강연"""
    assert _told(text, "[주간 일정] 3월 9~15일") == {
        ("반정희", "event", "‘미래…그리고 도전’", date(2026, 3, 11))
    }
