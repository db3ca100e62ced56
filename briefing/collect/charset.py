"""Bytes from the web to text, where the declared charset is a hint and not a promise."""

from __future__ import annotations

import codecs
import re

# Korean pages that say EUC-KR use the letters of its superset CP949 (뷁, 펲).
_SUPERSETS = {"euc_kr": "cp949", "euckr": "cp949", "iso2022_kr": "iso2022_kr", "johab": "johab"}
_KS_NAMES = {"ks_c_5601-1987", "ks_c_5601", "ksc5601", "ksc_5601", "ks_c_5601-1989", "x-windows-949", "ms949"}
# What the web is written in, by Python's names. Other codecs are none of it (rot13, idna), raise where
# nobody expects it (undefined), or take a time that grows with the square of the text (punycode).
_KNOWN = re.compile(
    r"utf-(?:8|8-sig|16|16-le|16-be|32|32-le|32-be)|ascii|cp949|euc_kr|johab|iso2022_(?:kr|jp)"
    r"|iso8859-\d+|cp125\d|koi8[_-][ru]|mac-roman|cp874|tis-620|shift_jis|cp932|euc_jp|gb2312|gbk|gb18030"
    r"|big5|big5hkscs|cp950"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IN_DOCUMENT = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# XML 1.0, section 2.2: everything below U+0020 but tab and line ends is illegal; so are lone surrogates.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HANGUL = re.compile("[가-힣]")
# Korean text in the right charset has more letters than this for each broken byte.
_LETTERS_A_FAULT = 10
_WESTERN = frozenset({"iso8859-1", "cp1252", "iso8859-15", "ascii"})
# A document names its charset at its beginning (HTML: within 1,024 bytes; some come later).
_HEAD = 4096


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a page or feed.

    A byte order mark decides; then valid UTF-8 beats whatever is declared; then the header's
    charset, the document's own, and CP949 are tried. Where none fits without fault, the one with
    the fewest undecodable bytes is taken. A Western charset, which any bytes fit and which servers
    declare unasked, is believed only where the text is not Korean in CP949 but for a few bytes.
    Characters illegal in XML are left out.

    Args:
        body: Decompressed bytes.
        content_type: Content-Type header as sent, may be empty.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _ILLEGAL.sub("", body.decode(name, errors="replace").removeprefix("\ufeff"))
    said = declared(body, content_type)
    names = ["utf-8", *(name for name in said if name not in _WESTERN), "cp949"]
    texts: list[str] = []
    for name in dict.fromkeys(names):
        try:
            return _ILLEGAL.sub("", body.decode(name))
        except UnicodeDecodeError:
            texts.append(body.decode(name, errors="replace"))
    best = min(texts, key=_faults)
    western = next((name for name in said if name in _WESTERN), None)
    if western and len(_HANGUL.findall(best)) < _LETTERS_A_FAULT * _faults(best):
        best = body.decode(western, errors="replace")
    return _ILLEGAL.sub("", best)


def _faults(text: str) -> int:
    return text.count("\ufffd")


def declared(body: bytes, content_type: str) -> tuple[str, ...]:
    """Python names of the charsets that header and document claim, known ones only."""
    said = _IN_HEADER.findall(content_type)
    said += [name.decode("ascii", errors="replace") for name in _IN_DOCUMENT.findall(body[:_HEAD])]
    return tuple(dict.fromkeys(name for name in map(_python_name, said) if name))


def _python_name(name: str) -> str | None:
    if name.lower() in _KS_NAMES:
        return "cp949"
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(found, found) if _KNOWN.fullmatch(found) else None
