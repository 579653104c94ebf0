"""Every write to the tree of places, to the divisions and to the calendar of working days."""

from sidan.places.operations.facts import PlaceFacts, add_photo, correct_place, remove_photo
from sidan.places.operations.lifecycle import close_place, move_place, open_place, rename_place
from sidan.places.operations.pop_ups import NewPopUp, Stop, announce_pop_up, call_off_pop_up, change_pop_up
from sidan.places.operations.rounds import NewRounds, announce_rounds, check_rounds
from sidan.places.operations.working_days import load_national_days, read_national_days, set_working_day

__all__ = [
    "NewPopUp",
    "NewRounds",
    "PlaceFacts",
    "Stop",
    "add_photo",
    "announce_pop_up",
    "announce_rounds",
    "call_off_pop_up",
    "change_pop_up",
    "check_rounds",
    "close_place",
    "correct_place",
    "load_national_days",
    "move_place",
    "open_place",
    "read_national_days",
    "remove_photo",
    "rename_place",
    "set_working_day",
]
