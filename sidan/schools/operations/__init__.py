"""Every write of evening micro-schools."""

from sidan.schools.operations.classes import (
    ClassFiled,
    HadAlready,
    HadOnline,
    Held,
    NoClass,
    NoSeriesHere,
    RoomTaken,
    SchoolFromElsewhere,
    end_series,
    have_class,
    have_made,
    have_series,
    put_address,
    take_class_off,
)
from sidan.schools.operations.door import SchoolClosed, SchoolMovedOn
from sidan.schools.operations.keeping import (
    SchoolFacts,
    SchoolNameTaken,
    close_school,
    edit_school,
    found_school,
    hang_picture,
    reopen_school,
)
from sidan.schools.operations.pupils import PupilAlready, join, leave, write_down
from sidan.schools.operations.watching import (
    BadDayOfViewers,
    CorrectedAlready,
    CountedAlready,
    NotAPupil,
    NotOnline,
    NotYourOwnNumber,
    SaidAlready,
    Viewers,
    WasInTheRoom,
    WindowShut,
    WordGiven,
    confirm_viewers,
    correct_viewers,
    count_viewers,
    deny_viewers,
    say_with_it,
)

__all__ = [
    "BadDayOfViewers", "ClassFiled", "CorrectedAlready", "CountedAlready", "HadAlready", "HadOnline", "Held", "NoClass",
    "NoSeriesHere", "NotAPupil", "NotOnline", "NotYourOwnNumber", "PupilAlready", "RoomTaken", "SaidAlready",
    "SchoolClosed", "SchoolFacts", "SchoolFromElsewhere", "SchoolMovedOn", "SchoolNameTaken", "Viewers", "WasInTheRoom",
    "WindowShut", "WordGiven", "close_school", "confirm_viewers", "correct_viewers", "count_viewers", "deny_viewers",
    "edit_school", "end_series", "found_school", "hang_picture", "have_class", "have_made", "have_series", "join",
    "leave", "put_address", "reopen_school", "say_with_it", "take_class_off", "write_down",
]  # fmt: skip
