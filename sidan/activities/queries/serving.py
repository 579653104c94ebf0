"""What past activities were, for hours that are recorded in bulk (`hours.operations.write_history`)."""

from typing import Final

PAST_ACTIVITIES: Final = """
SELECT gathering.helpers_id AS cause_id, held.title, held.title_en, %(kinds)s::jsonb ->> held.kind AS content,
       %(kinds_en)s::jsonb ->> held.kind AS content_en, held.place_id, held.county_id, held.team_id, held.lead_id,
       (lower(held.during) AT TIME ZONE 'Asia/Shanghai')::date AS day, upper(held.during) AS ended_at,
       LEAST(upper(held.during) + %(written_after)s, %(now)s) AS written_at
FROM activities_gathering gathering
JOIN activities_activity held ON held.id = gathering.activity_id
LEFT JOIN hours_occasion known ON known.cause_id = gathering.helpers_id
WHERE held.state IN ('ended', 'filed') AND known.id IS NULL AND EXISTS (
    SELECT 1 FROM activities_post post WHERE post.activity_id = held.id AND post.role = 'volunteer'
)
"""
"""Activities that are over and that nobody has said what they were: the same as `operations.gathering` says of one.

Told besides: `kinds` and `kinds_en`, how each kind is called, as objects of JSON.
"""
