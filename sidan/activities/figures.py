"""What is counted of activities: what was held, who came, how many heads were counted (R-A6, R-C1).

Lectures are a kind of their own in each of them. Who was marked and how many heads were counted are never added up:
the crowd that signs nothing holds those who signed, too.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import ActivityKind, Platform, Task
from sidan.core.figures import Figure, Source, Words, register_source

_DAY: Final = "({} AT TIME ZONE 'Asia/Shanghai')::date"
_BEGINS: Final = _DAY.format("lower(activity.during)")

STEPS: Final = f"""
SELECT activity.place_id, {_BEGINS} AS stood_on, {_BEGINS} AS day, part.figure, part.key, 1 AS change
FROM activities_activitystep step
JOIN activities_activity activity ON activity.id = step.activity_id
CROSS JOIN LATERAL (VALUES
    ('activities.held', activity.kind, 'end'),
    ('activities.held_by_task', activity.task, 'end'),
    ('activities.held_by_platform', activity.platform, 'end'),
    ('activities.called_off', activity.kind, 'cancel')
) AS part(figure, key, verb)
WHERE step.id > %(after)s AND step.id <= %(upto)s AND step.verb = part.verb
"""
"""Held is what came to its end; neither an end nor a calling off is ever taken back."""

_MOST: Final = """
SELECT max(said.people) AS heads FROM activities_headcount said
WHERE said.activity_id = counted.activity_id AND said.id {upto} counted.id AND NOT EXISTS (
    SELECT 1 FROM activities_headcount later WHERE later.instead_of_id = said.id AND later.id {upto} counted.id
)
"""
HEADS: Final = f"""
SELECT activity.place_id, first.day AS stood_on, first.day, part.figure, part.key,
       coalesce(after.heads, 0) - coalesce(before.heads, 0) AS change
FROM activities_headcount counted
JOIN activities_activity activity ON activity.id = counted.activity_id
CROSS JOIN LATERAL ({_MOST.format(upto="<")}) before
CROSS JOIN LATERAL ({_MOST.format(upto="<=")}) after
CROSS JOIN LATERAL (
    SELECT {_DAY.format("said.at")} AS day FROM activities_headcount said
    WHERE said.activity_id = counted.activity_id ORDER BY said.id LIMIT 1
) first
CROSS JOIN LATERAL (VALUES
    ('activities.heads', activity.kind),
    ('activities.heads_by_task', activity.task),
    ('activities.heads_by_platform', activity.platform)
) AS part(figure, key)
WHERE counted.id > %(after)s AND counted.id <= %(upto)s
"""
"""The most that stood there at a time: a count that is higher adds what is more, one that gave way takes off what was
too much. All on the day of the first, so that no day ever has fewer than none."""

_CAUSES: Final = """
(SELECT activity_id, helpers_id AS cause_id, helpers_id, guests_id FROM activities_gathering
 UNION ALL SELECT activity_id, guests_id, helpers_id, guests_id FROM activities_gathering) gathering
"""
_STOOD: Final = """
SELECT CASE WHEN bool_or(said.cause_id = gathering.helpers_id) THEN 'helpers' WHEN count(*) > 0 THEN 'guests' END
       AS role
