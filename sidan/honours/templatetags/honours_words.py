"""How what a certificate says reads on a page: in the reader's language, from words that were written in both."""

from collections.abc import Iterable
from datetime import date

from django import template

from sidan.core.language import listed, shown
from sidan.core.moments import full_date_words
from sidan.honours.enums import Basis
from sidan.honours.policies import Pair, shown_code

register = template.Library()


@register.filter
def said(pair: Pair) -> str:
    """`{{ facts.unit|said }}`: words in the reader's language."""
    return shown(pair["zh"], pair["en"])


@register.filter
def all_said(pairs: Iterable[Pair]) -> str:
    """`{{ facts.teams|all_said }}`: several, as one names them."""
    return listed([said(pair) for pair in pairs])


@register.filter
def written_day(text: str) -> str:
    """`{{ facts.first|written_day }}`: a day with its year."""
    return full_date_words(date.fromisoformat(text))


@register.filter
def basis_words(basis: str) -> str:
    """`{{ star.basis|basis_words }}`: which hours count."""
    return str(Basis(basis).label)


@register.filter
def grouped_code(code: str) -> str:
    """`{{ facts.code|grouped_code }}`: as it is printed."""
    return shown_code(code)
