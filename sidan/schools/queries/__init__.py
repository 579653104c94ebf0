"""Every question about evening micro-schools."""

from sidan.schools.queries.attending import Attended, attended, came_to, viewers_of
from sidan.schools.queries.figures import (
    Attendances,
    OfMonth,
    OfPlace,
    all_places,
    figures_by_month,
    figures_by_place,
)
from sidan.schools.queries.finding import (
    CHIPS,
    PupilFilter,
    SchoolFilter,
    coming_to,
    count_by_uuid,
    desk,
    held_by,
    history,
    keeps_schools_near,
    open_online,
    own_pupil,
    own_schools,
    pictures_in_use,
    places_to_keep,
    public_schools,
    pupil_by_uuid,
    pupils_of,
    said_with,
    school_by_uuid,
    schools_to_choose,
    session_by_uuid,
    sessions_of,
    why_closed,
)
from sidan.schools.queries.series import schools_of_series

__all__ = [
    "CHIPS", "Attendances", "Attended", "OfMonth", "OfPlace", "PupilFilter", "SchoolFilter", "all_places", "attended",
    "came_to", "coming_to", "count_by_uuid", "desk", "figures_by_month", "figures_by_place", "held_by", "history",
    "keeps_schools_near",
    "open_online", "own_pupil", "own_schools", "pictures_in_use", "places_to_keep", "public_schools", "pupil_by_uuid",
    "pupils_of", "said_with", "school_by_uuid", "schools_of_series", "schools_to_choose", "session_by_uuid",
    "sessions_of", "viewers_of", "why_closed",
]  # fmt: skip
