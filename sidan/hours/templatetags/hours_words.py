"""How hours read on a page."""

from django import template

from sidan.core.phones import mask_name
from sidan.hours.words import duration_words

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """`{{ entry.minutes|duration }}`: 「2 小时 30 分钟」."""
    return duration_words(minutes)


@register.filter
def masked(name: str) -> str:
    """`{{ claim.person.name|masked }}`: a name of which a part is hidden."""
    return mask_name(name)
