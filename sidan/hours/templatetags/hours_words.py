"""How hours read on a page."""

from django import template

from sidan.core import clock
from sidan.core.moments import span_words
from sidan.core.phones import mask_name
from sidan.hours.models import Claim, Entry
from sidan.hours.words import duration_words

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """`{{ entry.minutes|duration }}`: 「2 小时 30 分钟」."""
    return duration_words(minutes)


@register.filter
def span(of: Entry | Claim) -> str:
    """`{{ entry|span }}`: from when to when somebody served."""
    begins, ends = of.during.lower, of.during.upper
    assert begins is not None, "the database holds that a time has both ends"
    assert ends is not None, "the database holds that a time has both ends"
    return span_words(begins, ends, now=clock.now())


@register.filter
def masked(name: str) -> str:
    """`{{ claim.person.name|masked }}`: a name of which a part is hidden."""
    return mask_name(name)
