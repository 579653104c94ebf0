"""Whose hours those at a stall are."""

from collections.abc import Collection, Mapping

from sidan.activities.enums import STANDING
from sidan.activities.models import Enrolment
from sidan.fairs.enums import THERE
from sidan.fairs.models import Stallholder


def teams_served(cause_ids: Collection[int], person_ids: Collection[int]) -> Mapping[tuple[int, int], int]:
    """Return of which team those were who signed up to help at a stall that a team has, by cause and person.

    Two queries. Whoever helps at a stall of an organisation from outside, or of a team that did not come, is not among
    them: their hours are the fair's. (R-Z1, R-A8)
    """
    rows = Enrolment.unscoped.filter(
        activity__gathering__helpers__in=cause_ids, person__in=person_ids, state__in=sorted(STANDING)
    )
    posts = list(rows.values_list("activity__gathering__helpers", "person", "post"))
    holders = Stallholder.unscoped.filter(
        stall__post__in={post for _cause, _person, post in posts}, state__in=sorted(THERE), team__isnull=False
    )
    teams = dict(holders.order_by("id").values_list("stall__post", "team"))
    return {(cause, person): teams[post] for cause, person, post in posts if post in teams}
