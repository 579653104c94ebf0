"""The catalogue over the API: what can be ordered where (open to all), the library and the menus (staff, leaders)."""

from ninja import Router

from sidan.catalogue.api import categories, growing, library, pictures, results

router = Router()
# These first: the address of a step of a project's life, with any verb, would take theirs.
router.add_router("", pictures.router)
router.add_router("", growing.router)
router.add_router("", categories.router)
router.add_router("", results.router)
router.add_router("", library.router)
