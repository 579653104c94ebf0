"""Every write of coming and going."""

from sidan.attendance.operations.confirming import (
    AlreadySaid,
    NotTheSame,
    confirm_mark,
    require_second_person,
)
from sidan.attendance.operations.consenting import (
    NoLeaveToRead,
    give_location_consent,
    revoke_location_consent,
)
from sidan.attendance.operations.deriving import derive_intervals
from sidan.attendance.operations.forgetting import forget_points, forget_tries
from sidan.attendance.operations.marking import (
    AlreadyMarked,
    CodeUsed,
    HandNeedsReason,
    LeftBeforeComing,
    NoPointToMeasure,
    NotCheckedIn,
    NotYetThen,
    OnlyByHandLater,
    Proof,
    ReadByAnother,
    Reading,
    Target,
    Told,
    Where,
    WrongCode,
    mark,
)
from sidan.attendance.operations.receiving import RecordFacts, keep_record
from sidan.attendance.operations.trying import TooManyCodes, tries_counted

__all__ = [
    "AlreadyMarked",
    "AlreadySaid",
    "CodeUsed",
    "HandNeedsReason",
    "LeftBeforeComing",
    "NoLeaveToRead",
    "NoPointToMeasure",
    "NotCheckedIn",
    "NotTheSame",
    "NotYetThen",
    "OnlyByHandLater",
    "Proof",
    "ReadByAnother",
    "Reading",
    "RecordFacts",
    "Target",
    "Told",
    "TooManyCodes",
    "Where",
    "WrongCode",
    "confirm_mark",
    "derive_intervals",
    "forget_points",
    "forget_tries",
    "give_location_consent",
    "keep_record",
    "mark",
    "require_second_person",
    "revoke_location_consent",
    "tries_counted",
]
