"""What people sign up for, and by which rules."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import Entry, PostRole
from sidan.activities.models import Activity, EntryRules, Post
from sidan.activities.operations.coming import post_now, settle
from sidan.activities.operations.locking import lock_activity
from sidan.activities.permissions import require_running
from sidan.activities.states import ACTIVITY
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict

OPEN_TO_CHANGE = ACTIVITY["cancel"].sources | ACTIVITY["drop"].sources


class PostsFixed(Conflict):
    code = "posts_fixed"
    sentence = _("It is over or called off: its posts are not changed any more.")


class PostThereAlready(AtField):
    code = "post_there_already"
    sentence = _("This activity has a post of this name already.")
    field = "name"


class FewerThanCome(AtField):
    code = "fewer_than_come"
    sentence = _("More people have a place already.")
    field = "places"


class HelpersAreCounted(AtField):
    code = "helpers_are_counted"
    sentence = _("Please say how many are needed to help.")
    field = "places"


class SkillOfHelpersOnly(AtField):
    code = "skill_of_helpers_only"
    sentence = _("Only of those who help something is asked. Leave it empty, or choose that they help.")
    field = "skill"


class PostInUse(Conflict):
    code = "post_in_use"
    sentence = _("Somebody has signed up for it: it stays. It can be renamed.")


class CodeMissing(AtField):
    code = "entry_code_missing"
    sentence = _("Please write down the code that those are told who may sign up.")
    field = "code"


@dataclass(frozen=True, slots=True)
class PostPlan:
    """What a post is; without places for whoever comes."""

    role: str
    name: str
    name_en: str = ""
    skill: str = ""
    places: int | None = None


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """Who may sign up, and until when one signs up and off."""

    entry: str = Entry.OPEN
    code: str = ""
    signup_until: datetime | None = None
    signoff_until: datetime | None = None


def add_post(*, actor: Actor, at: datetime, activity: Activity, plan: PostPlan) -> Post:
    """Let people sign up for one thing more.

    Raises:
        NotYourActivities, PostsFixed, HelpersAreCounted, SkillOfHelpersOnly, PostThereAlready
    """
    _require_running(actor, activity)
    _check(plan)
    with transaction.atomic():
        _lock_changeable(activity)
        if Post.objects.filter(activity=activity, name=plan.name).exists():
            raise PostThereAlready
        made = Post.objects.create(
            activity=activity, role=plan.role, name=plan.name, name_en=plan.name_en, skill=plan.skill,
            places=plan.places, created_at=at,
        )  # fmt: skip
        _leave_trail(actor, at, "post_added", activity)
    return made


def change_post(*, actor: Actor, at: datetime, post: Post, plan: PostPlan) -> Post:
    """Write a post anew; with more places the line moves up. Its role stays as soon as somebody signed up.

    Raises:
        NotYourActivities, PostsFixed, HelpersAreCounted, SkillOfHelpersOnly, PostThereAlready
        FewerThanCome, PostInUse (another role), NoSuchPost
    """
    _require_running(actor, post.activity)
    _check(plan)
    with transaction.atomic():
        _lock_changeable(post.activity)
        found = post_now(post)
        if Post.objects.filter(activity=found.activity_id, name=plan.name).exclude(pk=found.pk).exists():
            raise PostThereAlready
        if plan.role != found.role and found.tickets:
            raise PostInUse
        if plan.places is not None and plan.places < found.taken:
            raise FewerThanCome
        found.role, found.name, found.name_en = plan.role, plan.name, plan.name_en
        found.skill, found.places = plan.skill, plan.places
        settle(post=found, at=at)
        _leave_trail(actor, at, "post_changed", post.activity)
    return found


@transaction.atomic
def remove_post(*, actor: Actor, at: datetime, post: Post) -> None:
    """Take away what nobody has signed up for. Raises NotYourActivities, PostsFixed, PostInUse, NoSuchPost."""
    _require_running(actor, post.activity)
    _lock_changeable(post.activity)
    found = post_now(post)
    if found.tickets:
        raise PostInUse
    found.delete()
    _leave_trail(actor, at, "post_removed", post.activity)


@transaction.atomic
def set_entry(*, actor: Actor, at: datetime, activity: Activity, plan: EntryPlan) -> EntryRules:
    """Say who may sign up, and until when. Raises NotYourActivities, PostsFixed, CodeMissing."""
    _require_running(actor, activity)
    if plan.entry == Entry.CODE and not plan.code.strip():
        raise CodeMissing
    _lock_changeable(activity)
    told = {
        "entry": plan.entry, "code": plan.code.strip() if plan.entry == Entry.CODE else "",
        "signup_until": plan.signup_until, "signoff_until": plan.signoff_until,
    }  # fmt: skip
    rules, _made = EntryRules.objects.update_or_create(activity=activity, defaults=told)
    _leave_trail(actor, at, "entry_set", activity)
    return rules


def _check(plan: PostPlan) -> None:
    if plan.role == PostRole.VOLUNTEER and plan.places is None:
        raise HelpersAreCounted
    if plan.skill and plan.role != PostRole.VOLUNTEER:
        raise SkillOfHelpersOnly


def _lock_changeable(activity: Activity) -> None:
    if lock_activity(activity.pk).state not in OPEN_TO_CHANGE:
        raise PostsFixed


def _require_running(actor: Actor, activity: Activity) -> None:
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)


def _leave_trail(actor: Actor, at: datetime, verb: str, activity: Activity) -> None:
    record(
        actor=actor, at=at, verb=f"activity.{verb}", subject=("activity", activity.pk), place_id=activity.place_id,
        county_id=activity.county_id,
    )  # fmt: skip
