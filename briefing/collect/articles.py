"""Page bytes to an article: the text somebody wrote, without what the outlet put around it."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree, html  # type: ignore[import-untyped]

from briefing.collect.bodies import body_of, enough, without_surroundings
from briefing.collect.charset import decode
from briefing.collect.lines import Cleaned, clean, says_it_is_none
from briefing.collect.markup import taken_apart
from briefing.collect.metadata import About, about, own_address, same_site
from briefing.collect.outlets import outlets
from briefing.collect.urls import canonical_url, host_of
from briefing.model import Article, Entry, Fetched, Skipped

# Behind a paywall stand a few sentences; a page that mentions subscriptions and has more is whole.
LONGEST_STUB = 900
# A page that says it is none (taken down, log in, are you a robot) says little more.
LONGEST_WALL = 300


def read_article(fetched: Fetched, entry: Entry) -> Article | Skipped:
    """The article of a page.

    Args:
        fetched: The page.
        entry: What the feed says of it; its title, date, outlet and address win over the page's.

    Returns:
        The article. If the page holds too little text, or the beginning of a paid one, an article of
        the headline and the longer one of summary and beginning, marked `headline_only`; Skipped if
        there is no headline either. Nothing is raised, whatever the page.
    """
    kind = fetched.content_type.partition(";")[0].strip().lower()
    if kind and not (kind.startswith("text/") or kind.endswith(("html", "xml", "octet-stream"))):
        return _headline_or(entry, f"the page is {kind}, not text")
    markup = taken_apart(decode(fetched.body, fetched.content_type))
    try:
        root = html.document_fromstring(
            markup.visible.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (etree.LxmlError, ValueError, AssertionError) as error:
        return _headline_or(entry, f"the page cannot be parsed: {error}")
    said = about(root, markup.scripts, fetched.url)
    captions = without_surroundings(root)
    cleaned = clean(body_of(root, fetched.url, said.body))
    told = _told(entry, said, fetched)
    if (why := _why_not_whole(cleaned, said)) is not None:
        return _headline_or(told, why, cleaned.text if "paid" in why else "")
    return Article(
        id=entry.guid or entry.url or fetched.url,
        url=told.url,
        outlet=told.outlet,
        title=told.title,
        published=told.published,
        text=cleaned.text,
        captions=tuple(dict.fromkeys((*captions, *cleaned.captions))),
        byline=cleaned.byline,
    )


def headline_article(entry: Entry, note: str = "", beginning: str = "") -> Article:
    """An article of headline and summary, for pages that cannot be read.

    Args:
        entry: What the feed says.
        note: Why the page cannot be read, one line for an operator.
        beginning: Text that the page gives away, taken for the summary if it is longer.
    """
    lines = max(clean(entry.summary).text, beginning, key=len)
    text = lines if lines.startswith(entry.title) else "\n".join(filter(None, (entry.title, lines)))
    return Article(
        id=entry.guid or entry.url,
        url=entry.url,
        outlet=entry.outlet or _name_of(entry.url),
        title=entry.title,
        published=entry.published,
        text=text,
        headline_only=True,
        note=note,
    )


def _headline_or(entry: Entry, reason: str, beginning: str = "") -> Article | Skipped:
    return headline_article(entry, reason, beginning) if entry.title else Skipped(reason)


def _told(entry: Entry, said: About, fetched: Fetched) -> Entry:
    """The entry, with what only the page says."""
    address = own_address(said.addresses, fetched.url)
    if address is None:
        # a link that led to another site was a way to the article, not its address
        stays = entry.url and same_site(entry.url, fetched.url)
        address = entry.url if stays or not fetched.url else canonical_url(fetched.url)
    return replace(
        entry,
        url=address,
        title=entry.title or said.title,
        outlet=entry.outlet or outlets().name_of(host_of(fetched.url)) or said.outlet or _name_of(address),
        published=entry.published or said.published,
        summary=entry.summary or said.summary,
    )


def _name_of(url: str) -> str:
    """What to call an outlet of which only the address is known."""
    host = host_of(url)
    return outlets().name_of(host) or host.removeprefix("www.")


def _why_not_whole(cleaned: Cleaned, said: About) -> str | None:
    """Why a page's text is not a whole article, or None if it may be."""
    size = len(cleaned.text)
    if not enough(cleaned.text):
        paid = cleaned.paid or said.free is False
        return "a paid article" if paid else "the page holds no article text"
    if size <= LONGEST_WALL and (says_it_is_none(cleaned.text) or says_it_is_none(said.title)):
        return "the page says that it is no article"
    if size <= LONGEST_STUB and (cleaned.paid or said.free is False):
        return "a paid article, of which the page shows the beginning"
    return None
