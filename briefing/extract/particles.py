r"""Particles of Korean and what may stand in their place, by what they follow.

Closed classes of grammar, therefore code; nouns and verbs are data. Where two lists look alike they differ
in what is read with them: a company takes 측은 and a person 씨는, a title 님, a quotation a copula.
"""

from __future__ import annotations

import re

# Who acts, whom it is done to, who gets something, as they stand behind persons.
SUBJECT = frozenset({"이", "가", "은", "는", "도", "께서", "께서는", "씨는", "씨가"})
OBJECT = frozenset({"을", "를", "씨를"})
RECIPIENT = frozenset({"에게", "에게는", "께"})
# Who gets something or is asked for it, by morpheme.
RECIPIENT_FORMS = frozenset({"에게", "에게서", "한테", "께"})
# What a sentence is about: behind anything, behind a company, and behind one that is at home there.
TOPIC = frozenset({"은", "는", "이", "가"})
TOPICAL = frozenset({"은", "는", "이", "가", "에서는", "에선", "도", "측은", "께서는"})
AT_HOME = frozenset({"은", "는", "이", "가", "에서는", "에선", "에서", "도", "측은"})
# Topics by morpheme, as the analyzer gives them; ᆫ is the short form of 는.
TOPIC_FORMS = frozenset({"은", "는", "ᆫ", "도", "께서는", "께서"})

# Behind a company.
AFTER_COMPANY = re.compile(
    r"(?:에서는|에서도|에게는|에서|에선|에는|에겐|에게|에도|으로서|으로|로서|께서|까지|부터|보다|처럼|이라는|라는|이라며|라며|이며|이나"
    r"|측은|측이|측|엔|만의|과의|와의|은|는|이|가|을|를|의|에|과|와|도|로|만|나|며|란)(?![가-힣])"
)
# Behind a company that somebody is at: nothing else ends so.
PLACE_TAIL = re.compile(r"(?:에서는|에선|에서|에는)$")
# Behind a person.
AFTER_NAME = re.compile(
    r"(?:에게는|에게서|에게|께서는|께서|에서는|에서|에는|이라는|이라고|으로부터|으로는|으로|까지|부터|처럼|이라|이며|이고|이자"
    r"|인|은|는|이|가|을|를|의|에|과|와|도|로|만|씨는|씨가|씨를|씨)(?![가-힣])"
)
# Behind a title: what shows that the title's word ends there.
AFTER_TITLE = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에게|에겐|께|께서|과|와|도|로|으로|만|까지|부터|보다|이라|라|등|님|들|직|인|씨|급|측)"
    r"(?![가-힣])|다(?![가-힣])|(?:에게|께서|에서|으로|까지|부터|이라|이었|였|이며|이자|이고|입니|이다|이?지만|인데|였|답게)"
)
# Behind a quotation: a noun or a name stands between the marks, and no speech.
AFTER_QUOTATION = re.compile(
    r"(?:을|를|의|이|가|와|과|로|으로|에|에서|에게|도|만|은|는|인|이자|이나|나|까지|부터|처럼|보다|마다|이었|였|입니다|이다|다\b)"
)
# Behind an occasion of a name that no list has.
AFTER_OCCASION = re.compile(r"(?:에서|에는|에도|에|을|를|의|엔|에선|에서는|이|은)(?:\s|,)")
# Behind a noun of occasions, for patterns: its word ends there.
OCCASION_ENDS = (
    r"(?=(?:장)?(?:에서|에서다|에서였다|에서의|에서는|에서도|에|에는|에도|에선|엔|서|을|를|의|은|는|이|가|도|와|과|으로|로|까지|부터"
    r"|및|차|때|후|뒤|전|겸|등|이라는|인|이다|다|이었다|였다)?(?:[\s,.)\]’'”\"·…」』>(（/]|$))"
)
# Behind a word that the text introduces as a company, for patterns.
MARKED = r"(?:은|는|이|가|의|을|를|과|와|도|에|에서|에서는|에서도|에는|에게|로|으로)(?=[\s,])"

# The particle that a word ends in: one of any kind, of a company, of a noun of saying (copulas too).
ENDS_IN_PARTICLE = re.compile(r"(?:에서는|에서|에는|에|은|는|이|가|의|을|를|과|와)$")
COMPANY_TAIL = re.compile(
    r"(?:에서는|에서도|에서|에선|에는|에게|에도|으로|까지|부터|은|는|이|가|을|를|의|에|과|와|도|로|만)$"
)
SAYING_TAIL = re.compile(
    r"(?:이라는|라는|에서는|에서|에게|으로|에는|이나|까지|부터|에도|이었다|였다|이다|은|는|이|가|을|를|의|에|도|만|로|과|와|다|인)$"
)
