"""People over the API: the same questions, operations and rights as the pages."""

from ninja import Router

from sidan.people.api import accounts, directors, doors, own, teams, volunteers

router = Router()
router.add_router("", doors.router)
router.add_router("", own.router)
router.add_router("/volunteers", volunteers.router)
router.add_router("/teams", teams.router)
router.add_router("/accounts", accounts.router)
router.add_router("/persons", teams.persons_router)
router.add_router("/places", directors.router)
