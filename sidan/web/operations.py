"""Keeping, renaming and throwing away one's own views of lists. Nobody else sees them: they are not audited."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, NotFound, NotSignedIn
from sidan.web.models import SavedView

MOST_VIEWS: Final = 20
"""Of one list; more chips than this are found no faster than the filters themselves."""


class NameTaken(Conflict):
    code = "view_name_taken"
    sentence = _("You have a view of this name already.")


class TooManyViews(Conflict):
    code = "too_many_views"
    sentence = _("A list can have twenty views. Please throw one away first.")


class NoSuchView(NotFound):
    """It is another's, or was thrown away."""


@transaction.atomic
def keep_view(*, actor: Actor, at: datetime, page: str, name: str, query: str) -> SavedView:
    """Keep a list as it is shown, under a name; the same name again takes the new filters.

    Raises:
        TooManyViews, NotSignedIn.
    """
    account_id = _account(actor)
    own = SavedView.objects.select_for_update().filter(account=account_id, page=page)
    known = next((view for view in own if view.name == name), None)
    if known is not None:
        known.query = query
        known.save(update_fields=["query"])
        return known
    if len(own) >= MOST_VIEWS:
        raise TooManyViews
    return SavedView.objects.create(account_id=account_id, page=page, name=name, query=query)


@transaction.atomic
def rename_view(*, actor: Actor, at: datetime, uuid: UUID, name: str) -> SavedView:
    """Give a view another name. Raises NameTaken, NoSuchView."""
    view = _own(actor, uuid)
    if (
        SavedView.objects.filter(account=view.account_id, page=view.page, name=name)
        .exclude(pk=view.pk)
        .exists()
    ):
        raise NameTaken
    view.name = name
    view.save(update_fields=["name"])
    return view


@transaction.atomic
def make_default(*, actor: Actor, at: datetime, uuid: UUID) -> SavedView:
    """Open the list with this view from now on. Raises NoSuchView."""
    view = _own(actor, uuid)
    SavedView.objects.filter(account=view.account_id, page=view.page, is_default=True).update(
        is_default=False
    )
    view.is_default = True
    view.save(update_fields=["is_default"])
    return view


@transaction.atomic
def end_default(*, actor: Actor, at: datetime, uuid: UUID) -> SavedView:
    """Open the list as it is again. Raises NoSuchView."""
    view = _own(actor, uuid)
    view.is_default = False
    view.save(update_fields=["is_default"])
    return view


@transaction.atomic
def throw_view_away(*, actor: Actor, at: datetime, uuid: UUID) -> str:
    """Remove a view and return the name of its list. Raises NoSuchView."""
    view = _own(actor, uuid)
    view.delete()
    return view.page


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise NotSignedIn
    return actor.account_id


def _own(actor: Actor, uuid: UUID) -> SavedView:
    view = SavedView.objects.select_for_update().filter(account=_account(actor), uuid=uuid).first()
    if view is None:
        raise NoSuchView
    return view
