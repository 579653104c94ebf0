"""Setting a terminal up by a code that is good once, and taking it out of service."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.core.scope import Scope, scoped
from sidan.desk.policies import spoken_code
from sidan.kiosk import operations, queries
from sidan.kiosk.forms import SetupForm
from sidan.kiosk.models import KioskOrder, KioskTerminal
from sidan.kiosk.operations.terminals import OutOfService, WrongSetupCode
from sidan.kiosk.permissions import NotYourTerminals
from sidan.people.access import scope_for
from sidan.people.operations import LockedOut
from tests.kiosk.helpers import PHONE, enrolled, it_is, kiosk
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later

pytestmark = pytest.mark.django_db


def test_a_code_sets_one_terminal_up_once(scene: Scene) -> None:
    invited = operations.invite_terminal(actor=scene.actor("keeper"), at=AT, place=scene.station, name="大厅")
    terminal, token = operations.enrol_terminal(at=later(minutes=5), code=invited.code, address="10.0.0.1")
    assert queries.terminal_of_token(token=token) == terminal
    assert token.encode() not in bytes(terminal.token_hash or b"")
    with pytest.raises(WrongSetupCode):
        operations.enrol_terminal(at=later(minutes=6), code=invited.code, address="10.0.0.1")
    assert [entry.verb for entry in AuditEntry.objects.filter(subject_kind="kiosk").order_by("id")] == [
        "kiosk.invited", "kiosk.enrolled",
    ]  # fmt: skip


def test_a_code_is_too_old_after_half_an_hour(scene: Scene) -> None:
    invited = operations.invite_terminal(actor=scene.actor("keeper"), at=AT, place=scene.station, name="大厅")
    with pytest.raises(WrongSetupCode):
        operations.enrol_terminal(at=later(minutes=31), code=invited.code, address="10.0.0.1")


def test_guessing_codes_is_stopped(scene: Scene) -> None:
    operations.invite_terminal(actor=scene.actor("keeper"), at=AT, place=scene.station, name="大厅")
    for _try in range(5):
        with pytest.raises(WrongSetupCode):
            operations.enrol_terminal(at=AT, code="00000000", address="10.0.0.9")
    with pytest.raises(LockedOut):
        operations.enrol_terminal(at=AT, code="00000000", address="10.0.0.9")


def test_only_who_runs_the_place_keeps_its_terminals(scene: Scene) -> None:
    terminal, _token = enrolled(scene)
    for name in ("mallory", "li", "wang", "zhou"):
        with pytest.raises(NotYourTerminals):
            operations.invite_terminal(actor=scene.actor(name), at=AT, place=scene.station, name="大厅")
        with pytest.raises(NotYourTerminals):
            operations.revoke_terminal(actor=scene.actor(name), at=AT, terminal=terminal)
    with scoped(scope_for(scene.actor("mallory"))):
        assert not KioskTerminal.objects.exists()


def test_out_of_service_opens_nothing_and_stays_so(scene: Scene) -> None:
    terminal, token = enrolled(scene)
    operations.revoke_terminal(actor=scene.actor("keeper"), at=later(hours=1), terminal=terminal)
    assert queries.terminal_of_token(token=token) is None
    assert kiosk(token).get("/kiosk/").headers["Location"] == "/kiosk/setup/"
    with pytest.raises(OutOfService):
        operations.invite_again(actor=scene.actor("keeper"), at=later(hours=2), terminal=terminal)
    with pytest.raises(IntegrityError), transaction.atomic():
        KioskTerminal.unscoped.filter(pk=terminal.pk).update(token_hash=b"x" * 32, enrolled_at=AT)


def test_a_new_code_ends_what_the_terminal_had(scene: Scene) -> None:
    terminal, token = enrolled(scene)
    invited = operations.invite_again(actor=scene.actor("keeper"), at=later(hours=1), terminal=terminal)
    assert queries.terminal_of_token(token=token) is None
    _same, fresh = operations.enrol_terminal(at=later(hours=1), code=invited.code, address="10.0.0.1")
    assert queries.terminal_of_token(token=fresh) == terminal


def test_at_which_terminal_is_never_changed(scene: Scene) -> None:
    terminal, _token = enrolled(scene)
    order = scene.placed()
    KioskOrder.objects.create(terminal=terminal, order=order, act=order.uuid, at=AT)
    for statement in ("UPDATE kiosk_kioskorder SET at = now()", "DELETE FROM kiosk_kioskorder"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_when_it_was_seen_is_written_now_and_then(scene: Scene) -> None:
    terminal, _token = enrolled(scene)
    operations.note_seen(at=later(minutes=2), terminal=terminal)
    operations.note_seen(at=later(minutes=6), terminal=terminal)
    with scoped(Scope(unlimited=True, reason="a test")):
        assert KioskTerminal.objects.get().seen_at == AT + timedelta(minutes=6)


def test_the_console_gives_out_a_code_and_the_device_becomes_the_terminal(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    it_is(monkeypatch, later(minutes=1))
    staff, url = browser(scene, "keeper"), reverse("kiosk:terminals")
    assert "No terminal yet" in text_of(staff.get(url))
    page = staff.post(url, {"name": "大厅", "place": str(scene.station.uuid)}).content.decode()
    code = page.partition('id="setup-code" translate="no">')[2][:9]
    device = kiosk()
    assert device.get("/kiosk/").headers["Location"] == "/kiosk/setup/"
    assert device.post("/kiosk/setup/", {"code": "00000000"}).status_code == 422
    done = device.post("/kiosk/setup/", {"code": code.replace(" ", "")})
    cookie = done.cookies["sidan_kiosk"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/kiosk/")
    assert "What can we do for you?" in text_of(device.get("/kiosk/"))
    assert "last seen" in text_of(staff.get(url))
    terminal = KioskTerminal.unscoped.get()
    asked = text_of(staff.get(reverse("kiosk:ask_revoke", args=[terminal.uuid])))
    assert "nobody can order there" in asked
    staff.post(reverse("kiosk:revoke", args=[terminal.uuid]))
    assert device.get("/kiosk/services/").headers["Location"] == "/kiosk/setup/"
    assert PHONE not in page


def test_terminals_are_found_by_name_and_place(scene: Scene) -> None:
    for name in ("大厅", "门口"):
        enrolled(scene, name=name)
    staff, url = browser(scene, "keeper"), reverse("kiosk:terminals")
    page = text_of(staff.get(url, {"q": f"门口 {scene.station.short_name}"}))
    assert "门口" in page
    assert "大厅" not in page
    assert "Nothing fits" in text_of(staff.get(url, {"q": "没有的"}))


def test_terminals_stand_behind_chips_are_sorted_and_taken_along(scene: Scene) -> None:
    enrolled(scene, name="大厅")
    staff, url = browser(scene, "keeper"), reverse("kiosk:terminals")
    found = {
        "standing=in_use": True,
        "standing=revoked": False,
        "standing=to_set_up": False,
        "sort=-place_key": True,
    }
    for asked, is_there in found.items():
        assert (
            "<strong>大厅</strong>" in staff.get(f"{url}?{asked}&count=1").content.decode()
        ) == is_there, asked
    table = b"".join(staff.get(reverse("kiosk:export")).streaming_content).decode()
    assert ("大厅" in table, "In use" in table) == (True, True)
    assert AuditEntry.objects.filter(verb="kiosk.exported").count() == 1
    code = staff.post(url, {"name": "门口", "place": str(scene.station.uuid)}).content.decode()
    assert ('id="setup-code"' in code, 'name="query"' in code) == (True, False)


@pytest.mark.parametrize("typed", ["{} {}", "{}-{}", " {}{} ", "{}\u3000{}"])
def test_the_code_is_taken_as_it_is_printed(scene: Scene, typed: str) -> None:
    invited = operations.invite_terminal(actor=scene.actor("keeper"), at=AT, place=scene.station, name="大厅")
    form = SetupForm({"code": typed.format(invited.code[:4], invited.code[4:])})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["code"] == invited.code
    assert int(form.fields["code"].widget.attrs["maxlength"]) > len(spoken_code(invited.code))


def test_the_digits_of_a_chinese_keyboard_are_digits_and_letters_are_not() -> None:
    assert SetupForm({"code": "２０２６ ０７３４"}).is_valid()
    assert not SetupForm({"code": "2026 073"}).is_valid()
    assert not SetupForm({"code": "2026 O734"}).is_valid()
