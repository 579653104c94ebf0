"""Order, assignment, visit; their history; what people wrote."""

from sidan.orders.models.calling import CallAnswer, OpenCall
from sidan.orders.models.consent import ConsentGiven, OrderConsent
from sidan.orders.models.history import OrderChange, OrderHandover, OrderMerge, OrderNote, OrderStep
from sidan.orders.models.order import Order, OrderParty, OrderText
from sidan.orders.models.part import WorkPart
from sidan.orders.models.passing import TakeOver
from sidan.orders.models.point import OrderPoint
from sidan.orders.models.review import Review, ReviewText
from sidan.orders.models.work import Assignment, AssignmentMember, Visit, VisitCount, VisitPhoto, VisitReport

__all__ = [
    "Assignment",
    "AssignmentMember",
    "CallAnswer",
    "ConsentGiven",
    "OpenCall",
    "Order",
    "OrderChange",
    "OrderConsent",
    "OrderHandover",
    "OrderMerge",
    "OrderNote",
    "OrderParty",
    "OrderPoint",
    "OrderStep",
    "OrderText",
    "Review",
    "ReviewText",
    "TakeOver",
    "Visit",
    "VisitCount",
    "VisitPhoto",
    "VisitReport",
    "WorkPart",
]
