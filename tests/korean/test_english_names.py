"""English names by which readers ask for companies."""

from __future__ import annotations

import pytest

from briefing.errors import DataError
from briefing.korean.english import english_key, parse_english
from briefing.korean.lexicon import Lexicon, load_lexicon
from briefing.model import Company

# english key or name -> canonical name
KNOWN = {"가람전자": "가람전자", "나래상사": "나래상사", "narae": "나래상사"}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon([Company("한빛누리전자", code="990010")])


@pytest.mark.parametrize(
    "name",
    [
        "Garam Electronics",
        "GARAM ELECTRONICS CO., LTD.",
        "garam-electronics Inc",
        "The Garam Electronics Corp.",
    ],
)
def test_case_spaces_marks_and_legal_form_do_not_count(name: str) -> None:
    assert english_key(name) == "garamelectronics"


def test_what_is_no_english_name_has_no_key() -> None:
    assert english_key("가람 Electronics") == ""
    assert english_key("...") == ""
    # a legal form alone is the name
    assert english_key("Co.") == "co"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("LG Electronics", "LG전자"),
        ("samsung electronics co., ltd.", "삼성전자"),
        ("SK hynix Inc.", "SK하이닉스"),
        ("Hyundai Motor", "현대차"),
        ("hyundai motor company", "현대차"),
        ("Hyundai Engineering and Construction", "현대건설"),
        ("Samsung", "삼성그룹"),
        ("LG Group", "LG그룹"),
        ("LG", "LG"),
        ("LG전자", "LG전자"),
    ],
)
def test_a_company_by_its_english_name(lexicon: Lexicon, query: str, name: str) -> None:
    found = lexicon.asked(query)
    assert found is not None
    assert found.name == name


def test_articles_are_read_without_english_names(lexicon: Lexicon) -> None:
    assert lexicon.company("LG Electronics") is None


def test_the_beginning_of_an_english_name_and_a_misspelt_one_are_suggested(lexicon: Lexicon) -> None:
    assert lexicon.suggest("Hyundai")[0].name == "현대차"
    assert lexicon.suggest("Samsung Electroncs")[0].name == "삼성전자"
    assert lexicon.suggest("Samsung Elec")[0].name == "삼성전자"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("다솔무역,Dasol", "a row needs a company of companies.csv"),
        ("가람전자", "a row needs a company"),
        ("가람전자,가람", "is no English name"),
        ("가람전자,Garam;", "is no English name"),
        ("가람전자,Garam\n가람전자,Garam Electronics", "a row needs a company of companies.csv, once"),
        ("가람전자,Narae Inc.", "Narae Inc. is a name of 나래상사 too"),
        ("가람전자,Garam\n나래상사,GARAM", "GARAM is a name of 가람전자 too"),
    ],
)
def test_a_bad_row_is_named_with_its_line(row: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        parse_english(f"# names\nname,english\n{row}", KNOWN)
    assert f"english_names.csv:{2 + len(row.splitlines())}" in str(caught.value).replace(", line ", ":")


def test_a_header_that_is_missing() -> None:
    with pytest.raises(DataError, match="the header must be name,english"):
        parse_english("가람전자,Garam", KNOWN)
