"""Knowledge about Korean and Korean business, read from `briefing/data` and checked while reading."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from briefing.errors import DataError
from briefing.korean.english import english_key, read_english
from briefing.model import Company

DATA = files("briefing") / "data"
REGISTER_COLUMNS = ("code", "name", "market", "representatives")
LEGAL = re.compile(
    r"㈜|\(주\)|（주）|\(유\)|㈔|\(사\)|(?:주식|유한|유한책임)회사|\bInc\.?|\bCorp\.?|\bCo\.,?\s?Ltd\.?"
)
# Of an English name that is only begun, or misspelt.
_FEWEST_LETTERS = 3
_SPACING = re.compile(r"[\s·ㆍ・.,'\"‘’“”()\-_]+")
_REPRESENTATIVE = re.compile(r"\([^)]*\)|[,/·]|대표이사|각자|공동")


@cache
def table(name: str) -> Mapping[str, Any]:
    """A TOML file of `briefing/data` as a mapping.

    Raises:
        DataError: the file is missing or no TOML.
    """
    try:
        return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"briefing/data/{name}", "the file is missing; reinstall execbrief") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"briefing/data/{name}", f"not valid TOML: {error}") from None


@cache
def words(name: str, *keys: str) -> tuple[str, ...]:
    """The white-space separated words under `keys` of a TOML data file, in order.

    Raises:
        DataError: the key is missing, is no text, or a word stands twice.
    """
    value: Any = table(name)
    for key in keys:
        if not isinstance(value, Mapping) or key not in value:
            raise DataError(f"briefing/data/{name}", f"`{'.'.join(keys)}` is missing")
        value = value[key]
    if not isinstance(value, str):
        raise DataError(f"briefing/data/{name}", f"`{'.'.join(keys)}` must be text of words")
    return tuple(dict.fromkeys(value.split()))


def trie_pattern(entries: Iterable[str]) -> str:
    """A regular expression for any of the entries, longest first, that looks at each character once."""
    branches = trie_branches(entries)
    return f"(?:{branches})" if branches else ""


def trie_branches(entries: Iterable[str], not_behind: str = "", behind: str = "") -> str:
    """The alternatives of `trie_pattern` without a group around them, each beginning with its character.

    `re` skips quickly to where a pattern may begin only if all its alternatives begin with a literal
    character; a group or a lookbehind in front of them hides it.

    Args:
        entries: Words.
        not_behind: Character class that may not stand before a match ("[가-힣]").
        behind: Character class that has to.
    """
    root: dict[str, Any] = {}
    for entry in entries:
        node = root
        for char in entry:
            node = node.setdefault(char, {})
        node[""] = {}

    def render(node: dict[str, Any]) -> str:
        end = "" in node
        branches = [re.escape(c) + render(n) for c, n in sorted(node.items()) if c]
        if not branches:
            return ""
        if len(branches) == 1 and not end:
            return branches[0]
        return f"(?:{'|'.join(branches)})" + ("?" if end else "")

    def begin(char: str) -> str:
        first = re.escape(char)
        if not_behind:
            return f"{first}(?<!{not_behind}{first})"
        return f"{first}(?<={behind}{first})" if behind else first

    root.pop("", None)
    return "|".join(begin(c) + render(n) for c, n in sorted(root.items()))


@lru_cache(maxsize=20_000)
def company_key(name: str) -> str:
    """A name without legal form, spacing, marks and case; Latin letters as they are read in Korean."""
    plain = unicodedata.normalize("NFKC", LEGAL.sub(" ", name))
    plain = _SPACING.sub("", plain).upper()
    letters: dict[str, str] = table("shortenings.toml")["letters"]
    return "".join(letters.get(char, char) for char in plain)


def jamo(text: str) -> str:
    """Hangul syllables taken apart, so that 전저 and 전자 differ in one sign."""
    return unicodedata.normalize("NFD", text)


def signs_off(key: str) -> int:
    """How many signs (jamo) of a word may differ where it is misspelt."""
    return max(1, len(key) // 4)


def nearest_names(query: str, names: Iterable[str], limit: int) -> tuple[str, ...]:
    """Names that differ from a query by a sign or two (jamo), nearest first."""
    key = jamo(query)
    near = ((Levenshtein.distance(key, jamo(name)), name) for name in names if name != query)
    return tuple(name for far, name in sorted(near) if far <= max(2, signs_off(key)))[:limit]


@dataclass(frozen=True)
class Lexicon:
    """Companies and topics, with what `extract` derives from the other tables at load.

    Attributes:
        companies: All known companies and groups.
        popular: For the buttons of /start.
        topics: Topic id -> Korean label.
        topic_names: What people call a topic (`company_key`) -> topic id.
        english: Canonical name -> English names, by which readers ask; articles are read without them.
    """

    companies: tuple[Company, ...]
    popular: tuple[Company, ...]
    topics: Mapping[str, str]
    by_key: Mapping[str, Company] = field(repr=False)
    shipped: frozenset[str] = field(repr=False)
    _choices: Sequence[str] = field(repr=False)
    _chosen: Sequence[Company] = field(repr=False)
    topic_names: Mapping[str, str] = field(default_factory=dict, repr=False)
    english: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _by_english: Mapping[str, Company] = field(default_factory=dict, repr=False)

    def topic(self, query: str) -> str | None:
        """Id of the topic people call so, by label or another name, whatever the spacing and case."""
        return self.topic_names.get(company_key(query))

    def company(self, query: str) -> Company | None:
        """The company of that name, alias or stock code, whatever the spacing, case or legal form."""
        key = company_key(query)
        found = self.by_key.get(key)
        if found is None:
            for short, full in table("shortenings.toml")["endings"].items():
                if key.endswith(short) and (found := self.by_key.get(key[: -len(short)] + full)):
                    break
        return found

    def asked(self, query: str) -> Company | None:
        """The company that a reader means: as `company`, or by its English name."""
        return self.company(query) or self._by_english.get(english_key(query))

    def canonical(self, name: str) -> str:
        """The canonical name, or the name itself without its legal form."""
        found = self.by_key.get(company_key(name))
        return found.name if found else " ".join(LEGAL.sub(" ", name).split())

    def suggest(self, query: str, limit: int = 3) -> tuple[Company, ...]:
        """Nearest companies by edit distance over jamo, nearest first; none that are too far off.

        A sign in four may differ: of a short name one, so that nobody who writes 바보 is offered 볼보.
        """
        key = jamo(company_key(query))
        if not key:
            return ()
        found = process.extract(
            key, self._choices, scorer=Levenshtein.normalized_similarity, score_cutoff=0.55, limit=limit * 6
        )
        best = {company.name: company for company in self._suggest_english(query)}
        for choice, _, index in found:
            if not (choice.startswith(key) or Levenshtein.distance(key, choice) <= signs_off(key)):
                continue
            company = self._chosen[index]
            best.setdefault(company.name, company)
        return tuple(best.values())[:limit]

    def _suggest_english(self, query: str) -> list[Company]:
        """Companies whose English name begins so, well-known ones first, or differs in few letters."""
        key = english_key(query)
        if len(key) < _FEWEST_LETTERS:
            return []
        known = {company.name for company in self.popular}
        begins = [name for name in self._by_english if name.startswith(key)]
        begins.sort(key=lambda name: (self._by_english[name].name not in known, len(name), name))
        near = process.extract(
            key, self._by_english.keys(), scorer=Levenshtein.distance, score_cutoff=signs_off(key), limit=3
        )
        return [self._by_english[name] for name in (*begins[:3], *(name for name, *_ in near))]

    def group_called(self, company: Company) -> Company | None:
        """The group that a company's name may mean as well: LG그룹 for LG; None for LG전자."""
        group = self.by_key.get(company_key(company.group)) if company.group else None
        called = group is not None and company_key(group.name).startswith(company_key(company.name))
        return group if called else None

    def members(self, company: Company) -> tuple[str, ...]:
        """Canonical names that a subscription covers: the company, and for a group its companies."""
        if not company.is_group:
            return (company.name,)
        return (company.name, *(c.name for c in self.companies if c.group == company.name and c != company))


