"""Places, the official divisions, and which days are worked."""

from sidan.places.models.division import Division
from sidan.places.models.place import Place, PlaceChange, PlaceLink, PlacePhoto
from sidan.places.models.pop_up import PopUp, PopUpStop
from sidan.places.models.working_day import WorkingDayEntry

__all__ = [
    "Division",
    "Place",
    "PlaceChange",
    "PlaceLink",
    "PlacePhoto",
    "PopUp",
    "PopUpStop",
    "WorkingDayEntry",
]
