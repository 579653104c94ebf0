"""Calls back to residents, and codes on paper."""

from sidan.desk.models.confirming import AccessCode, Confirmation

__all__ = ["AccessCode", "Confirmation"]
