"""The outbox in the console, and the page of one's own choices."""

from datetime import timedelta

import pytest

from sidan.audit.models import AuditEntry
from sidan.core.clock import now
from sidan.core.ids import uuid7
from sidan.notify import operations, queries
from sidan.notify.channels import registry
from sidan.notify.enums import Address, DeliveryState, Topic
from sidan.notify.models import Delivery
from sidan.notify.permissions import OUTBOX_ROLES, MayNotSeeOutbox
from sidan.notify.views.outbox import CHANNELS
from sidan.people import operations as people
from sidan.people.enums import Role
from tests.cast import Cast
from tests.matrix.stage_talk import give_up_a_message
from tests.notify.test_outbox import Fake, phone_channel

__all__ = ["phone_channel"]
pytestmark = pytest.mark.django_db


def test_the_roles_are_those_of_people() -> None:
    assert {Role.SYSTEM_ADMIN} == OUTBOX_ROLES


def test_every_channel_has_a_name() -> None:
    assert set(registry.active_channels()) <= set(CHANNELS)


def test_what_was_given_up_is_shown_with_its_reason_and_without_its_secrets(cast: Cast) -> None:
    give_up_a_message(cast.zhou.account.pk)
    code = operations.send_code(phone="12012345678", code="482913", minutes=5, at=now())
    Delivery.objects.filter(pk=code).update(state=DeliveryState.GIVEN_UP, last_error="ConnectionRefusedError")
    page = cast.system_admin.client().get("/console/outbox/").content.decode()
    assert "服务商不接受（应答 400）。" in page
    assert "对方地址没有应答。" in page
    for secret in ("12900008888", "8888", "点单已派出", "482913", "12012345678"):
        assert secret not in page
    assert page.count("重新发送</button>") == 2, (
        "one for the message, one for all, and none for a code that would come late"
    )


def test_a_channel_that_is_not_set_up_is_told_in_words(cast: Cast) -> None:
    code = operations.send_code(phone="12012345678", code="482913", minutes=5, at=now())
    Delivery.objects.filter(pk=code).update(channel="sms", last_error="no_such_channel")
    page = cast.system_admin.client().get("/console/outbox/?state=waiting").content.decode()
    assert "本系统现在没有设置这个渠道，设置好后再发。" in page
    assert '<td data-label="渠道">短信</td>' in page


def test_one_message_and_then_all_are_sent_again(cast: Cast, phone_channel: Fake) -> None:
    client = cast.system_admin.client()
    first, _second = (give_up_a_message(cast.zhou.account.pk) for _turn in range(2))
    Delivery.objects.update(channel="fake")
    client.post(f"/console/outbox/{first}/again/")
    # In the middle of the night neither would leave: they are this resident's.
    noon = now().replace(hour=4) + timedelta(days=1)
    while operations.deliver_next(at=noon):
        continue
    assert len(phone_channel.sent) == 1
    client.post("/console/outbox/again/")
    while operations.deliver_next(at=noon):
        continue
    assert len(phone_channel.sent) == 2
    assert {row.state for row in Delivery.objects.all()} == {DeliveryState.SENT}
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"outbox.send_again", "outbox.send_all_again"} <= verbs


def test_what_cannot_be_sent_again_is_told(cast: Cast) -> None:
    actor, at = cast.system_admin.actor, now()
    given_up = give_up_a_message(cast.zhou.account.pk)
    operations.send_again(actor=actor, at=at, uuid=given_up)
    assert not any(line.failing for line in queries.outbox_summary()), "nothing was tried in vain since"
    with pytest.raises(operations.NotGivenUp):
        operations.send_again(actor=actor, at=at, uuid=given_up)
    code = Delivery.objects.get(pk=operations.send_code(phone="12012345678", code="1", minutes=5, at=at))
    with pytest.raises(operations.CodeRanOut):
        operations.send_again(actor=actor, at=at, uuid=code.uuid)
    assert operations.send_all_again(actor=actor, at=at) == 0
    assert cast.system_admin.client().post(f"/console/outbox/{uuid7()}/again/").status_code == 404


def test_only_the_system_administrator_sees_it(cast: Cast) -> None:
    for someone in (cast.manager, cast.security_admin, cast.zhou):
        with pytest.raises(MayNotSeeOutbox):
            queries.outbox_page(actor=someone.actor, state="given_up")
        with pytest.raises(MayNotSeeOutbox):
            operations.send_all_again(actor=someone.actor, at=now())


def test_the_choices_are_kept_and_shown_again(cast: Cast) -> None:
    client = cast.zhou.client()
    sent = {"quiet_from": "22:30", "quiet_until": "06:00", "digest_minutes": "240", "office_phone": "on"}
    assert client.post("/notices/settings/", sent).status_code == 303
    choices = queries.choices_of(account_ids=[cast.zhou.account.pk])[cast.zhou.account.pk]
    assert choices.wants(topic=Topic.OFFICE, way=Address.PHONE)
    assert not choices.wants(topic=Topic.MINE, way=Address.PHONE)
    assert choices.wants(topic=Topic.MINE, way=Address.EMAIL), (
        "of a way that the page does not show the default stays"
    )
    assert choices.rhythm.window == timedelta(hours=4)
    page = client.get("/notices/settings/").content.decode()
    assert 'value="22:30"' in page
    assert client.post("/notices/settings/", {**sent, "quiet_from": "25:00"}).status_code == 422


def test_the_same_over_the_api_changes_only_what_is_given(cast: Cast) -> None:

    token = people.issue_token(actor=cast.zhou.actor, at=now(), name="test")[0]
    client, url = cast.zhou.client(), "/api/v1/notices/settings"
    headers = {"HTTP_AUTHORIZATION": f"Bearer {token}", "content_type": "application/json"}
    wanted = [{"topic": "office", "way": "email", "wanted": False}]
    told = client.put(url, {"quiet_until": "09:00", "wanted": wanted}, **headers).json()
    assert (told["quiet_from"], told["quiet_until"], told["digest_minutes"]) == ("21:00", "09:00", 30)
    assert [one for one in told["wanted"] if one["topic"] == "office" and one["way"] == "email"] == [
        {"topic": "office", "way": "email", "wanted": False}
    ]
    assert client.put(url, {"digest_minutes": 2000}, **headers).status_code == 422
    twice = [*wanted, {**wanted[0], "wanted": True}]
    assert client.put(url, {"wanted": twice}, **headers).status_code == 422, "which of the two is meant?"
