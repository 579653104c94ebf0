"""The project's tags and filters; built in, so that no template has to load them.

This is an edge: it may read the clock.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from sidan.core import assets, clock, moments
from sidan.core.badges import look_of
from sidan.core.clockwork import Due, Timed
from sidan.core.money import yuan_words
from sidan.core.phones import mask_phone
from sidan.core.pressure import PRESSURES, end_of_day
from sidan.core.pressure import time_left as time_left_of
from sidan.core.slots import pieces_in

register = template.Library()
NOTHING = SafeString('<span class="nothing">–</span>')
"""What stands in a cell that has nothing to say; on a phone the cell is left out."""


@register.simple_tag
def vite(entry: str) -> SafeString:
    """`{% vite "src/portal.js" %}`: stylesheet and script of an entry."""
    return assets.entry_tags(entry)


@register.simple_tag
def static_file(name: str) -> str:
    """`{% static_file "favicon.svg" %}`: a file whose name does not change with its content."""
    return assets.static_url(name)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """`{% icon "clock" %}`, `{% icon "clock" label=word %}` where no word stands beside it."""
    return assets.icon_svg(name, str(label), css)


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, thing: object = None) -> SafeString:
    """`{% slot "people.team" team %}`: what the apps above have to show of the thing here (`sidan.core.slots`)."""
    shown = []
    assert context.template is not None  # it is being rendered
    engine = context.template.engine
    for piece in pieces_in(name):
        found = piece.context(context["request"], thing)
        if found is not None:
            with context.push(**found):
                shown.append(engine.get_template(piece.template).render(context))
    return SafeString("".join(shown))


@register.simple_tag
def state_badge(state: str, machine: str = "order") -> SafeString:
    """`{% state_badge order.state %}`: colour, icon and word of a state."""
    return _badge(machine, str(state), get_language() or "")


@lru_cache(maxsize=512)
def _badge(machine: str, state: str, _language: str) -> SafeString:
    # a list repeats few badges many times; the language is part of the key because the word is translated
    look = look_of(machine=machine, state=state)
    return format_html(
        '<span class="state tone-{}">{}{}</span>', look.tone, assets.icon_svg(look.icon), look.word
    )


def left_badge(
    *, due_at: datetime | None, half_at: datetime | None, at: datetime, counted: moments.Counted | None = None
) -> SafeString:
    """Return what is left of a time in words, colour and icon; a dash without a limit."""
    left = time_left_of(due_at=due_at, half_at=half_at, now=at)
    if left.due_at is None:
        return SafeString("–")
    look = PRESSURES[left.pressure]
    told, icon = moments.left_words(left.due_at, now=at, counted=counted), assets.icon_svg(look.icon)
    due = left.due_at.isoformat()
    return format_html('<time class="state {}" datetime="{}">{}{}</time>', look.css, due, icon, told)


@register.simple_tag
def time_left(thing: Timed | Due) -> SafeString:
    """`{% time_left order %}`: what is left of the time of an order, a part of it, a wish, or a task.

    A task without a clock says so: nothing limits it there, or its clock is started within ten minutes.
    """
    if isinstance(thing, Due) and thing.due_at is None:
        return format_html('<span class="soft">{}</span>', gettext("not timed"))
    return left_badge(due_at=thing.due_at, half_at=thing.half_at, at=clock.now(), counted=thing.counted)


@register.simple_tag
def left_until(begun: datetime, due: datetime) -> SafeString:
    """`{% left_until call.opened_at call.until %}`: what is left of any time that was given, told as an order's is."""
    return left_badge(due_at=due, half_at=begun + (due - begun) / 2, at=clock.now())


@register.simple_tag
def left_of_day(on: date) -> SafeString:
    """`{% left_of_day task.due_on %}`: what is left until the end of the day by which something is to be done."""
    return time_left(end_of_day(on))


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str | None = "") -> SafeString:
    """`{% options categories told.category %}`: the options of a select, made at once because lists are long."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected" if value == chosen else ""), word) for value, word in choices),
    )


@register.filter
def dashed(value: object) -> object:
    """`{{ team.leader.name|dashed }}`: the value, or the dash of an empty cell."""
    return value or NOTHING


@register.filter
def grouped(number: int | None) -> str:
    """`{{ row.heads|grouped }}`: 「80,000」; nothing where there is no number."""
    return "" if number is None else f"{number:,}"


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """`{% moment order.created_at %}`: a time element, exact for machines and in words for people."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), when(at))


@register.filter
def when(at: datetime | None) -> str:
    """`{{ visit.starts_at|when }}`: 「明天（周四）上午 9:30」."""
    return moments.when_words(at, now=clock.now()) if at else ""


@register.simple_tag
def span(begins: datetime, ends: datetime) -> str:
    """`{% span visit.begins visit.ends %}`: 「今天（周四）上午 9:30 – 上午 11:00」, both days where they differ."""
    return moments.span_words(begins, ends, now=clock.now())


@register.filter
def day(on: date | None) -> str:
    """`{{ menu.month|day }}`: 「明天（周四）」."""
    return moments.day_words(on, today=clock.business_date(clock.now())) if on else ""


@register.filter
def dated(on: date | None) -> str:
    """`{{ row.last|dated }}`: 「11月26日」, short enough for a column."""
    if not on:
        return ""
    told = clock.business_date(on) if isinstance(on, datetime) else on
    return moments.date_words(told, today=clock.business_date(clock.now()))


@register.filter
def since(at: datetime | None) -> str:
    """`{{ order.state_since|since }}`: 「3 分钟前」."""
    return moments.since_words(at, now=clock.now()) if at else ""


@register.filter
def waited(at: datetime | None) -> str:
    """`{{ order.state_since|waited }}`: 「3 天」."""
    return moments.waited_words(at, now=clock.now()) if at else ""


@register.filter
def yuan(fen: int) -> str:
    """`{{ row.amount_fen|yuan }}`: money as people read it."""
    return yuan_words(fen)


@register.filter
def masked_phone(digits: str | None) -> str:
    """`{{ person.contact_phone|masked_phone }}`: enough to tell two people of one name apart."""
    return mask_phone(str(digits)) if digits else gettext("no telephone")
