"""What staff do with wishes over the API: the same operations as the console's pages."""

from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Status, UploadedFile
from ninja.decorators import decorate_view

from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.orders.consenting import ConsentOut, PaperOut
from sidan.orders.operations import Wish as WishedOrder
from sidan.orders.operations import consent_named
from sidan.people.queries import resident_by_uuid
from sidan.wishes import operations, queries
from sidan.wishes.models import Wish
from sidan.wishes.permissions import (
    WISH_PAPER,
    NoSuchWish,
    may_read_words,
    require_desk,
    require_entering,
    require_handling,
)
from sidan.wishes.policies import wished_until
from sidan.wishes.schemas import (
    AdoptionOut,
    MadeWishOut,
    PublishIn,
    ThanksIn,
    ThanksWithPictureIn,
    WishAnswerIn,
    WisherOut,
    WishForIn,
    WishOrderIn,
    WishOrderOut,
    WishOut,
    WishProjectIn,
    WishProjectOut,
    WishWordsIn,
)

router = Router(tags=["wishes"])


@router.post("/on-behalf", response={201: MadeWishOut}, summary="Write a wish down for a resident")
@decorate_view(idempotent)
def make_wish_for(request: HttpRequest, payload: WishForIn) -> Status[MadeWishOut]:
    """Write down what a resident of one's own place wishes for; counted apart.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    actor, person = actor_of(request), resident_by_uuid(uuid=payload.person)
    consent = consent_named(actor=actor, way=payload.consent, paper=payload.paper, purpose=WISH_PAPER)
    made = operations.make_wish_for(
        actor=actor, at=now(), told=payload.told(), person=person, consent=consent
    )
    return Status(201, MadeWishOut.of_made(made, payload.words))


@router.post("/on-behalf/papers", response={201: PaperOut}, summary="Keep the picture of a signed paper")
def keep_wish_paper(request: HttpRequest, picture: File[UploadedFile]) -> Status[PaperOut]:
    """Store the picture (JPEG, PNG or WebP, at most 12 MB) that a wish written down within a day names."""
    actor = actor_of(request)
    # Before the picture is stored: who enters for nobody shall leave nothing here.
    require_entering(actor=actor)
    return Status(201, PaperOut.keep(actor=actor, at=now(), picture=picture, purpose=WISH_PAPER))


@router.get("/{wish_id}/consents", response=list[ConsentOut], summary="How the resident agreed")
def list_wish_consents(request: HttpRequest, wish_id: UUID) -> list[ConsentOut]:
    """The yes of a wish that staff wrote down, with who heard it; for the resident and the staff of its place."""
    actor, found = actor_of(request), _wish(wish_id)
    if not may_read_words(actor=actor, wish=found):
        raise NoSuchWish
    told = queries.consent_of(actor=actor, wish=found)
    return [ConsentOut.of(told, reader=actor)] if told else []


@router.post("/{wish_id}/look", response=WisherOut, summary="Show who wishes, in clear")
def look(request: HttpRequest, wish_id: UUID) -> WisherOut:
    """Name and telephone, for staff of its place; each look is recorded."""
    actor, found = actor_of(request), _wish(wish_id)
    require_desk(actor=actor)
    person = operations.look_at_words(actor=actor, at=now(), wish=found)
    told = operations.contact_of(wish=found)
    return WisherOut(name=told.name or person.name, phone=told.phone or str(person.contact_phone or ""))


@router.get("/{wish_id}/adoptions", response=list[AdoptionOut], summary="Who has adopted it")
def adoptions(request: HttpRequest, wish_id: UUID) -> list[AdoptionOut]:
    """The adoptions that hold, for staff of its place: to free one of them."""
    found = _wish(wish_id)
    require_handling(actor=actor_of(request), wish=found)
    return [
        AdoptionOut(
            id=one.uuid, kind=one.kind, name=one.shown_name, adopted_at=one.adopted_at, share_told_at=one.share_told_at,
        )
        for one in queries.links_of(wish=found).adoptions
    ]  # fmt: skip


@router.post("/{wish_id}/publish", response=WishOut, summary="Put onto the wall")
@decorate_view(idempotent)
def publish(request: HttpRequest, wish_id: UUID, payload: PublishIn) -> WishOut:
    """Put a wish onto the wall under a public sentence; for staff of its place."""
    return WishOut.of(
        operations.publish_wish(
            actor=actor_of(request),
            at=now(),
            wish=_wish(wish_id),
            read=payload.read,
            **payload.dict(exclude={"confirmed"}),
        )
    )


@router.post("/{wish_id}/take-down", response=WishOut, summary="Take off the wall")
@decorate_view(idempotent)
def take_down(request: HttpRequest, wish_id: UUID, payload: WishWordsIn) -> WishOut:
    """Take a wish that nobody has adopted off the wall again; for staff of its place."""
    return WishOut.of(
        operations.take_down_wish(actor=actor_of(request), at=now(), wish=_wish(wish_id), words=payload.words)
    )


@router.post("/{wish_id}/answer", response=WishOut, summary="Answer why not")
@decorate_view(idempotent)
def answer(request: HttpRequest, wish_id: UUID, payload: WishAnswerIn) -> WishOut:
    """Answer why it cannot be; for staff of its place."""
    return WishOut.of(
        operations.answer_wish(actor=actor_of(request), at=now(), wish=_wish(wish_id), words=payload.words)
    )


@router.post("/{wish_id}/order", response={201: WishOrderOut}, summary="Place an order for the wisher")
@decorate_view(idempotent)
def order(request: HttpRequest, wish_id: UUID, payload: WishOrderIn) -> Status[WishOrderOut]:
    """Turn the wish into an order; several may come of one wish."""
    actor, found = actor_of(request), _wish(wish_id)
    # Asked before the wisher's contact is read.
    require_handling(actor=actor, wish=found)
    begins = payload.begins()
    wanted = WishedOrder(
        project_uuid=payload.project, wished_from=begins, wished_to=wished_until(begins), need=payload.need,
        contact=operations.contact_of(wish=found),
    )  # fmt: skip
    placed = operations.order_for_wish(actor=actor, at=now(), wish=found, wanted=wanted)
    return Status(201, WishOrderOut(number=placed.number))


@router.post("/{wish_id}/project", response={201: WishProjectOut}, summary="Draft a service because of it")
@decorate_view(idempotent)
def project(request: HttpRequest, wish_id: UUID, payload: WishProjectIn) -> Status[WishProjectOut]:
    """Draft a new service for the library; for those who manage it."""
    actor, found = actor_of(request), _wish(wish_id)
    require_handling(actor=actor, wish=found)
    made = operations.draft_project(actor=actor, at=now(), wish=found, text=payload.text(found.place))
    return Status(201, WishProjectOut(id=made.uuid))


@router.post("/{wish_id}/project/ask", response={204: None}, summary="Ask for a service because of it")
@decorate_view(idempotent)
def ask_project(request: HttpRequest, wish_id: UUID) -> Status[None]:
    """Ask who manages the library to draft one; for staff of its place who may not. Once a wish."""
    operations.ask_for_project(actor=actor_of(request), at=now(), wish=_wish(wish_id))
    return Status(204, None)


@router.post("/{wish_id}/thanks", response=WishOut, summary="Tell on the wall how it came true")
@decorate_view(idempotent)
def thanks(request: HttpRequest, wish_id: UUID, payload: ThanksIn) -> WishOut:
    """Show a sentence of thanks on the wall, without a picture; for staff of its place."""
    return WishOut.of(
        operations.show_thanks(
            actor=actor_of(request), at=now(), wish=_wish(wish_id), thanks=payload.thanks, read=payload.read
        )
    )


@router.post("/{wish_id}/thanks/picture", response=WishOut, summary="Tell on the wall with the picture")
@decorate_view(idempotent)
def thanks_with_picture(request: HttpRequest, wish_id: UUID, payload: ThanksWithPictureIn) -> WishOut:
    """Show the sentence with the picture, once whoever is on it agreed; for staff of its place."""
    return WishOut.of(
        operations.show_thanks_with_picture(
            actor=actor_of(request), at=now(), wish=_wish(wish_id), thanks=payload.thanks, read=payload.read,
            agreed=payload.agreed,
        )
    )  # fmt: skip


@router.post("/{wish_id}/thanks/picture/take-down", response=WishOut, summary="Take the picture off the wall")
@decorate_view(idempotent)
def hide_picture(request: HttpRequest, wish_id: UUID, payload: WishWordsIn) -> WishOut:
    """Take the picture off the wall again, the sentence stays; for staff of its place."""
    return WishOut.of(
        operations.hide_picture(actor=actor_of(request), at=now(), wish=_wish(wish_id), words=payload.words)
    )


@router.post("/{wish_id}/thanks/take-down", response=WishOut, summary="Take the thanks off the wall")
@decorate_view(idempotent)
def hide_thanks(request: HttpRequest, wish_id: UUID, payload: WishWordsIn) -> WishOut:
    """Take the sentence of thanks off the wall, with its picture; for staff of its place."""
    return WishOut.of(
        operations.hide_thanks(actor=actor_of(request), at=now(), wish=_wish(wish_id), words=payload.words)
    )


def _wish(uuid: UUID) -> Wish:
    return queries.wish_by_uuid(uuid=uuid)
