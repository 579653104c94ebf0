"""Tables of service hours."""

from sidan.hours.models.claims import Claim, ClaimNote, ClaimStep
from sidan.hours.models.records import Entry, EntryNote, Occasion, Standing, Total

__all__ = ["Claim", "ClaimNote", "ClaimStep", "Entry", "EntryNote", "Occasion", "Standing", "Total"]
