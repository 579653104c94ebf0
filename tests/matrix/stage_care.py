"""What stands on the stage of mediation, wishes and needs."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime

from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.files.operations import store_picture
from sidan.mediation import operations as mediation
from sidan.mediation.models import Case
from sidan.needs import operations as needs
from sidan.needs.models import Need
from sidan.wishes import operations as wishes
from sidan.wishes.models import Wish
from sidan.wishes.permissions import WISH_PHOTO
from tests.cast import Cast


def build_mediation(cast: Cast, things: dict[str, Any], mediator: Actor) -> None:
    """Two cases of the practitioner: one going on, with a sitting that began, and one agreed, with a follow-up due."""
    at, things["colleague_person"] = now(), cast.grid_keeper.person.uuid
    then = at - timedelta(days=9)
    case, agreed = open_case(cast, mediator), open_case(cast, mediator, at=then)
    sitting = mediation.plan_sitting(
        actor=mediator, at=at - timedelta(days=2), case=case, planned_at=at - timedelta(days=1), where="祠堂"
    )
    mediation.agree_case(
        actor=mediator, at=then, case=agreed, terms="各让一步", agreed_on=business_date(then),
        follow_ups=[business_date(at) - timedelta(days=1)],
    )  # fmt: skip
    things |= {
        "case": case.uuid, "agreed_case": agreed.uuid, "sitting": sitting.uuid,
        "follow_up": agreed.follow_ups.get().uuid,
        "this_minute": lambda: f"{localtime(now()):%Y-%m-%dT%H:%M}",
    }  # fmt: skip


def open_case(cast: Cast, mediator: Actor, *, at: datetime | None = None) -> Case:
    told = mediation.NewCase(
        place=cast.places.chengbei, dispute="neighbours", words="争一堵墙", first=mediation.NewParty("甲某某"),
        second=mediation.NewParty("乙某某"),
    )  # fmt: skip
    return mediation.open_case(actor=mediator, at=at or now(), told=told)


def build_wishes(cast: Cast, things: dict[str, Any], upload: SimpleUploadedFile) -> None:
    """A wish in each state in which somebody can do something."""
    at, staff, adopter = now(), cast.practitioner.actor, cast.volunteer.actor
    for name in ("wish_new", "wish_on_wall", "wish_adopted", "wish_done", "wish_pictured"):
        made = make_wish(cast.zhou.actor)
        things[name] = made.uuid
        if name != "wish_new":
            hang(staff, made, "一位老人想要一副老花镜")
        if name in {"wish_adopted", "wish_done", "wish_pictured"}:
            wishes.adopt_wish(actor=adopter, at=at, wish=again(made))
        if name == "wish_done":
            wishes.fulfil_wish(actor=adopter, at=at, wish=again(made), words="送到了")
        if name == "wish_pictured":
            show_picture(staff, adopter, made, upload)


def show_picture(staff: Actor, adopter: Actor, made: Wish, upload: SimpleUploadedFile) -> None:
    """Let a wish come true with a picture, and hang both on the wall."""
    at, told = now(), "看得清报纸了"
    photo = store_picture(actor=adopter, at=at, upload=upload.file, purpose=WISH_PHOTO)
    wishes.fulfil_wish(actor=adopter, at=at, wish=again(made), photo=photo)
    wishes.show_thanks_with_picture(actor=staff, at=at, wish=again(made), thanks=told, read=told, agreed=True)


def make_wish(actor: Actor) -> Wish:
    told = wishes.NewWish(words="想要一副老花镜", for_whom="elder")
    return wishes.make_wish(actor=actor, at=now(), told=told)


def hang_wish(cast: Cast, actor: Actor) -> Wish:
    """Make a wish and put it onto the wall."""
    made = make_wish(actor)
    hang(cast.practitioner.actor, made, "一副老花镜")
    return made


def hang(staff: Actor, made: Wish, sentence: str) -> None:
    wishes.publish_wish(actor=staff, at=now(), wish=again(made), sentence=sentence, read=sentence)


def again(wish: Wish) -> Wish:
    return Wish.unscoped.select_related("place", "county", "wisher").get(pk=wish.pk)


def build_needs(cast: Cast, things: dict[str, Any]) -> None:
    """A survey in draft, one that is open and one that is closed, both with an answer; needs, one of them merged."""
    at, actor, place = now(), cast.practitioner.actor, cast.places.chengbei
    surveys = {}
    for name in ("draft_survey", "survey", "closed_survey"):
        made = needs.draft_survey(
            actor=actor,
            at=at,
            place=place,
            title="问问大家",
            text="您需要什么？\n- 理发\n- 维修\n还想说什么？",
        )
        things[name], surveys[name] = made.uuid, made
    for name in ("survey", "closed_survey"):
        needs.open_survey(actor=actor, at=at, survey=surveys[name])
        sheet = needs.answer_survey(at=at, survey=surveys[name], answers={"0": ["理发"]}, address="")
        things.setdefault("sheet", sheet.uuid)
    needs.close_survey(actor=actor, at=at, survey=surveys["closed_survey"])
    rows = {name: note_need(cast) for name in ("need", "other_need", "merged_need")}
    needs.merge_need(actor=actor, at=at, need=rows["merged_need"], into=rows["other_need"])
    rows["traced_need"] = note_need(cast)
    trace = needs.answer_need(actor=actor, at=at, need=rows["traced_need"], answer="下月起有人来修")
    things |= {name: row.uuid for name, row in rows.items()} | {"of": "0.0", "trace": trace.uuid}


def note_need(cast: Cast) -> Need:
    told = needs.NewNeed(place=cast.places.chengbei, title="想有人修家电", source="visit")
    return needs.note_need(actor=cast.practitioner.actor, at=now(), told=told)
