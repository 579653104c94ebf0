"""Every write of coming and going."""

from sidan.attendance.operations.appending import AlreadyMarked, CodeUsed, LeftBeforeComing, NotCheckedIn
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
    HandNeedsReason,
    NoPointToMeasure,
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
from sidan.attendance.operations.receiving import (
    MOST_RECORDS,
    Received,
    RecordFacts,
    RecordOfAnother,
    RecordTooOld,
    TooManyRecords,
    receive,
)
from sidan.attendance.operations.trying import TooManyCodes, tries_counted

__all__ = [
    "MOST_RECORDS",
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
    "Received",
    "RecordFacts",
    "RecordOfAnother",
    "RecordTooOld",
    "Target",
    "Told",
    "TooManyCodes",
    "TooManyRecords",
    "Where",
    "WrongCode",
    "confirm_mark",
    "derive_intervals",
    "forget_points",
    "forget_tries",
    "give_location_consent",
    "mark",
    "receive",
    "require_second_person",
    "revoke_location_consent",
    "tries_counted",
]
