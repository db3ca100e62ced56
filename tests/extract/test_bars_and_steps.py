"""Lists with bars, ranks joined to posts, houses glued to ranks, repeated ranks, rows of names; invented names."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

LISTS: list[tuple[str, str, set[Told]]] = [
    (  # houses with their names in one sentence
        "휘영그룹 임원 인사",
        "휘영그룹은 6일 임원 인사를 했다. 전무로는 휘영제강에서 금상욱·어재성, 휘영물산에서 도홍식이 올라갔다.",
        {
            ("금상욱", "휘영제강", "promoted", "전무"),
            ("어재성", "휘영제강", "promoted", "전무"),
            ("도홍식", "휘영물산", "promoted", "전무"),
        },
    ),
    (  # a step of ranks as heading, its count and a bar before the names
        "가람그룹 임원 승진 3명",
        "가람그룹이 6일 임원 인사를 했다.\n\n■ 가람소재\n전무→부사장 (1명) | 윤성빈\n상무→전무 (2명) | 한예린, 오태식",
        {
            ("윤성빈", "가람소재", "promoted", "부사장"),
            ("한예린", "가람소재", "promoted", "전무"),
            ("오태식", "가람소재", "promoted", "전무"),
        },
    ),
    (  # a rank and a post in one word, behind a step
        "누리해운 임원 승진자 2명",
        "누리해운이 25일 임원 승진 인사를 했다.\n\n▷서문진(54) 상무→전무·영업본부장\n▷갈민우(53) 전무→부사장·대표이사 내정",
        {
            ("서문진", "누리해운", "promoted", "전무"),
            ("서문진", "누리해운", "appointed", "영업본부장"),
            ("갈민우", "누리해운", "promoted", "부사장"),
            ("갈민우", "누리해운", "appointed", "대표이사"),
        },
    ),
    (  # houses between angle brackets against what stands before and behind them
        "나래유통 임원 인사",
        (
            "나래유통이 18일 임원 인사 명단을 공개했다. 다음은 명단."
            "◇전무 승진<나래백화점>정다훈 김예찬<나래마트>임서율◇퇴임<나래마트>부사장 하태원"
        ),
        {
            ("정다훈", "나래백화점", "promoted", "전무"),
            ("김예찬", "나래백화점", "promoted", "전무"),
            ("임서율", "나래마트", "promoted", "전무"),
            ("하태원", "나래마트", "departed", "부사장"),
        },
    ),
    (  # the sign for what stands above keeps the rank where a post follows it
        "[인사] 가람제지",
        "▷ 승진 △ 상무 안동공장장 소인섭 △ 〃 구매실장 현아라",
        {
            ("소인섭", "가람제지", "promoted", "상무"),
            ("소인섭", "가람제지", "appointed", "안동공장장"),
            ("현아라", "가람제지", "promoted", "상무"),
            ("현아라", "가람제지", "appointed", "구매실장"),
        },
    ),
    (  # the pensions' department is no departure
        "나루투자증권 임원 인사",
        "나루투자증권이 29일 임원 인사를 했다.\n\n◇신규 선임\n<이사> △대체투자부 독고찬 △퇴직연금부 모경태",
        {
            ("독고찬", "나루투자증권", "appointed", "이사"),
            ("모경태", "나루투자증권", "appointed", "이사"),
        },
    ),
    (  # who reported is no entry
        "가람건설 임원 인사",
        "가람건설이 29일 임원 인사를 했다.\n\n◇전무 승진\n△독고찬 △모경태\n\n전수민·기태호 기자",
        {("독고찬", "가람건설", "promoted", "전무"), ("모경태", "가람건설", "promoted", "전무")},
    ),
]


@pytest.mark.parametrize(("title", "text", "expected"), LISTS)
def test_lists(title: str, text: str, expected: set[Told]) -> None:
    assert told(text, title) == expected


def test_three_names_before_one_title_are_a_row() -> None:
    text = "미림증권이 임원 인사를 했다. 권오택 나윤경 박세준 심하림 오동현 부장 5명은 이사대우로 승진했다."
    assert {person for person, *_ in told(text)} == {"권오택", "나윤경", "박세준", "심하림", "오동현"}


@pytest.mark.parametrize(
    "text",
    [
        # a motion that failed keeps nobody, and nobody in his place either
        "30일 정우항공 정기 주주총회에서 홍승표 대표를 사내이사로 다시 뽑는 안건이 찬성률 41%에 그쳐 부결됐다.",
        "모회사인 라온홀딩스에서는 전광수 회장 대신 비서실 임원이 자리를 지켰다.",
        "유니폼을 입은 탁정환 모아름그룹 회장은 임직원 500여 명과 함께 9회까지 자리를 지켰다.",
        # a seat at a table, a hall, what a dispute is about
        "간담회에서 입원한 강석주 가람중공업 회장의 자리는 아들인 강윤호 가람중공업 부사장이 채웠다.",
        "옥태명 가람방직 회장과 심우빈 나래소재 회장이 악수를 나누며 회의장에 들어섰다.",
        "오빠인 단호진 한강제지 대표와 여동생 단호영 전 부사장이 이사 자리를 놓고 표로 맞섰다.",
        # said of somebody who is named without a title, or told of by no name
        "윤해든 나루은행 행장은 초대 법인장에 임명된 소피아 켕과 악수했다.",
        "정광수 화인섬유 회장이 빈소를 찾았다. 지난 8일 숙환으로 별세한 고인은 1931년 경산에서 태어났다.",
    ],
)
def test_no_moves(text: str) -> None:
    assert told(text) == set()


def test_staying_on_is_told_once() -> None:
    text = "가람리튬 나성욱 대표는 사내이사로 재선임돼 3년 더 회사를 이끈다."
    assert told(text) == {("나성욱", "가람리튬", "retained", "사내이사")}


def test_a_post_that_is_let_go_is_left() -> None:
    assert ("단호진", "한강제지", "departed", "대표이사") in told(
        "단호진 한강제지 회장은 지난 5일 대표이사직을 내려놓고 물러났다."
    )
