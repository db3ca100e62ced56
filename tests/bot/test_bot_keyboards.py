from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.keyboards import CODES, DATA_BYTES, decode, digest_hours, encode, markup, subscriptions
from briefing.model import Action, Button

LONG = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허"


@pytest.mark.parametrize(
    "action",
    [
        Action("brief", ("한빛전자", "30")),
        Action("evidence", ("812",)),
        Action("subscribe", ("A|B%7C 홀딩스",)),
        Action("alerts", ("all", "new")),
        Action("list"),
    ],
)
def test_an_action_comes_back_from_its_callback_data(action: Action) -> None:
    assert decode(encode(action)) == action


def test_a_long_name_is_cut_at_a_character_and_what_follows_stays() -> None:
    data = encode(Action("brief", (LONG, "365")))
    assert len(data.encode()) <= DATA_BYTES
    action = decode(data)
    assert action is not None
    name, days = action.args
    assert days == "365"
    assert name.endswith("…")
    assert LONG.startswith(name[:-1])
    assert len(name) >= 17, "no more is cut than must be"


def test_of_many_stories_the_first_fit() -> None:
    action = decode(encode(Action("evidence", tuple(str(10**6 + n) for n in range(20)))))
    assert action is not None
    assert action.args == tuple(str(10**6 + n) for n in range(len(action.args)))
    assert len(action.args) >= 7


@given(name=st.sampled_from(sorted(CODES)), args=st.lists(st.text(max_size=80), max_size=2))
def test_callback_data_always_fits_or_is_refused(name: str, args: list[str]) -> None:
    args = [arg.encode("utf-16", "ignore").decode("utf-16", "ignore") for arg in args]
    try:
        data = encode(Action(name, tuple(args)))
    except ValueError:
        return
    assert name == "evidence" or 1 <= len(data.encode()) <= DATA_BYTES
    assert decode(data) is not None


def test_codes_of_sent_messages_keep_their_meaning() -> None:
    # Messages with these buttons are in people's chats; a changed code breaks them.
    assert CODES == {
        "brief": "b",
        "evidence": "e",
        "evidence_of": "E",
        "subscribe": "s",
        "unsubscribe": "u",
        "unsubscribe_all": "U",
        "list": "l",
        "alerts": "a",
        "digest": "d",
        "digest_time": "t",
        "help": "h",
        "brief_all": "B",
        "topic": "T",
        "kind": "k",
        "who": "w",
        "names": "n",
        "moves": "m",
        "calendar": "c",
        "digest_all": "D",
        "trend": "g",
        "settings": "S",
        "set": "x",
        "follow_person": "p",
        "unfollow_person": "P",
        "follow_topic": "o",
        "unfollow_topic": "O",
        "forget": "F",
        "broadcast": "N",
    }


@pytest.mark.parametrize("data", ["", "zz|한빛전자", "brief_한빛전자", "|||"])
def test_data_of_another_version_decodes_to_nothing(data: str) -> None:
    assert decode(data) is None


def test_an_unknown_action_and_an_idle_button_are_refused() -> None:
    with pytest.raises(ValueError, match="no button does 'fly'"):
        markup(((Button("?", Action("fly")),),))
    with pytest.raises(ValueError, match="does nothing"):
        markup(((Button("?"),),))


def test_an_empty_keyboard_is_none() -> None:
    assert markup(()) is None
    assert markup(((),)) is None


def test_a_long_list_stays_under_telegrams_hundred_buttons() -> None:
    keyboard = markup(subscriptions([f"회사{n}" for n in range(100)]))
    assert keyboard is not None
    assert sum(len(row) for row in keyboard.inline_keyboard) <= 100


def test_without_a_digest_no_hour_is_marked() -> None:
    labels = [button.label for row in digest_hours(None) for button in row]
    assert "08:00" in labels
    assert [label for label in labels if label.startswith("✓")] == ["✓ 끔"]
