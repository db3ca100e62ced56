"""Names, posts and houses that look like something else; people and houses invented."""

from __future__ import annotations

import pytest

from briefing.model import Article
from tests.extract.reading import Told, activities, analysed, done, extractor, told


def people(text: str, title: str = "") -> dict[str, str | None]:
    found = extractor().extract(Article(id="t", text=text, title=title)).people
    return {p.name: p.company for p in found}


def named(text: str) -> set[str]:
    return {p.name for p in analysed(text).personas}


@pytest.mark.parametrize(
    "house",
    [
        "커다란새벽에어",  # no particle 에
        "달리는파도에어",
        "한빛시멘트공업회",  # no 회 that counts
        "남도주물공업회",
        "남도시멘트공업회",
    ],
)
def test_the_end_of_a_house_ends_no_phrase(house: str) -> None:
    assert people(f"옥새연 {house} 회장은 “원가가 올랐다”고 말했다.") == {"옥새연": house}


@pytest.mark.parametrize(
    "house",
    ["오늘의일터", "우리의정원", "바다의약속", "모두의하루", "오늘의부엌"],
)
def test_a_particle_in_the_middle_of_a_word_is_part_of_a_house(house: str) -> None:
    assert people(f"{house} 대표인 옥새연씨가 참석했다.") == {"옥새연": house}


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("두레박출판사 옥새연 대표는 9일 간담회를 열었다.", "두레박출판사"),
        ("두레박출판사 대표 옥새연은 9일 간담회를 열었다.", "두레박출판사"),
        ("옥새연 나루총판사 대표는 9일 간담회를 열었다.", "나루총판사"),
    ],
)
def test_publishers_and_sole_agents_are_no_judges(text: str, company: str) -> None:
    assert people(text) == {"옥새연": company}
    assert done(text, what=True) == {"옥새연:event:간담회"}


def test_a_publisher_is_an_enterprise_that_promotes() -> None:
    text = "벼리들출판사는 옥새연 전무를 부사장으로 승진시켰다."
    assert told(text) == {("옥새연", "벼리들출판사", "promoted", "부사장")}


def test_a_judge_stays_a_judge() -> None:
    assert people("옥새연 남도고법 판사는 9일 간담회를 열었다.") == {}


@pytest.mark.parametrize(
    ("text", "move"),
    [
        (
            "벼리금융은 구낙원 온빛은행장을 부회장으로 선임했다.",
            ("구낙원", "벼리금융", "appointed", "부회장"),
        ),
        (
            "벼리금융은 모과원 다솔은행장을 부회장으로 선임했다.",
            ("모과원", "벼리금융", "appointed", "부회장"),
        ),
    ],
)
def test_a_word_before_a_title_that_holds_a_house_is_a_name(text: str, move: Told) -> None:
    assert told(text) == {move}


def test_who_heads_the_house_in_his_title_belongs_to_it() -> None:
    assert people("구낙원 온빛은행장은 9일 간담회를 열었다.") == {"구낙원": "온빛은행"}


@pytest.mark.parametrize("before", ["차기", "신임", "자회사", "연임한", "지난해", "여수시"])
def test_other_words_before_such_a_title_are_no_names(before: str) -> None:
    assert named(f"온빛금융은 {before} 온빛은행장을 교체했다.") == set()


@pytest.mark.parametrize(
    ("name", "hanja"),
    [("장난", "張暖"), ("천하", "陳河"), ("우주", "吳宙"), ("신의", "申義"), ("채소", "蔡昭")],
)
def test_hanja_in_brackets_show_a_name(name: str, hanja: str) -> None:
    text = f"벼리전자는 {name}({hanja}) 부사장을 사장으로 선임했다."
    assert told(text) == {(name, "벼리전자", "appointed", "사장")}
    assert told(text.replace(f"({hanja})", "")) == set()


def test_hanja_show_a_name_before_a_house_too() -> None:
    text = "린다이(林代) 벼리반도체 회장은 9일 간담회를 열었다."
    assert [(a.person, a.company, a.what) for a in activities(text)] == [("린다이", "벼리반도체", "간담회")]


