"""How limits read."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sidan.audit.registry import register_verbs
from sidan.limits.enums import CHOOSE, TELLS_ABOVE, TO_OFFICE, AtEnd, AtHalf, Kind, Step, Unit
from sidan.limits.models import Firing, Limit, TaskFiring, WishFiring
from sidan.orders.enums import Urgency
from sidan.places.enums import PlaceKind

VERBS: Final[dict[str, str | Promise]] = {
    "limits.set": _("set a time limit of %(subject)s"),
    "limits.taken_back": _("took back a time limit of %(subject)s"),
    "limits.half": _("half of a time limit was over for the order %(subject)s"),
    "limits.end": _("a time limit was over for the order %(subject)s"),
    "limits.late": _("told again that a time limit was over for the order %(subject)s"),
    "limits.wish_late": _("told again that the time to answer a wish was over"),
    "limits.wish_half": _("half of the time to answer a wish was over"),
    "limits.wish_end": _("the time to answer a wish was over"),
    "limits.exported": _("took out what the clocks did"),
}
DID: Final[dict[tuple[str, str], str | Promise]] = {
    (Kind.HALF, AtHalf.NOBODY): _("Nobody was reminded"),
    (Kind.HALF, AtHalf.WHO_ACTS): _("Who must act was reminded"),
    (Kind.HALF, AtHalf.WHO_ACTS_AND_OFFICE): _("Who must act and the office were reminded"),
    (Kind.END, AtEnd.REMIND): _("Who must act and the office were reminded"),
    (Kind.END, AtEnd.TO_POOL): _("The offer or call was ended; another team is looked for"),
    (Kind.END, AtEnd.WIDEN): _("Nobody took it; called again in a wider area"),
    (Kind.END, TO_OFFICE): _("The office was told: the named person may not act here"),
    (Kind.END, CHOOSE): _("Teams have offered; the office was asked to choose"),
    (Kind.END, AtEnd.UP): _("Passed one level up"),
    (Kind.END, AtEnd.CLOSE): _("Closed as not reviewed"),
    (Kind.LATE, AtEnd.UP): _("Passed one level up"),
    (Kind.LATE, AtEnd.REMIND): _("Who must act and the office were reminded again"),
}
"""What a clock did, by its moment and the code of what was carried out."""
TOLD_ABOVE: Final = _("Those one level up were told; it stays where it is")
"""The same where it cannot go up itself."""
TAKEN_BACK: Final = _("Taken back from the team; another team is looked for")
"""The same where a team had it."""

URGENT_WORDS: Final[dict[str, str | Promise]] = {
    Urgency.URGENT: _("urgent"),
    Urgency.DANGER: _("danger to life"),
}
"""How a limit names the orders that press."""
DAY_HOURS: Final = 24
FEWEST_DAYS: Final = 3
"""Of whole days by the clock; two are still 「48 小时」, as offices write it."""


def register() -> None:
    """Say in the trail what was done."""
    register_verbs(VERBS)


def length_words(limit: Limit) -> str:
    """Return how long a limit is: 「1 个工作日」, "24 hours", 「7 天」. Only working days are called so."""
    told = {"count": limit.amount}
    if limit.unit == Unit.WORKING_DAYS:
        return ngettext("%(count)d working day", "%(count)d working days", limit.amount) % told
    if limit.unit == Unit.WORKING_HOURS:
        return ngettext("%(count)d office hour", "%(count)d office hours", limit.amount) % told
    if limit.unit == Unit.WISHED:
        return gettext(
            "until the wished time; when that has passed, or a later one is agreed, at most %(span)s"
        ) % {"span": _clock_words(limit.amount)}
    if limit.unit == Unit.MINUTES:
        return ngettext("%(count)d minute", "%(count)d minutes", limit.amount) % told
    return _clock_words(limit.amount)


def _clock_words(hours: int) -> str:
    """Return hours by the clock; whole days from three on are said as days: 「7 天」, not 「168 小时」."""
    days, rest = divmod(hours, DAY_HOURS)
    if days >= FEWEST_DAYS and not rest:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def said_words(own: Limit | None) -> str:
    """Return what a place itself says by now, and who said it why: for somebody who is about to say something else."""
    if own is None:
        return gettext("this place says nothing itself, what stands above it holds")
    said = gettext("%(length)s; reminded at half time: %(half)s; at the end: %(end)s") % {
        "length": length_words(own), "half": own.get_at_half_display(), "end": own.get_at_end_display(),
    }  # fmt: skip
    if own.actor is None:
        return said
    return gettext("%(said)s (%(name)s: “%(reason)s”)") % {
        "said": said, "name": own.actor.person.name, "reason": own.reason,
    }  # fmt: skip


def for_whom_words(limit: Limit) -> str:
    """Return for which orders a limit is meant: 「义剪 · 各站 · 加急」; of all orders 「所有点单」."""
    parts = [limit.category.shown_name if limit.category else gettext("All orders")]
    if limit.level:
        parts.append(gettext("at every %(level)s") % {"level": PlaceKind(limit.level).label.lower()})
    if limit.urgency in URGENT_WORDS:
        parts.append(str(URGENT_WORDS[limit.urgency]))
    return " · ".join(parts)


def step_words(*, step: str, nth: int | None) -> str:
    """Return what a clock measures: "Team answers", of an order that was split also for which part."""
    label = str(Step(step).label)
    return gettext("%(step)s (part %(nth)s)") % {"step": label, "nth": nth} if nth else label


def end_words(*, step: str, at_end: str) -> str:
    """Return what happens at the end of a step: "One level up the tree", or that those there are told."""
    if at_end == AtEnd.UP and step in TELLS_ABOVE:
        return gettext("One level up is told; it stays where it is")
    return str(AtEnd(at_end).label)


def did_words(firing: Firing | WishFiring | TaskFiring) -> str:
    """Return what a clock did: "Passed one level up"; also that what the limit says was not possible."""
    limit, did = firing.timer.acting, firing.did
    name = {"name": limit.person.person.name if limit.person else ""}
    if did == AtEnd.TO_PERSON:
        return gettext("%(name)s was told to see to it") % name
    if did == TO_OFFICE:
        return gettext("%(name)s may not act here; the office was told to see to it") % name
    if did == AtEnd.UP and firing.timer.effect in TELLS_ABOVE:
        return str(TOLD_ABOVE)
    had_team = did == AtEnd.TO_POOL and firing.timer.effect != Step.ACCEPT
    said = str(TAKEN_BACK if had_team else DID[firing.kind, did])
    is_below = did == AtEnd.TO_POOL and limit.at_end == AtEnd.UP
    if is_below or (firing.kind == Kind.END and did == AtEnd.REMIND != limit.at_end):
        return gettext("%(did)s, for what the limit says was not possible") % {"did": said}
    return said
