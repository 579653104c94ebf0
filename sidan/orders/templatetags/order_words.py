"""How numbers, outcomes and stars of orders are written."""

from django import template
from django.utils.safestring import SafeString

from sidan.core.assets import icon_svg
from sidan.core.clock import now
from sidan.core.ids import format_number
from sidan.core.numbers import separate_numbers
from sidan.core.phones import format_phone
from sidan.orders.enums import ENDED
from sidan.orders.models import Order, WorkPart
from sidan.orders.queries.page import whole_need
from sidan.orders.words import FACES, EmergencyCall, calls_for, words_of_due

register = template.Library()


@register.filter
def spoken_number(number: str) -> str:
    """`{{ order.number|spoken_number }}`: grouped as it is read out."""
    return format_number(number)


@register.filter
def emergency_calls(order: Order) -> list[EmergencyCall]:
    """`{{ order|emergency_calls }}`: whom to call at once, by the words of the order."""
    return calls_for(whole_need(order.text))


@register.filter
def calls_of_words(words: str) -> list[EmergencyCall]:
    """`{{ text.words|calls_of_words }}`: the same by any words somebody wrote."""
    return calls_for(words)


@register.filter
def five(stars: int) -> list[bool]:
    """`{% for lit in review.stars|five %}`: five stars, some of them lit."""
    return [number <= stars for number in range(1, 6)]


@register.simple_tag
def outcome_face(outcome: str) -> SafeString:
    """`{% outcome_face review.outcome %}`: the face beside an outcome; silent, for the word stands beside it."""
    return icon_svg(FACES[outcome])


@register.filter
def spoken_phone(digits: str) -> str:
    """`{{ contact.phone|spoken_phone }}`: grouped as it is read out; only on pages where it may be shown in clear."""
    return format_phone(digits)


@register.filter
def due_words(work: Order | WorkPart) -> str:
    """`{{ order|due_words }}`: what must be done until when; nothing where nothing limits the present state."""
    return words_of_due(state=work.state, due_at=work.due_at, now=now())


@register.filter
def without_numbers(words: str) -> str:
    """`{{ asked.words|without_numbers }}`: free words for readers who may not see telephone and identity numbers."""
    return separate_numbers(words).text


@register.filter
def has_ended(state: str) -> bool:
    """`{% if order.state|has_ended %}`: nobody waits for it any more."""
    return state in ENDED
