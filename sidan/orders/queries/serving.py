"""What past visits were, for hours that are recorded in bulk (`hours.operations.write_history`)."""

from typing import Final

PAST_SERVICES: Final = """
SELECT visit.cause_id,
       CASE WHEN placed.is_private THEN kind.name ELSE COALESCE(project.title, category.name) END AS title,
       CASE WHEN placed.is_private THEN kind.name_en WHEN project.id IS NULL THEN category.name_en
            ELSE project.title_en END AS title_en,
       CASE WHEN placed.is_private THEN kind.name ELSE category.name END AS content,
       CASE WHEN placed.is_private THEN kind.name_en ELSE category.name_en END AS content_en,
       placed.origin_place_id AS place_id, place.county_id, share.team_id, team.leader_id AS lead_id,
       (there.began AT TIME ZONE 'Asia/Shanghai')::date AS day, there.ended AS ended_at,
       LEAST(there.ended + %(written_after)s, %(now)s) AS written_at
FROM orders_visit visit
JOIN orders_assignment share ON share.id = visit.assignment_id
JOIN orders_order placed ON placed.id = share.order_id
JOIN places_place place ON place.id = placed.origin_place_id
JOIN catalogue_category category ON category.code = placed.category_id
LEFT JOIN catalogue_project project ON project.id = placed.project_id
JOIN people_team team ON team.id = share.team_id
JOIN people_teamcategory kind ON kind.code = team.category_id
JOIN (
    SELECT mark.cause_id, min(mark.at) FILTER (WHERE mark.direction = 'in') AS began, max(mark.at) AS ended
    FROM attendance_mark mark
    LEFT JOIN attendance_mark newer ON newer.instead_of_id = mark.id
    LEFT JOIN attendance_confirmation said ON said.mark_id = mark.id
    WHERE newer.id IS NULL AND said.is_right IS NOT FALSE GROUP BY mark.cause_id
) there ON there.cause_id = visit.cause_id AND there.began IS NOT NULL
LEFT JOIN hours_occasion known ON known.cause_id = visit.cause_id
WHERE visit.state IN ('done', 'failed', 'called_off') AND known.id IS NULL
"""
"""Visits that are over and that nobody has said what they were: the same as `operations.serving` says of one."""
