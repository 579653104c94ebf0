"""What is counted of wishes: each where its wisher lives, and as the tree stood that day above it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.figures import Figure, Kind, Source, Words, register_source
from sidan.wishes.enums import ENDED, ForWhom, WishState

STEPS: Final = """
SELECT wish.place_id, (wish.created_at AT TIME ZONE 'Asia/Shanghai')::date AS stood_on,
       (step.at AT TIME ZONE 'Asia/Shanghai')::date AS day, part.figure, part.key, part.change
FROM wishes_wishstep step JOIN wishes_wish wish ON wish.id = step.wish_id
CROSS JOIN LATERAL (VALUES
    ('wishes.state', step.to_state, 1, step.from_state <> step.to_state),
    ('wishes.state', step.from_state, -1, step.from_state <> step.to_state AND step.from_state <> ''),
    ('wishes.for_whom', wish.for_whom, 1, step.verb = 'submit'),
    ('wishes.granted', wish.for_whom, 1, step.verb = 'fulfil'),
    ('wishes.ended', step.to_state, 1, step.to_state IN ({ended}) AND step.from_state <> step.to_state)
) AS part(figure, key, change, counts)
WHERE part.counts AND step.id > %(after)s AND step.id <= %(upto)s
""".format(ended=", ".join(f"'{state.value}'" for state in sorted(ENDED)))


def _states() -> Words:
    return dict(WishState.choices)


def _ends() -> Words:
    return {state.value: state.label for state in WishState if state in ENDED}


def _for_whom() -> Words:
    return dict(ForWhom.choices)


def register() -> None:
    """Declare the source, once."""
    figures = (
        Figure("wishes.state", _("Where the wishes stand"), Kind.STOCK, _states),
        Figure("wishes.for_whom", _("For whom something was wished"), keys=_for_whom),
        Figure("wishes.granted", _("For whom a wish came true"), keys=_for_whom),
        Figure("wishes.ended", _("How wishes ended"), keys=_ends),
    )
    register_source(Source("wishes.steps", "wishes_wishstep", STEPS, figures))
