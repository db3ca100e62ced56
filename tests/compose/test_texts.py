"""Catalogues and templates of the languages hold the same, and no text for readers stands in code."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, meta, nodes

from briefing.compose.render import Renderer, default_templates
from briefing.compose.texts import Plural, catalogue, in_language, language_of, speak, spoken, text
from briefing.compose.translation import english
from briefing.korean.lexicon import load_lexicon
from briefing.subscribers import Language

ROOT = Path(__file__).parent.parent.parent
KOREAN = default_templates()
ENGLISH = KOREAN / "en"
HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]")

# What every template is given (briefing/compose/engine.py).
HELPERS = {"ITEM", "SECTION", "near", "day", "days_of", "moment", "clock"}

# Modules whose Korean is no text for readers, and why.
MAY_HOLD_KOREAN = {
    "bot/handlers/asking.py": "units of periods that people type, marks behind words",
    "bot/handlers/words.py": "words people type",
    "bot/handlers/settings.py": "words people type: ON_WORDS",
    "bot/handlers/panel.py": "words between two hours that people type",
    "bot/handlers/following.py": "words people type: PERSON_WORDS, TOPIC_WORDS",
    "bot/console.py": "a word people type: FAREWELL",
    "bot/console_api.py": "the name of whoever sits at the terminal, as Telegram would give it",
    "bot/panel.py": "a language in itself: LANGUAGES",
    "bot/newsroom/__init__.py": "invented news",
    "bot/cli/news.py": "units of periods that people type",
    "bot/cli/lookups.py": "examples of commands in help for operators",
    "bot/cli/sample.py": "sample questions of execbrief try",
    "bot/cli/doctor.py": "a company to try a search with",
    "briefing/compose/formatting.py": "reads articles: ends of clauses",
    "briefing/compose/titles.py": "reads articles: titles in sentences",
    "briefing/compose/wording.py": "facts in the words of the articles; translation.py puts them into English",
}


class AnyFilter(dict[str, Any]):
    """Every filter is known: templates are only read here."""

    def get(self, _key: object, _default: object = None) -> Any:
        return str


def files_of(folder: Path, pattern: str) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob(pattern)
        if folder == ENGLISH or ENGLISH not in path.parents
    }


def placeholders(found: str | Plural) -> set[str]:
    said = found.one + found.other if isinstance(found, Plural) else found
    return {name for _, name, _, _ in string.Formatter().parse(said) if name is not None}


def test_the_catalogues_hold_the_same_texts_with_the_same_placeholders() -> None:
    korean, english_ = catalogue(Language.KOREAN), catalogue(Language.ENGLISH)
    assert korean.keys() == english_.keys()
    # 곳, 명: what is counted is not said in English
    different = {key for key in korean if placeholders(korean[key]) - {"unit"} != placeholders(english_[key])}
    # a date that says its month by name needs no other placeholder
    assert different == set()


def test_english_texts_hold_no_korean() -> None:
    told = {key: found for key, found in catalogue(Language.ENGLISH).items() if key != "panel.language"}
    assert [key for key, found in told.items() if HANGUL.search(repr(found))] == []


def test_every_text_in_code_is_in_the_catalogue_and_none_is_left_over() -> None:
    used: set[str] = set()
    families: set[str] = set()
    for path in (*(ROOT / "bot").rglob("*.py"), *(ROOT / "briefing").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                families.add(str(node.values[0].value))
    left = {
        key
        for key in catalogue(Language.KOREAN)
        if key not in used and f"{key.rsplit('.', 1)[0]}." not in families
    }
    assert left == set()


def test_the_folders_hold_the_same_templates() -> None:
    assert files_of(KOREAN, "*.j2") == files_of(ENGLISH, "*.j2")


@pytest.mark.parametrize("name", sorted(files_of(KOREAN, "*.j2")))
def test_a_template_needs_the_same_values_in_both_languages(name: str) -> None:
    env = Environment()
    env.filters = AnyFilter()
    korean, other = (env.parse((folder / name).read_text(encoding="utf-8")) for folder in (KOREAN, ENGLISH))
    needed = meta.find_undeclared_variables(korean)
    assert meta.find_undeclared_variables(other) - HELPERS == needed - HELPERS
    macros = {node.name for node in korean.find_all(nodes.Macro)}
    assert macros <= {node.name for node in other.find_all(nodes.Macro)}


@pytest.mark.parametrize("name", sorted(files_of(ENGLISH, "*.j2")))
def test_an_english_template_holds_no_korean_but_examples(name: str) -> None:
    told = re.sub(r"\{#.*?#\}", "", (ENGLISH / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    told = re.sub("LG전자|조주완|언어 · Language", "", told)
    assert HANGUL.findall(told) == []


def test_the_command_menus_hold_the_same_commands() -> None:
    renderer = Renderer()
    korean = (renderer.commands(), renderer.admin_commands())
    with in_language(Language.ENGLISH):
        other = (renderer.commands(), renderer.admin_commands())
    for mine, theirs in zip(korean, other, strict=True):
        assert [command for command, _ in mine] == [command for command, _ in theirs]
        assert all(HANGUL.search(said) is None and 3 <= len(said) <= 40 for _, said in theirs)


def test_every_topic_has_an_english_label() -> None:
    assert english().topics.keys() == load_lexicon().topics.keys()


def docstrings(tree: ast.Module) -> set[int]:
    """Ids of the constants that document: alone in a statement."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def korean_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = docstrings(tree)
    for node in ast.walk(tree):
        said = node.value if isinstance(node, ast.Constant) else None
        if isinstance(said, str) and id(node) not in documents and HANGUL.search(said):
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {said[:40]}"


