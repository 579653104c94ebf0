"""How a resident agreed that something is entered in their name: said, signed, or the picture of the paper (R-O3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import FieldProblem, Invalid
from sidan.files.models import StoredFile
from sidan.files.operations import store_picture
from sidan.files.permissions import FileNotYours
from sidan.files.queries import own_files
from sidan.orders.enums import ConsentWay
from sidan.orders.permissions import CONSENT_PAPER, require_entering
from sidan.orders.queries.page import papers_in_use
from sidan.people.models import Person


class ConsentMissing(Invalid):
    code = "consent_missing"
    sentence = _("Please say how the resident agreed that you order for them.")


class ConsentPaperMissing(Invalid):
    code = "consent_paper_missing"
    sentence = _("Please add the picture of the signed paper.")


@dataclass(frozen=True, slots=True)
class Consent:
    """How the resident agreed; the picture of the paper goes with `photo` and with nothing else."""

    way: str
    paper: StoredFile | None = None


SPOKEN: Final = Consent(way=ConsentWay.SPOKEN)


def check_consent(consent: Consent) -> None:
    """Refuse a consent without its way, or whose paper does not go with it.

    Raises:
        ConsentMissing, ConsentPaperMissing.
    """
    if consent.way not in ConsentWay.values:
        raise ConsentMissing(errors=[FieldProblem("/consent", ConsentMissing.sentence)])
    if (consent.way == ConsentWay.PHOTO) != (consent.paper is not None):
        raise ConsentPaperMissing(errors=[FieldProblem("/paper", ConsentPaperMissing.sentence)])


def consent_entered(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    way: str,
    picture: BinaryIO | None,
    purpose: str = CONSENT_PAPER,
) -> Consent:
    """Return the consent of a form, its picture stored; who may not enter for the person stores nothing.

    Raises:
        MayNotEnter; and what `store_picture` raises.
    """
    if way != ConsentWay.PHOTO or picture is None:
        return Consent(way=way)
    if person.home_place_id is not None:
        require_entering(actor=actor, place_id=person.home_place_id, county_id=person.county_id)
    return Consent(way=way, paper=store_picture(actor=actor, at=at, upload=picture, purpose=purpose))


def consent_named(*, actor: Actor, way: str, paper: UUID | None, purpose: str = CONSENT_PAPER) -> Consent:
    """Return the consent of a program, its paper uploaded before by the actor and named by no order yet.

    Raises:
        ConsentPaperMissing: there is none such.
    """
    if paper is None:
        return Consent(way=way)
    try:
        (file,) = own_files(actor=actor, uuids=[paper], purpose=purpose)
    except FileNotYours:
        file = None
    if file is None or papers_in_use([file.pk]):
        raise ConsentPaperMissing(errors=[FieldProblem("/paper", ConsentPaperMissing.sentence)])
    return Consent(way=way, paper=file)
