"""However places are opened and moved, the kept closure is what one would work out by hand for every single day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.actor import SYSTEM
from sidan.core.errors import DomainError
from sidan.places.models import Place, PlaceLink
from sidan.places.operations import move_place, open_place
from sidan.places.policies import PATH_SIGN

START = date(2026, 1, 1)
DAYS = 12
AT = datetime(2026, 1, 1, 4, tzinfo=UTC) + timedelta(days=DAYS)

# Kinds that may stand under each other to any depth do not exist; three levels with many crossings do.
Step = tuple[str, int, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(["open", "move", "move"]), st.integers(0, 9), st.integers(0, 9), st.integers(0, DAYS)
    ),
    max_size=14,
)


class Oracle:
    """Who stood under whom on each day, written down day by day."""

    def __init__(self) -> None:
        self.parent_on: dict[int, dict[date, int | None]] = {}

    def put(self, place_id: int, parent_id: int | None, day: date) -> None:
        days = self.parent_on.setdefault(place_id, {})
        for offset in range((day - START).days, DAYS + 1):
            days[START + timedelta(days=offset)] = parent_id

    def links(self, day: date) -> set[tuple[int, int, int]]:
        found = set()
        for place_id, days in self.parent_on.items():
            if day not in days:
                continue
            depth, above = 0, place_id
            while above is not None:
                found.add((above, place_id, depth))
                above, depth = self.parent_on[above][day], depth + 1
        return found


def _play(steps_to_play: list[Step]) -> Oracle:
    oracle = Oracle()
    center = open_place(actor=SYSTEM, at=AT, kind="center", name="中心", parent_id=None, on=START)
    oracle.put(center.pk, None, START)
    places = [center]
    for number in range(3):
        places.append(
            open_place(
                actor=SYSTEM, at=AT, kind="institute", name=f"所{number}", parent_id=center.pk, on=START
            )
        )
        oracle.put(places[-1].pk, center.pk, START)
    kinds = ("station", "point", "base")
    for number, (verb, which, where, offset) in enumerate(steps_to_play):
        day = START + timedelta(days=offset)
        place, parent = places[which % len(places)], places[where % len(places)]
        try:
            if verb == "open":
                kind, name = kinds[which % 3], f"处{number}"
                place = open_place(actor=SYSTEM, at=AT, kind=kind, name=name, parent_id=parent.pk, on=day)
                places.append(place)
            else:
                move_place(actor=SYSTEM, at=AT, place_id=place.pk, parent_id=parent.pk, on=day)
        except DomainError:
            continue
        oracle.put(place.pk, parent.pk, day)
    return oracle


def _check(oracle: Oracle) -> None:
    for offset in range(DAYS + 1):
        day = START + timedelta(days=offset)
        kept = PlaceLink.objects.filter(during__contains=day)
        assert set(kept.values_list("ancestor_id", "descendant_id", "depth")) == oracle.links(day)
    for place in Place.objects.all():
        names, above = [place.short_name], place.parent
        while above is not None:
            names.append(above.short_name)
            above = above.parent
        assert place.path_names == PATH_SIGN.join(reversed(names))


@pytest.mark.django_db
@given(steps_to_play=steps)
def test_the_closure_of_every_day_is_what_the_parents_of_that_day_say(steps_to_play: list[Step]) -> None:
    with transaction.atomic():
        _check(_play(steps_to_play))
        transaction.set_rollback(True)
