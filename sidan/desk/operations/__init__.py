"""Every write of the desk."""

from sidan.desk.operations.codes import WrongOrderCode, issue_code, issue_own_code, open_by_code
from sidan.desk.operations.confirming import (
    BeingCalled,
    CalledEnough,
    NothingToConfirm,
    claim_call,
    confirm_order,
    release_call,
)
from sidan.desk.operations.paper import number_services

__all__ = [
    "BeingCalled",
    "CalledEnough",
    "NothingToConfirm",
    "WrongOrderCode",
    "claim_call",
    "confirm_order",
    "issue_code",
    "issue_own_code",
    "number_services",
    "open_by_code",
    "release_call",
]
