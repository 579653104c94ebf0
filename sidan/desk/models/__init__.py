"""Calls back to residents, codes on paper, numbers of services."""

from sidan.desk.models.confirming import AccessCode, CallClaim, Confirmation
from sidan.desk.models.paper import ServiceNumber

__all__ = ["AccessCode", "CallClaim", "Confirmation", "ServiceNumber"]
