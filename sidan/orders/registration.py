"""What the loop tells the apps below it when it starts: sentences, looks of states, who may see which picture."""

from sidan.attendance.odd_times import register_times
from sidan.audit.registry import register_looking
from sidan.catalogue.queries import register_counting
from sidan.core.badges import register_looks
from sidan.core.promised import register_promises
from sidan.core.slots import register_piece
from sidan.files.permissions import register_access, register_look, register_use
from sidan.orders import figures, finder, notices, soundness, words
from sidan.orders.operations.looking import write_paper_down
from sidan.orders.permissions import (
    CONSENT_PAPER,
    VISIT_PHOTO,
    may_see_consent_paper,
    may_see_visit_photo,
)
from sidan.orders.queries import orders_taken, papers_in_use, photos_in_use
from sidan.orders.queries.promised import visits_promised
from sidan.orders.queries.standing_out import TIMES_OF_VISITS
from sidan.orders.views import slots


def register() -> None:
    """Register everything once."""
    notices.register()
    finder.register()
    figures.register()
    soundness.register()
    register_counting(orders_taken)
    register_promises(visits_promised)
    register_times("orders", TIMES_OF_VISITS)
    register_looking("order", words.LOOKING)
    besides = {"called": words.CALLED, "merged": words.MERGED}
    register_looks(machine="order", looks={**words.ORDER_LOOKS, **besides})
    register_looks(machine="order_to_staff", looks={**words.STAFF_LOOKS, **besides})
    register_looks(machine="assignment", looks=words.ASSIGNMENT_LOOKS)
    register_looks(machine="part", looks={**words.PART_LOOKS, "called": words.CALLED})
    register_looks(machine="visit", looks=words.VISIT_LOOKS)
    register_piece(
        slot="hours.unsaid", template="orders/console/_unsaid_visits.html", context=slots.of_unsaid
    )
    register_access(VISIT_PHOTO, may_see_visit_photo)
    register_access(CONSENT_PAPER, may_see_consent_paper)
    register_look(CONSENT_PAPER, write_paper_down)
    register_use(photos_in_use)
    register_use(papers_in_use)
