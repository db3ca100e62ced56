"""Patterns and lists whose words are data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.errors import DataError
from briefing.extract import open_extractor
from briefing.korean import lexicon, wordlists
from briefing.korean.lexicon import load_lexicon
from briefing.korean.wordlists import affixes, listed, worded

SHIPPED = load_lexicon()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty briefing/data, and nothing loaded at the end that the test has made."""
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    monkeypatch.setattr(wordlists, "_loaded", [])
    lexicon.table.cache_clear()
    lexicon.words.cache_clear()
    yield tmp_path
    lexicon.table.cache_clear()
    lexicon.words.cache_clear()


def test_words_of_data_stand_in_patterns_sets_and_affixes(data: Path) -> None:
    (data / "fruit.toml").write_text('[sweet]\nwords = "배 배나무 햇_사과"\n', encoding="utf-8")
    found = worded(r"(?:을|를)\s{fruit.sweet.words}{1,2}$")
    assert found().search("철수를 배나무"), "the longest word first"
    assert found().search("철수를 햇 사과")
    assert found().search("철수를 햇사과배")
    assert not found().search("철수를 사과")
    assert listed("fruit.sweet.words")() == {"배", "배나무", "햇 사과"}
    assert "햇 사과".endswith(affixes("fruit.sweet.words")())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[sweet]\nother = "배"\n', "`sweet.words` is missing"),
        ('[sweet]\nwords = ["배"]\n', "`sweet.words` must be text"),
        ('[sweet]\nwords = " "\n', "`sweet.words` is empty"),
    ],
)
def test_a_bad_list_is_told_at_load(data: Path, text: str, problem: str) -> None:
    (data / "fruit.toml").write_text(text, encoding="utf-8")
    worded(r"{fruit.sweet.words}")
    with pytest.raises(DataError, match=problem) as caught:
        open_extractor(SHIPPED)
    assert "briefing/data/fruit.toml" in str(caught.value)
