"""What is counted of reviews: how they were collected, how many are satisfied, and how many are looked at again."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.figures import Figure, Kind, Source, Words, register_source
from sidan.orders.enums import COLLECTED_BY_STAFF, ReviewChannel
from sidan.reviews.enums import CallResult, SuggestionState

PLACED: Final = "(placed.created_at AT TIME ZONE 'Asia/Shanghai')::date"
REVIEWS: Final = f"""
SELECT placed.origin_place_id AS place_id, {PLACED} AS stood_on,
       (step.at AT TIME ZONE 'Asia/Shanghai')::date AS day, part.figure, part.key, 1 AS change
FROM orders_review step JOIN orders_order placed ON placed.id = step.order_id
CROSS JOIN LATERAL (VALUES
    ('reviews.collected', step.channel),
    ('reviews.satisfied', CASE WHEN step.outcome IN ('done', 'still_needed') AND coalesce(step.stars, 5) >= 4
                               THEN 'satisfied' ELSE 'not_satisfied' END)
) AS part(figure, key)
WHERE step.id > %(after)s AND step.id <= %(upto)s
"""
"""The rule is `policies.is_satisfied`; a test compares the two."""

TYPED: Final = f"""
SELECT placed.origin_place_id AS place_id, {PLACED} AS stood_on,
       (step.at AT TIME ZONE 'Asia/Shanghai')::date AS day, 'reviews.typed' AS figure, step.channel AS key, 1 AS change
FROM orders_review step JOIN orders_order placed ON placed.id = step.order_id
WHERE step.by_id IS NOT NULL AND step.channel IN ('telephone', 'paper') AND step.id > %(after)s AND step.id <= %(upto)s
"""
"""The rule is `Review.is_typed_by_staff`. A source of its own: the others need not be counted anew (ADR 0031)."""

STANDINGS: Final = f"""
SELECT placed.origin_place_id AS place_id, {PLACED} AS stood_on,
       (review.at AT TIME ZONE 'Asia/Shanghai')::date AS day, 'reviews.doubted' AS figure,
       part.standing || CASE WHEN step.is_satisfied THEN '_satisfied' ELSE '_not_satisfied' END AS key, part.change
FROM reviews_reviewstanding step JOIN orders_review review ON review.id = step.review_id
JOIN orders_order placed ON placed.id = review.order_id
CROSS JOIN LATERAL (VALUES (step.standing, 1), (step.before, -1)) AS part(standing, change)
WHERE part.standing <> 'counted' AND step.id > %(after)s AND step.id <= %(upto)s
"""
"""On the day of the review, so that in every period they are a part of its reviews."""

CALLS: Final = f"""
SELECT placed.origin_place_id AS place_id, {PLACED} AS stood_on,
       (step.at AT TIME ZONE 'Asia/Shanghai')::date AS day, 'reviews.called' AS figure, step.result AS key, 1 AS change
FROM reviews_callbacktry step JOIN reviews_callback drawn ON drawn.id = step.call_back_id
JOIN orders_order placed ON placed.id = drawn.order_id
WHERE step.id > %(after)s AND step.id <= %(upto)s
"""

SUGGESTIONS: Final = f"""
SELECT placed.origin_place_id AS place_id, {PLACED} AS stood_on,
       (step.at AT TIME ZONE 'Asia/Shanghai')::date AS day, 'reviews.suggested' AS figure, step.state AS key,
       1 AS change
FROM reviews_suggestionstep step JOIN reviews_suggestion made ON made.id = step.suggestion_id
JOIN orders_order placed ON placed.id = made.order_id
WHERE step.id > %(after)s AND step.id <= %(upto)s
"""


def _channels() -> Words:
    return dict(ReviewChannel.choices)


def _typed() -> Words:
    return {channel.value: channel.label for channel in ReviewChannel if channel in COLLECTED_BY_STAFF}


def _satisfied() -> Words:
    return {
        "satisfied": pgettext_lazy("reviews", "Satisfied"),
        "not_satisfied": pgettext_lazy("reviews", "Not satisfied"),
    }


def _doubted() -> Words:
    return {
        "pending_satisfied": _("To be looked at: satisfied"),
        "pending_not_satisfied": _("To be looked at: not satisfied"),
        "set_aside_satisfied": _("Does not count: satisfied"),
        "set_aside_not_satisfied": _("Does not count: not satisfied"),
    }


def _calls() -> Words:
    return dict(CallResult.choices)


def _suggestions() -> Words:
    return {**dict(SuggestionState.choices), SuggestionState.OPEN.value: pgettext_lazy("suggestion", "Made")}


def register() -> None:
    """Declare the sources, once."""
    collected = Figure("reviews.collected", _("How the reviews were collected"), keys=_channels)
    satisfied = Figure(
        "reviews.satisfied", _("Reviews by satisfaction, before any is set aside"), keys=_satisfied
    )
    typed = Figure("reviews.typed", _("Reviews that staff typed in"), keys=_typed)
    doubted = Figure("reviews.doubted", _("Reviews that are looked at again"), Kind.FLOW, _doubted)
    called = Figure("reviews.called", _("Calls back by somebody outside the team"), keys=_calls)
    suggested = Figure("reviews.suggested", _("Suggestions, and what came of them"), keys=_suggestions)
    register_source(Source("reviews.reviews", "orders_review", REVIEWS, (collected, satisfied)))
    register_source(Source("reviews.typed", "orders_review", TYPED, (typed,)))
    register_source(Source("reviews.standings", "reviews_reviewstanding", STANDINGS, (doubted,)))
    register_source(Source("reviews.calls", "reviews_callbacktry", CALLS, (called,)))
    register_source(Source("reviews.suggestions", "reviews_suggestionstep", SUGGESTIONS, (suggested,)))
