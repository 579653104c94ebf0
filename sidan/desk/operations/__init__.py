"""Every write of the desk."""

from sidan.desk.operations.codes import WrongOrderCode, issue_code, issue_own_code, open_by_code
from sidan.desk.operations.confirming import NothingToConfirm, confirm_order
from sidan.desk.operations.paper import number_services

__all__ = [
    "NothingToConfirm",
    "WrongOrderCode",
    "confirm_order",
    "issue_code",
    "issue_own_code",
    "number_services",
    "open_by_code",
]
