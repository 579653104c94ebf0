"""The wall tells how a wish came true: by a sentence alone, or with its picture once whoever is on it has agreed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, FieldProblem, Invalid
from sidan.wishes.models import Fulfilment, Wish
from sidan.wishes.operations.door import pass_door
from sidan.wishes.operations.handling import require_impersonal, require_read
from sidan.wishes.permissions import require_handling


class NoPicture(Conflict):
    code = "wish_without_picture"
    sentence = _("There is no picture of how this wish came true.")


class NotOnWall(Conflict):
    code = "not_on_wall"
    sentence = _("This does not hang on the wall any more.")


class PictureNotAgreed(Invalid):
    """Nobody has said that who is on the picture agreed: everybody would see it."""

    code = "picture_not_agreed"
    sentence = _("Please ask everybody on the picture first, or hang the sentence up without it.")

    def __init__(self) -> None:
        super().__init__(errors=[FieldProblem("/agreed", str(self.sentence))])


def show_thanks(*, actor: Actor, at: datetime, wish: Wish, thanks: str, read: str) -> Wish:
    """Show on the wall how a wish came true, in a public sentence without a picture; one that hung there comes off.

    Raises:
        NotYourWishesDesk, PersonalSentence
        SentenceNotRead: `read` is not what would hang there.
        WishMovedOn: it has not come true yet.
        Invalid: without a sentence.
    """
    _require_public(actor, wish, thanks, read)
    with transaction.atomic():
        pass_door(wish=wish, actor=actor, at=at, verb="show_thanks")
        Fulfilment.objects.filter(wish=wish).update(thanks=thanks, shown_at=at, photo_shown_at=None)
    return wish


def show_thanks_with_picture(
    *, actor: Actor, at: datetime, wish: Wish, thanks: str, read: str, agreed: bool
) -> Wish:
    """Show the sentence and the picture to everybody.

    Args:
        agreed: the actor says that whoever is on the picture agreed; the history keeps who said so, and when.

    Raises:
        as `show_thanks`
        PictureNotAgreed, NoPicture.
    """
    _require_public(actor, wish, thanks, read)
    if not agreed:
        raise PictureNotAgreed
    with transaction.atomic():
        pass_door(wish=wish, actor=actor, at=at, verb="show_picture")
        rows = Fulfilment.objects.filter(wish=wish, photo__isnull=False)
        if not rows.update(thanks=thanks, shown_at=at, photo_shown_at=at):
            raise NoPicture
    return wish


def hide_picture(*, actor: Actor, at: datetime, wish: Wish, words: str = "") -> Wish:
    """Take the picture off the wall; the sentence stays. Raises NotYourWishesDesk, WishMovedOn, NotOnWall."""
    require_handling(actor=actor, wish=wish)
    with transaction.atomic():
        pass_door(wish=wish, actor=actor, at=at, verb="hide_picture", words=words)
        if not Fulfilment.objects.filter(wish=wish, photo_shown_at__isnull=False).update(photo_shown_at=None):
            raise NotOnWall
    return wish


def hide_thanks(*, actor: Actor, at: datetime, wish: Wish, words: str = "") -> Wish:
    """Take the sentence off the wall, with its picture. Raises NotYourWishesDesk, WishMovedOn, NotOnWall."""
    require_handling(actor=actor, wish=wish)
    with transaction.atomic():
        pass_door(wish=wish, actor=actor, at=at, verb="hide_thanks", words=words)
        rows = Fulfilment.objects.filter(wish=wish, shown_at__isnull=False)
        if not rows.update(shown_at=None, photo_shown_at=None):
            raise NotOnWall
    return wish


def _require_public(actor: Actor, wish: Wish, thanks: str, read: str) -> None:
    require_handling(actor=actor, wish=wish)
    require_impersonal(wish=wish, texts=[thanks])
    if not thanks.strip():
        raise Invalid
    require_read(texts=[thanks], read=read)
