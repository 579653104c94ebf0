"""The loop over the API: the same operations and the same permissions as the pages."""

from sidan.orders.api.behalf import router as behalf_router
from sidan.orders.api.handing import router as handing_router
from sidan.orders.api.inbox import router as inbox_router
from sidan.orders.api.orders import router as orders_router
from sidan.orders.api.passing import router as passing_router
from sidan.orders.api.pointing import router as pointing_router
from sidan.orders.api.reporting import router as reporting_router
from sidan.orders.api.splitting import router as splitting_router
from sidan.orders.api.team import router as work_router
from sidan.orders.api.times import router as times_router

__all__ = [
    "behalf_router",
    "handing_router",
    "inbox_router",
    "orders_router",
    "passing_router",
    "pointing_router",
    "reporting_router",
    "splitting_router",
    "times_router",
    "work_router",
]