def test_the_digest_has_one_name() -> None:
    """What is sent at its hours is 정기 브리핑, digest in English, wherever it is spoken of."""
    others = ("다이제스트", "매일 받기", "모아 보기", "매일 받는 브리핑", "daily digest")
    told = [*(ROOT / "templates").rglob("*.*"), *(ROOT / "briefing" / "data" / "texts").glob("*.toml")]
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in told
        for name in others
        if name in path.read_text(encoding="utf-8").lower()
    ]
    assert found == []


def test_no_text_for_readers_stands_in_code() -> None:
    """What a reader sees belongs into briefing/data/texts (ko.toml and en.toml) or templates (and templates/en)."""
    paths = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "briefing" / "compose").rglob("*.py")]
    found = {str(path.relative_to(ROOT)): list(korean_in(path)) for path in paths}
    assert [line for name, lines in found.items() if name not in MAY_HOLD_KOREAN for line in lines] == []
    assert [name for name in MAY_HOLD_KOREAN if not found.get(name)] == []


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", Language.ENGLISH),
        ("en-GB", Language.ENGLISH),
        ("EN_us", Language.ENGLISH),
        ("ko", Language.KOREAN),
        ("de", Language.KOREAN),
        ("eno", Language.KOREAN),
        ("", Language.KOREAN),
        (None, Language.KOREAN),
    ],
)
def test_whose_telegram_is_english_reads_english(code: str | None, language: Language) -> None:
    assert language_of(code) is language


def test_a_language_is_spoken_inside_only() -> None:
    with in_language(Language.ENGLISH):
        assert text("buttons.help") == "Help"
        speak(Language.KOREAN)
        assert text("buttons.help") == "도움말"
    assert spoken() is Language.KOREAN


def test_an_operators_template_wins_in_its_language(tmp_path: Path) -> None:
    (tmp_path / "chat").mkdir()
    (tmp_path / "en" / "chat").mkdir(parents=True)
    (tmp_path / "chat" / "digest_off.html.j2").write_text("우리말", encoding="utf-8")
    (tmp_path / "chat" / "own.html.j2").write_text("하나뿐", encoding="utf-8")
    (tmp_path / "en" / "chat" / "digest_off.html.j2").write_text("ours", encoding="utf-8")
    renderer = Renderer(tmp_path)
    assert renderer.chat("digest_off").html == "우리말"
    with in_language(Language.ENGLISH):
        assert renderer.chat("digest_off").html == "ours"
        assert renderer.chat("own").html == "하나뿐"
        assert renderer.chat("forget_kept").html.startswith("Nothing")