@pytest.mark.parametrize(
    "house",
    [
        "한빛가구협동조합",
        "남도골판지협동조합",
        "동해시멘트조합",
        "남도섬유조합",
        "한빛자동차조합",
    ],
)
def test_heads_of_cooperatives_of_a_branch_are_executives(house: str) -> None:
    assert people(f"옥새연 {house} 이사장은 “원가가 올랐다”고 말했다.") == {"옥새연": house}


@pytest.mark.parametrize(
    "house",
    ["남도건설노동조합", "남도식품생활협동조합", "다솔무역재건축조합", "벼리금융신용협동조합"],
)
def test_heads_of_other_cooperatives_are_none(house: str) -> None:
    assert people(f"옥새연 {house} 이사장은 “원가가 올랐다”고 말했다.") == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("노기훈 한빛상공회의소 회두는 9일 간담회를 열었다.", {"노기훈": "한빛상공회의소"}),
        ("노기훈 동방상의 부회두는 “기업을 돕겠다”고 말했다.", {"노기훈": "동방상의"}),
        ("노기훈 한빛경제인연합회 회두는 “기업을 돕겠다”고 말했다.", {"노기훈": "한빛경제인연합회"}),
    ],
)
def test_heads_of_chambers(text: str, found: dict[str, str]) -> None:
    assert people(text) == found


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("한빛상의는 노기훈 벼리전자 사장을 회두로 선출했다.", "한빛상의"),
        ("한빛상공회의소 회두에 노기훈 벼리전자 사장이 뽑혔다.", "한빛상공회의소"),
    ],
)
def test_heads_of_chambers_are_chosen(text: str, company: str) -> None:
    assert told(text) == {("노기훈", company, "appointed", "회두")}


@pytest.mark.parametrize(
    "part",
    ["송변전", "전남권", "제주권", "동남권", "남부권", "하남권"],
)
def test_a_region_or_a_line_before_a_post_is_no_second_name(part: str) -> None:
    assert people(f"벼리전력 노기훈 {part}본부장은 “좋다”고 말했다.") == {"노기훈": "벼리전력"}
    assert told(f"벼리전력은 노기훈 {part}단장을 전무로 승진시켰다.") == {
        ("노기훈", "벼리전력", "promoted", "전무")
    }


@pytest.mark.parametrize("word", ["육가공", "유가공", "수가공", "송변전"])
def test_what_a_firm_does_is_no_name(word: str) -> None:
    assert named(f"벼리식품의 {word} 본부장은 “좋다”고 말했다.") == set()
    assert told(f"벼리식품은 {word} 총괄 사장을 교체했다.") == set()
    assert told(f"벼리식품은 {word} 본부장에 노기훈 상무를 선임했다.") == {
        ("노기훈", "벼리식품", "appointed", "본부장")
    }


def test_what_a_firm_does_is_no_house() -> None:
    text = "벼리제약은 신약개발 본부장에 노기훈 상무를 선임했다."
    assert told(text) == {("노기훈", "벼리제약", "appointed", "본부장")}


@pytest.mark.parametrize("post", ["아시아영업", "아시아물류", "아시아마케팅", "북미구매", "북미영업"])
def test_a_region_and_a_function_are_no_part_of_a_foreign_name(post: str) -> None:
    text = f"벼리전자의 로라 미첼슨 {post} 부사장은 “좋다”고 말했다."
    assert people(text) == {"로라 미첼슨": "벼리전자"}


def test_a_region_and_a_function_are_no_house() -> None:
    text = "벼리전자 파울 린드홀름 아시아재무 총괄이 참석했다."
    assert people(text) == {"파울 린드홀름": "벼리전자"}


@pytest.mark.parametrize("name", ["시드니 윤", "조지아 박", "휴스턴 장", "오스틴 팽"])
def test_a_town_before_a_family_name_is_a_given_name(name: str) -> None:
    assert people(f"벼리전자 {name} 부사장은 9일 간담회를 열었다.") == {name: "벼리전자"}
    assert told(f"벼리전자는 {name} 전무를 부사장으로 승진시켰다.") == {
        (name, "벼리전자", "promoted", "부사장")
    }


