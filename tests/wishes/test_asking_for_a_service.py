"""Who reads a wish and may not draft a service is told who may, and can ask them."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from sidan.core.errors import Forbidden
from sidan.core.scope import everything
from sidan.notify.models import Notice
from sidan.wishes import operations, queries
from sidan.wishes.models import ProjectAsked
from sidan.wishes.operations.asking import NobodyDrafts, OwnLibrary, ServiceAskedAlready
from tests.cast import Cast
from tests.orders.browsing import sent, text_of
from tests.wishes.test_pages import english
from tests.wishes.test_wishes import LATER, wished

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["dispatcher", "practitioner"])
def test_who_may_not_draft_reads_who_may_and_asks_them_once(cast: Cast, name: str) -> None:
    wish = wished(cast)
    url, client = reverse("wishes:staff_wish", args=[wish.uuid]), english(getattr(cast, name).client())
    page = text_of(client.get(url))
    assert "draft new services: " in page
    assert "Ask them for a new service" in page
    for answer in ("They were told", "asked for a service already"):
        page = sent(client, reverse("wishes:ask_project", args=[wish.uuid]), {})
        assert answer in page
        assert "None is drafted yet." in page
    told = Notice.objects.filter(kind="wish_project_asked")
    assert told.exists()
    assert not told.exclude(account__in=[cast.manager.account, cast.director.account]).exists()
    name_of_asker = getattr(cast, name).person.name
    drafter = next(one for one in (cast.manager, cast.director) if told.filter(account=one.account).exists())
    page = text_of(english(drafter.client()).get(told.get(account=drafter.account).link))
    assert f"{name_of_asker} asked for a new service for this wish" in page
    assert "Ask them for a new service" not in page


def test_who_manages_the_library_or_has_no_part_in_it_does_not_ask(cast: Cast) -> None:
    wish = wished(cast)
    with pytest.raises(OwnLibrary):
        operations.ask_for_project(actor=cast.manager.actor, at=LATER, wish=wish)
    for name in ("zhou", "volunteer", "supervisor", "mallory"):
        with pytest.raises(Forbidden):
            operations.ask_for_project(actor=getattr(cast, name).actor, at=LATER, wish=wish)
    assert not ProjectAsked.objects.exists()


def test_a_wish_that_was_answered_is_asked_for_no_more(cast: Cast) -> None:
    wish = wished(cast)
    operations.answer_wish(actor=cast.manager.actor, at=LATER, wish=wish, words="已有人送去")
    with everything("a test"), pytest.raises(operations.WishMovedOn):
        operations.ask_for_project(actor=cast.dispatcher.actor, at=LATER, wish=wish)


def test_where_nobody_manages_it_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wish = wished(cast)
    monkeypatch.setattr("sidan.wishes.operations.asking.accounts_with_roles", lambda **_where: [])
    monkeypatch.setattr(queries, "drafters_for", lambda **_wish: None)
    with pytest.raises(NobodyDrafts):
        operations.ask_for_project(actor=cast.dispatcher.actor, at=LATER, wish=wish)
    page = text_of(english(cast.dispatcher.client()).get(reverse("wishes:staff_wish", args=[wish.uuid])))
    assert "Please call the center." in page


def test_that_one_asked_is_never_changed(cast: Cast) -> None:
    operations.ask_for_project(actor=cast.dispatcher.actor, at=LATER, wish=wished(cast))
    with pytest.raises(ServiceAskedAlready):
        operations.ask_for_project(
            actor=cast.practitioner.actor, at=LATER, wish=ProjectAsked.objects.get().wish
        )
    for sql in ("UPDATE wishes_projectasked SET at = now()", "DELETE FROM wishes_projectasked"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