FROM attendance_mark said
WHERE said.person_id = written.person_id AND said.direction = 'in'
  AND said.cause_id IN (gathering.helpers_id, gathering.guests_id)
  AND {known} AND NOT EXISTS (
    SELECT 1 FROM attendance_mark newer WHERE newer.instead_of_id = said.id AND {replaced}
) AND (said.grade <> 'weak' OR EXISTS (
    SELECT 1 FROM attendance_confirmation word WHERE word.mark_id = said.id AND word.is_right AND {heard}
))
"""
_PEOPLE: Final = f"""
SELECT activity.place_id, first.day AS stood_on, first.day, part.figure, part.key, part.change
FROM {{event}}
JOIN {_CAUSES} ON gathering.cause_id = written.cause_id
-- Looked up: the planner believes that one row changes, and joined it would compare each mark with all activities.
CROSS JOIN LATERAL (
    SELECT place_id, kind, task, platform FROM activities_activity WHERE id = gathering.activity_id OFFSET 0
) activity
CROSS JOIN LATERAL ({{before}}) before
CROSS JOIN LATERAL ({{after}}) after
CROSS JOIN LATERAL (
    SELECT {_DAY.format("said.at")} AS day FROM attendance_mark said
    WHERE said.person_id = written.person_id AND said.direction = 'in'
      AND said.cause_id IN (gathering.helpers_id, gathering.guests_id)
    ORDER BY said.recorded_at, said.id LIMIT 1
) first
CROSS JOIN LATERAL (VALUES (before.role, -1), (after.role, 1)) AS stood(role, change)
CROSS JOIN LATERAL (VALUES
    ('activities.came', stood.role, stood.change),
    ('activities.came_by_kind', activity.kind, stood.change),
    ('activities.came_by_task', activity.task, stood.change),
    ('activities.came_by_platform', activity.platform, stood.change)
) AS part(figure, key, change)
WHERE written.direction = 'in' AND before.role IS DISTINCT FROM after.role AND stood.role IS NOT NULL AND {{which}}
"""
"""Whoever came as a guest and was then asked to help is one person, who helps: each row changes what somebody was
there before it into what they were after it. Its moment says what was known by then, of what came to two tables."""


def _until_mark(sign: str) -> str:
    upto = "({0}.recorded_at, {0}.id) " + sign + " (written.recorded_at, written.id)"
    return _STOOD.format(
        known=upto.format("said"),
        replaced=upto.format("newer"),
        heard="word.said_at <= written.recorded_at",
    )


def _until_word(of_itself: str) -> str:
    upto = "{0}.recorded_at < told.said_at"
    return _STOOD.format(
        known=upto.format("said"), replaced=upto.format("newer"),
        heard=f"(word.said_at < told.said_at {of_itself} word.id = told.id)",
    )  # fmt: skip


MARKS: Final = _PEOPLE.format(
    event="attendance_mark written", before=_until_mark("<"), after=_until_mark("<="),
    which="written.id > %(after)s AND written.id <= %(upto)s",
)  # fmt: skip
WORDS: Final = _PEOPLE.format(
    event="attendance_confirmation told JOIN attendance_mark written ON written.id = told.mark_id",
    before=_until_word("AND NOT"), after=_until_word("OR"),
    which="told.is_right AND told.id > %(after)s AND told.id <= %(upto)s",
)  # fmt: skip
"""A second person said that somebody was there whom one had only written down: from then on they count."""


def _kinds() -> Words:
    return dict(ActivityKind.choices)


def _tasks() -> Words:
    return dict(Task.choices)


def _platforms() -> Words:
    return {**dict(Platform.choices), "": _("No platform named")}


def _roles() -> Words:
    return {"helpers": _("Came to help"), "guests": _("Came as guests")}


def register() -> None:
    """Declare the sources, once."""
    held = (
        Figure("activities.held", _("Activities held, by kind"), keys=_kinds),
        Figure("activities.held_by_task", _("Activities held, by task"), keys=_tasks),
        Figure("activities.held_by_platform", _("Activities held, by platform"), keys=_platforms),
        Figure("activities.called_off", _("Activities called off, by kind"), keys=_kinds),
    )
    register_source(Source("activities.steps", "activities_activitystep", STEPS, held))
    heads = (
        Figure("activities.heads", _("Heads counted at activities, by kind"), keys=_kinds),
        Figure("activities.heads_by_task", _("Heads counted, by task"), keys=_tasks, is_listed=False),
        Figure("activities.heads_by_platform", _("Heads counted, by platform"), keys=_platforms, is_listed=False),
    )  # fmt: skip
    register_source(Source("activities.heads", "activities_headcount", HEADS, heads))
    came = (
        Figure("activities.came", _("Who was written down at activities"), keys=_roles),
        Figure("activities.came_by_kind", _("Written down at activities, by kind"), keys=_kinds),
        Figure("activities.came_by_task", _("Written down, by task"), keys=_tasks, is_listed=False),
        Figure("activities.came_by_platform", _("Written down, by platform"), keys=_platforms, is_listed=False),
    )  # fmt: skip
    register_source(Source("activities.marks", "attendance_mark", MARKS, came))
    register_source(Source("activities.words", "attendance_confirmation", WORDS, came))
