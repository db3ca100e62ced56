"""Who holds a title at a company, asked over real long polling."""

from __future__ import annotations

import pytest

from briefing.model import Extraction, Move, MoveKind, MoveStatus, Person, Span
from briefing.store import Store
from tests.bot.talk import ask, statements

pytestmark = pytest.mark.usefixtures("chat")

HNE, DAON = "한빛누리전자", "다온모비스텍"
MANY = [f"남궁{first}{second}" for first in "가나다라" for second in "가나다라"][:13]


@pytest.fixture
def named(record):
    """Stores a notice that promotes people and names them with their new title."""

    async def notice(company: str, names: list[str], role: str, hours_ago: float) -> None:
        text = f"{company} 인사 {role} 승진 {' '.join(names)}"
        whole = (Span(0, len(text)),)
        moves = tuple(Move(name, company, MoveKind.PROMOTED, role, MoveStatus.DONE, whole) for name in names)
        people = tuple(Person(name, company, role) for name in names)
        await record(text, text, Extraction(relevant=True, people=people, moves=moves), hours_ago)

    return notice


async def test_who_holds_a_title_is_looked_at_before_the_list_is_cut(api, named) -> None:
    await named(HNE, ["위나래"], "상무", 300)
    await named(HNE, MANY, "상무", 200)
    await named(HNE, MANY, "전무", 100)
    below = await ask(api, f"{HNE} 상무")
    assert below.text.splitlines()[1:] == ["• 위나래 상무 — 승진 · 2.18 가람일보 보도"]
    above = await ask(api, f"{HNE} 전무")
    assert above.text.count("• ") == 12
    assert above.text.splitlines()[-1] == "외 1명"


async def test_namesakes_elsewhere_hold_nothing_here(api, named) -> None:
    await named(HNE, ["위나래"], "상무", 30)
    await named(DAON, ["위나래"], "전무", 20)
    assert "확인된 사람 없음" in (await ask(api, f"{HNE} 전무")).text
    assert "위나래 상무" in (await ask(api, f"{HNE} 상무")).text


async def test_a_title_costs_few_statements_however_many_hold_it(api, named, store: Store) -> None:
    await named(HNE, MANY, "상무", 200)
    with statements(store) as seen:
        await ask(api, f"{HNE} 상무")
    assert len(seen) <= 12, len(seen)
