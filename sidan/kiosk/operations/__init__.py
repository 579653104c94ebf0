"""Every write of terminals."""

from sidan.kiosk.operations.acting import (
    choose_person,
    note_digits_shown,
    open_paper,
    order_at_terminal,
    prove_phone,
    resident_at,
    send_code,
)
from sidan.kiosk.operations.terminals import (
    Invited,
    enrol_terminal,
    invite_again,
    invite_terminal,
    note_seen,
    revoke_terminal,
)

__all__ = [
    "Invited",
    "choose_person",
    "enrol_terminal",
    "invite_again",
    "invite_terminal",
    "note_digits_shown",
    "note_seen",
    "open_paper",
    "order_at_terminal",
    "prove_phone",
    "resident_at",
    "revoke_terminal",
    "send_code",
]
