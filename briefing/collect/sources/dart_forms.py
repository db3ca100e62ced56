"""From the tables of a disclosure to sentences on who takes a post, keeps it or leaves it.

What is not sure is not said: a cell of names that cannot be taken apart, a row whose words contradict each
other. Labels, words, posts and sentences are data (`dart_words.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.collect.dates import SEOUL
from briefing.collect.sources.dart_documents import Table
from briefing.collect.sources.dart_names import names_in
from briefing.collect.sources.dart_records import Record, records_of
from briefing.collect.sources.dart_words import Deed, bare, forms
from briefing.korean.josa import with_particle

MOST_PEOPLE = 20

_DAY = re.compile(r"(?<!\d)(20\d\d)[-.년/]?\s*(\d{1,2})[-.월/]?\s*(\d{1,2})(?!\d)")
_BLANK = re.compile(r"\{(\w+)(?:\|([^}]+))?\}")


@dataclass(frozen=True, slots=True)
class _Told:
    person: str
    deed: Deed
    post: str
    day: str


def sentences(
    tables: Sequence[Table], company: str, report: str, published: datetime | None
) -> tuple[str, ...]:
    """What a document says of persons, one sentence each.

    Args:
        tables: Of the document.
        company: Whose disclosure it is.
        report: Name of the report.
        published: When; a day of a year before is left out, as sentences on other years are background.

    Returns:
        The sentences, those who enter first; empty if the report is none that is read or nothing in it
        is sure.
    """
    known = forms()
    name = bare(report)
    form = next((form for form in known.forms if form.reports.search(name)), None)
    if form is None or known.unread.search(name):
        return ()
    posts = known.posts_in(name)
    post = posts[0] if len(posts) == 1 else form.post
    records = [
        record
        for table in tables
        if not any(known.comparison.fullmatch(bare(cell.text)) for row in table.rows for cell in row)
        for record in records_of(table)
    ]
    told = _exchange(records, post) if form.kind == "exchange" else None
    if told is None:
        told = _people(records, post)
    order = {"enters": 0, "stays": 1, "leaves": 2}
    sure = [one for one in dict.fromkeys(told) if not _contradicted(one, told)]
    sure.sort(key=lambda one: order[one.deed.effect])
    return tuple(_sentence(one, company, published) for one in sure[:MOST_PEOPLE])


def _contradicted(told: _Told, others: Sequence[_Told]) -> bool:
    """Whether something else is told of the same person and post."""
    return any(
        (one.person, one.post) == (told.person, told.post) and one.deed.effect != told.deed.effect
        for one in others
    )


def _sentence(told: _Told, company: str, published: datetime | None) -> str:
    day = _day(told.day, published)
    words = {"company": company, "day": day, "person": told.person, "post": told.post}

    def fill(blank: re.Match[str]) -> str:
        word = words[blank[1]]
        return with_particle(word, blank[2]) if blank[2] else word

    return " ".join(_BLANK.sub(fill, told.deed.sentence).split())


def _day(text: str, published: datetime | None) -> str:
    match = _DAY.search(text)
    if match is None:
        return ""
    year, month, day = map(int, match.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31) or (published and year < published.astimezone(SEOUL).year):
        return ""
    return f"{year}년 {month}월 {day}일"


def _exchange(records: Sequence[Record], post: str) -> list[_Told] | None:
    """Those who stand in one of the lists before and after only; None if there are no such lists."""
    known = forms()
    listed = [record for record in records if record.keys() & {"before", "after"}]
    if not listed:
        return None
    # where a correction repeats the form, the last one counts
    last = listed[-1]
    before, after = (names_in("\n".join(last.get(side, [])), known.naming) for side in ("before", "after"))
    if before is None or after is None or not last.keys() >= {"before", "after"}:
        return []
    by_person = {told.person: told for told in _people(records, post)}
    whole = [record for record in records if "name" not in record]
    reason = known.deeds_in(" ".join(_said("reason", last, whole)))
    day = " ".join(_said("day", last, whole))
    gone = [person for person in before if person not in after]
    leaving = [deed for deed in reason if deed.effect == "leaves"]
    found = [_Told(person, _deed("enters"), post, day) for person in after if person not in before]
    for person in gone:
        own = by_person.get(person)
        if own is not None and own.deed.effect == "leaves":
            deed = own.deed
        else:
            deed = leaving[0] if len(leaving) == 1 and len(gone) == 1 else _deed("leaves")
        found.append(_Told(person, deed, post, day))
    stays = not found and [deed.effect for deed in reason] == ["stays"]
    for person in after:
        own = by_person.get(person)
        if person in before and (stays or (own is not None and own.deed.effect == "stays")):
            found.append(_Told(person, _deed("stays"), post, day))
    return found


def _said(field: str, record: Record, others: Sequence[Record]) -> list[str]:
    """Cells of a record, or of the last other one that has such a field."""
    return next((one[field] for one in (record, *reversed(others)) if one.get(field)), [])


def _people(records: Sequence[Record], post: str) -> list[_Told]:
    """What each row or block says of its person.

    Args:
        records: Of all tables.
        post: Which all of them are about; empty: each row must say. A row that tells a career names posts
            held elsewhere.
    """
    known = forms()
    found = []
    for record in records:
        people = names_in("\n".join(record.get("name", [])), known.naming)
        deed = _decided(record)
        own = () if post else known.posts_in(" ".join((*record.get("post", []), *record.get("what", []))))
        which = post or next(iter(own), "")
        if people and deed is not None and which:
            day = " ".join(record.get("day", []))
            found += [_Told(person, deed, which, day) for person in people]
    return found


def _decided(record: Record) -> Deed | None:
    """What happened to the person of a record; None if it does not say, or contradicts itself."""
    known = forms()
    again = any(known.again.fullmatch(bare(cell)) for cell in record.get("again", []))
    for cells in (record.get("what", []), record.get("reason", []), record.get("heading", [])):
        deeds = [deed for cell in cells for deed in known.deeds_in(cell)]
        effects = {deed.effect for deed in deeds}
        if not deeds:
            continue
        if "none" in effects or {"enters", "leaves"} <= effects:
            return None
        if "stays" in effects or (again and "enters" in effects):
            return _deed("stays")
        return min(deeds, key=known.deeds.index)
    return _deed("stays") if again else None


def _deed(effect: str) -> Deed:
    return next(deed for deed in forms().deeds if deed.effect == effect and deed.usual)
