"""The picture of a wish that came true: on the wall only with the consent of who is on it, and off it again."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.core.scope import everything
from sidan.files.models import StoredFile
from sidan.files.operations import store_picture
from sidan.wishes import operations
from sidan.wishes.models import Fulfilment, Wish, WishStep
from sidan.wishes.operations.thanking import NoPicture, NotOnWall, PictureNotAgreed
from sidan.wishes.permissions import WISH_PHOTO, NotYourWishesDesk
from tests.cast import Cast
from tests.wishes.test_pages import english, once, sent, text_of
from tests.wishes.test_wishes import LATER, adopted, again

pytestmark = pytest.mark.django_db
THANKS = "看得清报纸了"


def kept(cast: Cast) -> StoredFile:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(target, "JPEG")
    upload = SimpleUploadedFile("a.jpg", target.getvalue(), "image/jpeg")
    return store_picture(actor=cast.volunteer.actor, at=LATER, upload=upload.file, purpose=WISH_PHOTO)


def fulfilled(cast: Cast, *, photo: StoredFile | None = None) -> Wish:
    wish = adopted(cast)
    operations.fulfil_wish(actor=cast.volunteer.actor, at=LATER, wish=wish, words="送到了", photo=photo)
    return again(wish)


def seen(photo: StoredFile) -> int:
    """How a visitor who has not signed in is answered."""
    return Client().get(reverse("files:picture", args=[photo.uuid])).status_code


def test_thanks_hang_without_the_picture_unless_one_says_that_who_is_on_it_agreed(cast: Cast) -> None:
    photo = kept(cast)
    wish, staff = fulfilled(cast, photo=photo), {"actor": cast.manager.actor, "at": LATER}
    told = {"thanks": THANKS, "read": THANKS}
    operations.show_thanks(wish=wish, **staff, **told)
    assert seen(photo) == 404
    with pytest.raises(PictureNotAgreed):
        operations.show_thanks_with_picture(wish=again(wish), agreed=False, **staff, **told)
    assert seen(photo) == 404
    operations.show_thanks_with_picture(wish=again(wish), agreed=True, **staff, **told)
    assert seen(photo) == 200
    step = WishStep.objects.filter(wish=wish).latest("turn")
    assert (step.verb, step.actor_id) == ("show_picture", cast.manager.account.pk)
    operations.show_thanks(wish=again(wish), **staff, **told)
    assert seen(photo) == 404


def test_picture_and_thanks_come_off_the_wall_again(cast: Cast) -> None:
    photo = kept(cast)
    wish, staff = fulfilled(cast, photo=photo), {"actor": cast.manager.actor, "at": LATER}
    for hide in (operations.hide_picture, operations.hide_thanks):
        with pytest.raises(NotOnWall):
            hide(wish=again(wish), **staff)
    operations.show_thanks_with_picture(wish=again(wish), thanks=THANKS, read=THANKS, agreed=True, **staff)
    with pytest.raises(NotYourWishesDesk):
        operations.hide_picture(actor=cast.mallory.actor, at=LATER, wish=again(wish))
    operations.hide_picture(wish=again(wish), **staff)
    assert seen(photo) == 404
    assert THANKS in text_of(Client().get(reverse("wishes:wall"), {"chip": "fulfilled"}))
    operations.hide_thanks(wish=again(wish), **staff)
    assert THANKS not in text_of(Client().get(reverse("wishes:wall"), {"chip": "fulfilled"}))
    with pytest.raises(operations.WishMovedOn):
        operations.show_thanks(wish=wish, thanks=THANKS, read=THANKS, **staff)


def test_without_a_picture_none_is_hung_and_the_database_lets_none_hang_alone(cast: Cast) -> None:
    wish = fulfilled(cast)
    with pytest.raises(NoPicture):
        operations.show_thanks_with_picture(
            actor=cast.manager.actor, at=LATER, wish=wish, thanks=THANKS, read=THANKS, agreed=True
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Fulfilment.objects.update(photo_shown_at=LATER)


def test_what_the_wall_tells_does_not_end_the_wish_once_more(cast: Cast) -> None:
    wish = fulfilled(cast)
    operations.show_thanks(actor=cast.manager.actor, at=LATER, wish=wish, thanks=THANKS, read=THANKS)
    with everything("counting"):
        found = place_figures(
            root=cast.places.center, figures=["wishes.ended", "wishes.granted"], period=Period()
        )
    assert (found.total.total("wishes.ended"), found.total.total("wishes.granted")) == (1, 1)


def test_the_picture_is_in_the_preview_with_a_button_of_its_own(cast: Cast) -> None:
    photo = kept(cast)
    wish, client = fulfilled(cast, photo=photo), english(cast.manager.client())
    plain, pictured = (
        reverse(f"wishes:{name}", args=[wish.uuid]) for name in ("thanks", "thanks_with_picture")
    )
    read = client.post(plain, {"once": once(), "thanks": THANKS})
    assert "hang it up without the picture" in text_of(read)
    assert f'formaction="{pictured}"' in read.content.decode()
    whole = reverse("files:picture", args=[photo.uuid])
    assert f'src="{whole}"' in read.content.decode(), "all of it, as everybody will see it"
    told = {"thanks": THANKS, "confirmed": THANKS}
    unasked = client.post(pictured, {"once": once(), **told})
    assert "Please ask everybody on the picture first" in text_of(unasked)
    assert f'formaction="{pictured}"' in unasked.content.decode()
    assert seen(photo) == 404
    sent(client, pictured, {"once": once(), "agreed": "on", **told})
    assert seen(photo) == 200
    assert "whoever is on it agreed" in text_of(english(cast.zhou.client()).get(f"/wishes/{wish.uuid}/"))
    sent(
        client,
        reverse("wishes:hide_picture", args=[wish.uuid]),
        {"once": once(), "words": "孩子的妈妈不愿意"},
    )
    assert seen(photo) == 404


def test_faces_are_hidden_before_the_picture_of_a_wish_is_sent(cast: Cast) -> None:
    wish = adopted(cast)
    own = cast.volunteer.client().get(f"/wishes/{wish.uuid}/").content.decode()
    staff = cast.manager.client().get(reverse("wishes:staff_wish", args=[wish.uuid])).content.decode()
    assert ["data-blur-opener" in page for page in (own, staff)] == [True, True]
    assert "data-blur-opener" not in cast.zhou.client().get(f"/wishes/{wish.uuid}/").content.decode()
