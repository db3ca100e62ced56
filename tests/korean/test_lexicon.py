"""Company register: names, aliases, codes, suggestions, groups, and errors that name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import DataError
from briefing.korean.lexicon import Lexicon, load_lexicon, nearest_names, read_register
from briefing.model import Company


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize("query", ["LG전자", "엘지전자", "lg 전자", "LG電", "066570", "엘지 전자"])
def test_one_company_by_many_names(lexicon: Lexicon, query: str) -> None:
    found = lexicon.company(query)
    assert found is not None
    assert found.name == "LG전자"


def test_unknown_names_give_none_and_near_ones_are_suggested(lexicon: Lexicon) -> None:
    assert lexicon.company("엘지전저") is None
    assert lexicon.suggest("엘지전저")[0].name == "LG전자"
    assert lexicon.suggest("쀍쀍쀍쀍쀍") == ()
    # two signs of four are another word
    assert lexicon.suggest("바보") == ()
    assert lexicon.suggest("아니요") == ()
    assert lexicon.suggest("현데차")[0].name == "현대차"
    assert "한화에어로스페이스" in [one.name for one in lexicon.suggest("한화에어로")]
    assert (lge := lexicon.company("LGE")) is not None
    assert lge.name == "LG전자"


def test_names_of_people_a_sign_or_two_off() -> None:
    names = ("남궁별", "남궁벌", "남궁현수", "서문별")
    assert nearest_names("남궁벨", names, 3) == ("남궁벌", "남궁별")
    assert nearest_names("남궁별", names, 3)[:1] == ("남궁벌",)
    assert nearest_names("독고윤", names, 3) == ()


def test_a_group_is_meant_by_the_name_of_its_holding_only(lexicon: Lexicon) -> None:
    def group(name: str) -> str | None:
        company = lexicon.company(name)
        assert company is not None
        found = lexicon.group_called(company)
        return found.name if found else None

    assert group("LG") == "LG그룹"
    assert group("LG전자") is None
    assert group("LG그룹") is None
    assert lexicon.suggest("") == ()


def test_canonical_drops_the_legal_form(lexicon: Lexicon) -> None:
    assert lexicon.canonical("㈜가람누리상사") == "가람누리상사"
    assert lexicon.canonical("현대자동차") == "현대차"


def test_a_group_covers_its_companies(lexicon: Lexicon) -> None:
    group = lexicon.company("LG그룹")
    assert group is not None
    assert group.is_group
    assert {"LG그룹", "LG전자", "LG화학"} <= set(lexicon.members(group))
    firm = lexicon.company("LG화학")
    assert firm is not None
    assert lexicon.members(firm) == ("LG화학",)


def test_popular_companies_and_topics_are_there_for_the_buttons(lexicon: Lexicon) -> None:
    assert len(lexicon.popular) >= 8
    assert lexicon.topics
    assert len(lexicon.companies) > 300


def test_an_imported_register_adds_and_completes(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        "code,name,market,industry,representatives\n"
        '066570,엘지전자,KOSPI,가전,"홍가람, 나미르 (각자 대표이사)"\n999990,㈜가람누리상사,KOSDAQ,도매,도보라\n',
        encoding="utf-8-sig",
    )
    register = read_register(path)
    assert register[0].representatives == ("홍가람", "나미르")
    lexicon = load_lexicon(register)
    known, new = lexicon.company("LG전자"), lexicon.company("가람누리상사")
    assert known is not None
    assert (known.name, known.market, known.group) == ("LG전자", "KOSPI", "LG그룹")
    assert new == Company("가람누리상사", code="999990", market="KOSDAQ", representatives=("도보라",))


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("code,name\n1,가\n", 1, "lacks"),
        ("code,name,market,representatives\n12,가람,KOSPI,\n", 2, "six"),
        ("code,name,market,representatives\n111111,,KOSPI,\n", 2, "without a name"),
        ("code,name,market,representatives\n111111,가,KOSPI,\n111111,나,KOSPI,\n", 3, "line 2"),
    ],
)
def test_a_bad_register_names_file_and_line(tmp_path: Path, content: str, line: int, problem: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=problem) as caught:
        read_register(path)
    assert caught.value.line == line


def test_cp949_registers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "cp949.csv"
    path.write_bytes("code,name,market,representatives\n111111,가람상사,KOSPI,도보라\n".encode("cp949"))
    assert read_register(path)[0].name == "가람상사"