def read_register(path: Path) -> tuple[Company, ...]:
    """Companies of a register as published by the exchange.

    Args:
        path: CSV in UTF-8 (with or without BOM) or CP949 with a header of at least
            code, name, market, representatives.

    Raises:
        DataError: not readable, a column is missing, or a row cannot be used; names the line.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(str(path), f"cannot be read: {error.strerror}") from None
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise DataError(str(path), "is neither UTF-8 nor CP949 text; save it as UTF-8")
    return tuple(_register_rows(str(path), text))


def _register_rows(path: str, text: str) -> Iterator[Company]:
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        missing = [c for c in REGISTER_COLUMNS if c not in (reader.fieldnames or ())]
        if missing:
            raise DataError(path, f"the header lacks {', '.join(missing)}", 1)
        seen: dict[str, int] = {}
        for row in reader:
            name = LEGAL.sub(" ", row["name"] or "").strip()
            code = (row["code"] or "").strip()
            if not name:
                raise DataError(path, "a row without a name", reader.line_num)
            if code and not re.fullmatch(r"[0-9A-Z]{6}", code):
                raise DataError(path, f"stock code {code!r} is not six digits or letters", reader.line_num)
            if code in seen:
                raise DataError(path, f"stock code {code} stands in line {seen[code]} too", reader.line_num)
            if code:
                seen[code] = reader.line_num
            people = _REPRESENTATIVE.sub(" ", row["representatives"] or "").split()
            yield Company(
                name=name, code=code or None, market=(row["market"] or "").strip() or None,
                representatives=tuple(p for p in people if len(p) > 1),
            )  # fmt: skip
    except csv.Error as error:
        raise DataError(path, f"not valid CSV: {error}", reader.line_num) from None


def _shipped() -> tuple[tuple[Company, ...], tuple[str, ...]]:
    """Companies of data/companies.csv, and the names of the popular ones."""
    path = "briefing/data/companies.csv"
    companies: list[Company] = []
    popular: list[str] = []
    keys: dict[str, int] = {}
    lines = (DATA / "companies.csv").read_text(encoding="utf-8").splitlines()
    body = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not body or body[0][1] != "name,code,group,kind,aliases":
        raise DataError(path, "the header must be name,code,group,kind,aliases", body[0][0] if body else 1)
    for number, line in body[1:]:
        row = next(csv.reader([line]))
        if len(row) != 5:
            raise DataError(path, f"{len(row)} columns instead of 5", number)
        name, code, group, kind, aliases = (cell.strip() for cell in row)
        if not name or kind not in {"", "group", "popular", "state"}:
            raise DataError(
                path, "a row needs a name, and kind must be empty, group, popular or state", number
            )
        if code and not re.fullmatch(r"[0-9A-Z]{6}", code):
            raise DataError(path, f"stock code {code!r} is not six digits or letters", number)
        company = Company(
            name=name, code=code or None, group=group or None, is_group=kind == "group",
            aliases=tuple(a.strip() for a in aliases.split(";") if a.strip()),
        )  # fmt: skip
        for key in {company_key(n) for n in (name, *company.aliases)}:
            if keys.setdefault(key, number) != number:
                raise DataError(path, f"{name}: a name stands in line {keys[key]} too", number)
        if kind == "popular":
            popular.append(name)
        companies.append(company)
    groups = {c.name for c in companies if c.is_group}
    for company in companies:
        if company.group and company.group not in groups:
            raise DataError(path, f"{company.name}: {company.group} is no group of this file")
    return tuple(companies), tuple(popular)


def _topics() -> tuple[dict[str, str], dict[str, str]]:
    """Labels by topic id, and topic ids by all names."""
    labels: dict[str, str] = {}
    ids: dict[str, str] = {}
    for topic, row in table("topics.toml").items():
        labels[topic] = str(row["label"])
        for name in (labels[topic], *words("topics.toml", topic, "names")):
            if ids.setdefault(company_key(name), topic) != topic:
                raise DataError(
                    "briefing/data/topics.toml", f"{name} names [{ids[company_key(name)]}] and [{topic}]"
                )
    return labels, ids


def load_lexicon(extra: Iterable[Company] = ()) -> Lexicon:
    """The shipped knowledge together with an imported register.

    Args:
        extra: Companies of an imported register. Where one is known already, the shipped name stays
            and code, market and representatives are taken over.

    Raises:
        DataError: a data file is wrong; says which and where.
    """
    shipped, popular = _shipped()
    by_key: dict[str, Company] = {}
    order: dict[str, Company] = {}
    codes: dict[str, str] = {}

    def enter(company: Company) -> None:
        order[company.name] = company
        if company.code:
            codes[company.code] = company.name
        for name in (company.name, *company.aliases):
            by_key[company_key(name)] = company

    for company in shipped:
        enter(company)
    for company in extra:
        known = by_key.get(company_key(company.name)) or order.get(codes.get(company.code or "", ""))
        if known is None:
            enter(company)
            continue
        enter(
            Company(
                name=known.name,
                code=company.code or known.code,
                market=company.market or known.market,
                aliases=tuple(dict.fromkeys((*known.aliases, *({company.name} - {known.name})))),
                group=known.group,
                representatives=company.representatives,
                is_group=known.is_group,
            )
        )
    for company in order.values():
        if company.code:
            by_key.setdefault(company.code, company)
    topics, topic_names = _topics()
    called = {company.name: company.name for company in shipped}
    called |= {english_key(name): c.name for c in shipped for name in (c.name, *c.aliases)}
    english = read_english(called)
    choices = [(jamo(key), company) for key, company in by_key.items() if not key.isdigit()]
    return Lexicon(
        companies=tuple(order.values()),
        popular=tuple(order[name] for name in popular),
        topics=topics,
        by_key=by_key,
        shipped=frozenset(c.name for c in shipped),
        _choices=[key for key, _ in choices],
        _chosen=[company for _, company in choices],
        topic_names=topic_names,
        english=english,
        _by_english={english_key(one): order[name] for name, told in english.items() for one in told},
    )