@pytest.mark.parametrize(
    "text",
    [
        "벼리전자 시드니 전 대표는 9일 간담회를 열었다.",
        "벼리전자 조지아 현 법인장은 9일 간담회를 열었다.",
        "벼리전자 조지아 신 공장장은 9일 간담회를 열었다.",
    ],
)
def test_a_town_before_other_words_is_a_town(text: str) -> None:
    assert named(text) == set()


@pytest.mark.parametrize(
    "name", ["쓰루오카 신이치", "히라누마 고지로", "미즈타니 류이치", "오가사와라 유이치", "시라토리 노부오"]
)
def test_a_japanese_family_name_that_no_list_has(name: str) -> None:
    assert people(f"벼리전자 {name} 회장이 참석했다.") == {name: "벼리전자"}


@pytest.mark.parametrize(
    "title",
    [
        "노기훈씨 “보답하겠다”",
        "장학금 낸 노기훈씨",
        "장학금 낸 노기훈 여사",
        "벼리전자 노기훈씨, 장학금 10억원",
    ],
)
def test_a_courtesy_in_the_headline_is_no_present_post(title: str) -> None:
    text = "노기훈 전 벼리전자 사장은 9일 세미나에 참석했다."
    assert people(text, title) == {"노기훈": "벼리전자"}
    assert done(text, title=title) == {"노기훈:event"}


@pytest.mark.parametrize(
    "text", ["노기훈씨는 9일 세미나에 참석했다.", "노기훈 변호사는 9일 세미나에 참석했다."]
)
def test_whose_post_nobody_tells_is_no_executive(text: str) -> None:
    assert people(text, "노기훈씨 “보답하겠다”") == {}


@pytest.mark.parametrize("house", ["나루", "벼루", "마루", "서리", "제비"])
def test_what_stands_alone_before_a_post_in_the_headline_is_a_house(house: str) -> None:
    text = f"{house}는 9일 이사회를 열어 노기훈 부사장을 대표이사로 선임했다."
    assert told(text, f"{house} 대표에 노기훈씨") == {("노기훈", house, "appointed", "대표이사")}


@pytest.mark.parametrize(
    ("text", "move"),
    [
        (
            "‘하늘김밥’을 운영하는 황금들녘이 노기훈 전무를 부사장으로 승진시켰다고 9일 밝혔다.",
            ("노기훈", "황금들녘", "promoted", "부사장"),
        ),
        (
            (
                "배달앱 ‘들녘통닭’을 운영하는 황금들녘이 9일 노기훈 전 다솔건설 상무를 "
                "최고재무책임자로 영입했다."
            ),
            ("노기훈", "황금들녘", "appointed", "최고재무책임자"),
        ),
        (
            "배송 업체 황금들녘이 노기훈 전무를 부사장으로 승진시켰다.",
            ("노기훈", "황금들녘", "promoted", "부사장"),
        ),
        (
            "숙박 플랫폼을 운영하는 황금들녘이 노기훈 전무를 대표로 선임했다.",
            ("노기훈", "황금들녘", "appointed", "대표"),
        ),
    ],
)
def test_the_house_behind_a_brand_has_the_people(text: str, move: Told) -> None:
    assert told(text) == {move}


@pytest.mark.parametrize(
    "text",
    [
        "노기훈 사라국관광청 대표는 9일 간담회를 열었다.",
        "노기훈 벼리관광청 지사장은 9일 간담회를 열었다.",
    ],
)
def test_a_tourist_board_is_public(text: str) -> None:
    assert people(text) == {}
    assert done(text) == set()


def test_who_calls_on_a_tourist_board_meets_it() -> None:
    text = "옥새연 벼리항공 사장은 9일 태국 관광청을 찾아 증편을 협의했다."
    assert done(text, what=True) == {"옥새연:meeting:태국 관광청"}
