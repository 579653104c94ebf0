"""Pictures of the demo: a drawing for every kind of service, and what stands for photographs in the latest reports."""

import io
from datetime import datetime
from typing import Final

from sidan.catalogue.models import ProjectPhoto
from sidan.catalogue.permissions import PHOTO_PURPOSE
from sidan.core.actor import Actor
from sidan.files.models import StoredFile
from sidan.files.operations import store_picture
from sidan.orders.models import VisitPhoto, VisitReport
from sidan.orders.permissions import VISIT_PHOTO
from sidan.people.enums import Role
from sidan.people.models import Account
from sidan.people.queries import actor_for_account
from sidan.web.demo.catalogue import Offer
from sidan.web.demo.drawings import drawing_of, has_drawing, landscape
from sidan.web.demo.people import People
from sidan.web.demo.writing import write

PHOTOGRAPHS: Final = 16
"""The latest reports have a picture; more would only fill the disk."""


def make_pictures(*, people: People, offers: list[Offer], at: datetime) -> None:
    """Store the drawings, one for each kind that is published, and a few photographs; all sizes take the same."""
    manager = _actor(people.by_role[Role.MANAGER])
    files: dict[str, StoredFile] = {}
    for code in dict.fromkeys(offer.kind.code for offer in offers):
        if has_drawing(code):
            files[code] = stored(drawing_of(code), actor=manager, at=at, purpose=PHOTO_PURPOSE)
    write([
        ProjectPhoto(project=offer.project, file=files[offer.kind.code])
        for offer in offers if offer.kind.code in files
    ])  # fmt: skip
    reports = VisitReport.objects.select_related("reported_by").order_by("-reported_at", "-visit_id")[
        :PHOTOGRAPHS
    ]
    write([
        VisitPhoto(
            visit_id=report.visit_id,
            file=stored(
                landscape(nth), actor=_actor(report.reported_by), at=report.reported_at, purpose=VISIT_PHOTO
            ),
        )
        for nth, report in enumerate(reports)
    ])  # fmt: skip


def _actor(account: Account) -> Actor:
    actor = actor_for_account(account.pk)
    if actor is None:
        raise LookupError(f"account {account.pk} of the demo is closed")
    return actor


def stored(content: bytes, *, actor: Actor, at: datetime, purpose: str) -> StoredFile:
    return store_picture(actor=actor, at=at, upload=io.BytesIO(content), purpose=purpose)
