"""The day from which a move holds, where the text names one; invented people and companies."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from briefing.model import Article
from tests.extract.reading import extractor


def days(text: str, title: str = "") -> dict[str, date | None]:
    article = Article(id="t", text=text, title=title, published=datetime(2026, 11, 27, tzinfo=UTC))
    return {move.person: move.when for move in extractor().extract(article).moves}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("한별전자는 27일 남궁진 사장을 12월 1일자로 대표이사에 선임했다.", date(2026, 12, 1)),
        ("한별전자는 남궁진 사장을 내년 1월 1일부로 대표이사에 선임한다고 밝혔다.", date(2027, 1, 1)),
        ("한별전자는 남궁진 사장을 다음 달 1일 자로 대표이사에 선임했다.", date(2026, 12, 1)),
        ("한별전자 이사회는 남궁진 사장을 대표이사로 선임했다. 오는 12월 1일 취임한다.", date(2026, 12, 1)),
        ("한별전자는 남궁진 사장을 대표이사로 선임했다. 임기는 다음 달 1일부터 3년이다.", date(2026, 12, 1)),
        ("한별전자는 남궁진 사장을 대표이사로 선임했다. 신제품은 다음 달 1일부터 판다.", None),
        ("지난 3월 1일 취임한 윤서라 회장은 27일 남궁진 사장을 한별전자 대표이사로 선임했다.", None),
        # the day of the board is no day of the move
        ("한별전자는 27일 이사회를 열고 남궁진 사장을 대표이사로 선임했다.", None),
        # a newspaper's day, and a day from which something else goes on
        ("한별전자 남궁진 사장이 대표이사에 선임됐다고 27일자 신문이 보도했다.", None),
        ("한별전자는 3일부터 공장을 세우고 남궁진 사장을 대표이사로 선임했다.", None),
    ],
)
def test_a_sentence_names_the_day(text: str, day: date | None) -> None:
    assert days(text)["남궁진"] == day


def test_an_announcement_gives_all_of_its_moves_the_day_and_a_sentence_its_own() -> None:
    found = days(
        "한별전자가 27일 내년 1월 1일자 임원 인사를 발표했다. 차수빈 상무는 전무로 승진했다. "
        "윤서라 부회장은 다음 달 31일자로 용퇴한다."
    )
    assert found == {"차수빈": date(2027, 1, 1), "윤서라": date(2026, 12, 31)}


def test_the_heading_of_a_list_holds_to_the_next_heading_of_its_make() -> None:
    found = days(
        "[인사] 한별전자\n○ 신임 (12월 1일자)\n고객사업총괄 상무 남궁진\n○ 승진\n상무 차수빈",
        "[인사] 한별전자",
    )
    assert found == {"남궁진": date(2026, 12, 1), "차수빈": None}
