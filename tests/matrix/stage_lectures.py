"""What stands on the stage of lectures."""

from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sidan.activities.models import Activity
from sidan.activities.operations import draft_activity
from sidan.bookings.policies import Span
from sidan.core.clock import business_date, now
from sidan.files.operations import store_picture
from sidan.lectures import operations
from sidan.lectures.models import Lecturer, Talk
from sidan.lectures.operations import LecturerFacts, NewMaterial, TalkFacts
from tests.cast import Cast, Someone
from tests.matrix.stage_activities import a_plan, ahead

WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "review": ("submit",),
    "published": ("submit", "publish"),
}


def build_lectures(cast: Cast, things: dict[str, Any], picture: SimpleUploadedFile) -> None:
    """A talk in each state with a film and a picture, somebody who lectures, a talk that is given and passed on."""
    writer = cast.practitioner.actor
    for state in WAYS:
        things[f"talk_{state}"] = make_talk(cast, state, f"五招识破骗局（{state}）").uuid
    draft = Talk.unscoped.get(uuid=things["talk_draft"])
    film = NewMaterial(kind="film", title="反诈小剧场", address="https://film.example.cn/1")
    material = operations.add_material(actor=writer, at=now(), talk=draft, new=film)
    file = store_picture(actor=writer, at=now(), upload=picture.file, purpose="talk_picture")
    hung = operations.add_picture(actor=writer, at=now(), talk=draft, file=file)
    published = Talk.unscoped.get(uuid=things["talk_published"])
    held = make_lecture(cast)
    passed = pass_on(cast, published)
    things |= {
        "talk_material": material.uuid, "talk_picture": hung.pk, "lecturer": make_lecturer(cast, cast.zhou).uuid,
        "talk_given": give(cast, held, published).uuid, "talk_activity": held.uuid, "talk_passed": passed.uuid,
        "talk_free_activity": make_lecture(cast).uuid,
        "new_lecturer": cast.volunteer.person.uuid, "talk_month": f"{business_date(now()):%Y-%m}",
    }  # fmt: skip


def make_talk(cast: Cast, state: str, title: str) -> Talk:
    """A talk of the station, written by its practitioner and published by the manager."""
    facts = TalkFacts(title=title, about="讲给老人听的防骗课。", task="policy", minutes=40)
    talk = operations.draft_talk(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, facts=facts
    )
    for verb in WAYS[state]:
        if verb == "submit":
            operations.submit_talk(actor=cast.practitioner.actor, at=now(), talk=talk)
        else:
            operations.publish_talk(actor=cast.manager.actor, at=now(), talk=talk)
    return talk


def make_lecture(cast: Cast) -> Activity:
    """The draft of a lecture at the station."""
    span = Span(ahead(3, 15), ahead(3, 16))
    plan = replace(a_plan(span), kind="lecture", title="反诈宣讲进村")
    return draft_activity(actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, plan=plan)


def make_lecturer(cast: Cast, who: Someone) -> Lecturer:
    return operations.name_lecturer(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, person=who.person,
        facts=LecturerFacts(has_agreed=True, about="退休教师"),
    )  # fmt: skip


def give(cast: Cast, activity: Activity, talk: Talk) -> Any:
    return operations.say_given(
        actor=cast.practitioner.actor, at=now(), activity=activity, talk=talk, lecturer=None
    )


def pass_on(cast: Cast, talk: Talk) -> Any:
    return operations.pass_on(
        actor=cast.manager.actor, at=now(), talk=talk, place=cast.places.center, month=business_date(now())
    )
