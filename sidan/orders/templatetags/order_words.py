"""How numbers, outcomes and stars of orders are written."""

from django import template
from django.utils.safestring import SafeString

from sidan.core.assets import icon_svg
from sidan.core.ids import format_number
from sidan.core.phones import format_phone
from sidan.orders.words import FACES

register = template.Library()


@register.filter
def spoken_number(number: str) -> str:
    """`{{ order.number|spoken_number }}`: grouped as it is read out."""
    return format_number(number)


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
