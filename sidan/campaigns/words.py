"""How campaigns read: the looks of states, what happened, how far something is, the audit trail."""

from collections.abc import Mapping
from datetime import time
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sidan.campaigns.enums import CampaignState, StopState
from sidan.campaigns.models import SiteKind
from sidan.campaigns.policies import Progress
from sidan.core.badges import StateLook, StepWords
from sidan.core.language import reads_english

LOOKS: Final[Mapping[str, StateLook]] = {
    CampaignState.DRAFT.value: StateLook(CampaignState.DRAFT.label, icon="pencil", tone="waiting"),
    CampaignState.ANNOUNCED.value: StateLook(CampaignState.ANNOUNCED.label, icon="megaphone", tone="soon"),
    CampaignState.RUNNING.value: StateLook(CampaignState.RUNNING.label, icon="play", tone="moving"),
    CampaignState.ENDED.value: StateLook(CampaignState.ENDED.label, icon="circle-check", tone="done"),
    CampaignState.STOPPED.value: StateLook(CampaignState.STOPPED.label, icon="ban", tone="overdue"),
    CampaignState.DROPPED.value: StateLook(CampaignState.DROPPED.label, icon="ban", tone="waiting"),
}
STOP_LOOKS: Final[Mapping[str, StateLook]] = {
    StopState.PLANNED.value: StateLook(StopState.PLANNED.label, icon="calendar-days", tone="waiting"),
    StopState.WAITING.value: StateLook(StopState.WAITING.label, icon="eye", tone="soon"),
    StopState.DONE.value: StateLook(StopState.DONE.label, icon="circle-check", tone="done"),
    StopState.CALLED_OFF.value: StateLook(StopState.CALLED_OFF.label, icon="ban", tone="waiting"),
}
STEPS: Final[Mapping[str, StepWords]] = {
    "draft": StepWords(_("The campaign was begun"), icon="pencil"),
    "edit": StepWords(_("The campaign was changed"), icon="pencil"),
    "share_out": StepWords(_("A target was shared out"), icon="split"),
    "announce": StepWords(_("The campaign was announced"), icon="megaphone"),
    "run": StepWords(_("The campaign is under way"), icon="play"),
    "end": StepWords(_("The campaign was ended"), icon="circle-check"),
    "stop": StepWords(_("The campaign was broken off"), icon="ban"),
    "resume": StepWords(_("The campaign goes on"), icon="undo-2"),
    "drop": StepWords(_("The campaign was dropped"), icon="ban"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "campaign.draft": _("began the campaign %(subject)s"),
    "campaign.edit": _("changed the campaign %(subject)s"),
    "campaign.announce": _("announced the campaign %(subject)s"),
    "campaign.run": _("said that the campaign %(subject)s is under way"),
    "campaign.end": _("ended the campaign %(subject)s"),
    "campaign.stop": _("broke the campaign %(subject)s off"),
    "campaign.resume": _("took the campaign %(subject)s up again"),
    "campaign.drop": _("dropped the campaign %(subject)s"),
    "campaign.share_out": _("shared a target of the campaign %(subject)s out"),
    "campaign.add_sites": _("added to what the campaign %(subject)s means to reach"),
    "campaign.remove_site": _("took a site out of the campaign %(subject)s"),
    "campaign.plan_stop": _("planned a stop of the campaign %(subject)s"),
    "campaign.move_stop": _("moved a stop of the campaign %(subject)s"),
    "campaign.call_off_stop": _("called a stop of the campaign %(subject)s off"),
    "campaign.promise_activity": _("said which activity is a stop of the campaign %(subject)s"),
    "campaign.let_activity_go": _("took an activity off a stop of the campaign %(subject)s"),
    "campaign.record_stop": _("wrote a stop of the campaign %(subject)s down"),
    "campaign.give_word": _("said as a second person that a stop of the campaign %(subject)s is right"),
    "campaign.take_back": _("took the record of a stop of the campaign %(subject)s back"),
    "campaign.exported": _("took a list of the campaign %(subject)s along as a table"),
    "campaigns.exported": _("took the list of campaigns along as a table"),
    "campaigns.kind_added": _("added a kind of place for campaigns"),
    "campaigns.kind_retired": _("put a kind of place for campaigns away"),
}


def kind_words(kind: SiteKind | None) -> str:
    """Return what stands behind a number of sites."""
    if kind is None:
        return pgettext("behind a number", "places")
    name = kind.shown_name
    return name.lower() if reads_english() else name


def unit_words(unit: str, kind: SiteKind | None) -> str:
    """Return what a target counts: villages, sessions in schools, leaflets."""
    if unit == "places":
        return kind_words(kind)
    words = {
        "sessions": pgettext("behind a number", "sessions"), "people": pgettext("behind a number", "people"),
        "leaflets": pgettext("behind a number", "leaflets"), "checks": pgettext("behind a number", "checks"),
    }[unit]  # fmt: skip
    if kind is None:
        return words
    return gettext("%(unit)s (%(kind)s)") % {"unit": words, "kind": kind_words(kind)}


def far_words(progress: Progress, *, unit: str, kind: SiteKind | None) -> str:
    """Return how far a target is: 137 of 1,000 villages."""
    return gettext("%(done)s of %(amount)s %(what)s") % {
        "done": f"{progress.done:,}", "amount": f"{progress.amount:,}", "what": unit_words(unit, kind),
    }  # fmt: skip


def waits_words(count: int, *, unit: str, kind: SiteKind | None) -> str:
    """Return how much more counts once a second person has confirmed it."""
    return gettext("%(count)s %(what)s more wait for a second person") % {
        "count": f"{count:,}", "what": unit_words(unit, kind),
    }  # fmt: skip


def clock_words(clock: time | None) -> str:
    """Return a time of day, or nothing where none was said."""
    return f"{clock:%H:%M}" if clock else ""
