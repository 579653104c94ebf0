"""What is kept of reviews besides the reviews: rules, call-backs, flags, follow-ups, suggestions."""

from sidan.reviews.models.calling import CallBack, CallBackTry, CallBackWords
from sidan.reviews.models.following import FollowUp, Suggestion, SuggestionStep
from sidan.reviews.models.rules import ReviewRule
from sidan.reviews.models.standing import ReviewCheck, ReviewDevice, ReviewFlag, ReviewStanding, StandingNote

__all__ = [
    "CallBack",
    "CallBackTry",
    "CallBackWords",
    "FollowUp",
    "ReviewCheck",
    "ReviewDevice",
    "ReviewFlag",
    "ReviewRule",
    "ReviewStanding",
    "StandingNote",
    "Suggestion",
    "SuggestionStep",
]
