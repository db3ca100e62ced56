"""What a text shows about a word by the way it uses it elsewhere."""

from __future__ import annotations

from briefing.extract.usage import Usage


def test_what_stands_before_a_particle_of_place_is_a_house() -> None:
    text = "서울에서 떠나 부산에는 갔다. 가에, 열두글자넘는아주긴이름하나둘셋에서 한빛에서만 나래에에서"
    assert Usage(("누리에 모인 사람들", text)).houses == {"누리", "서울", "부산", "나래에"}


def test_two_letters_at_least_come_before_the_particle() -> None:
    # 에서 before 에 is the shortest word of its run that a particle follows
    assert Usage(("에서에 갔다",)).houses == {"에서"}


def test_a_word_called_is_told_through_a_space() -> None:
    usage = Usage(("두레 씨와 마루에게 말했다.",))
    assert {"두레", "마루"} <= usage.called
