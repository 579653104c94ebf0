"""What can be wrong with a change of the tree."""

from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Conflict, Invalid


class WrongParent(Invalid):
    code = "place_wrong_parent"
    sentence = _("A place of this kind cannot stand there: %(kind)s under %(parent)s.")


class NameTaken(Conflict):
    code = "place_name_taken"
    sentence = _("There is an open place called “%(name)s” here already.")


class DayAhead(Invalid):
    code = "place_day_ahead"
    sentence = _("The tree of places is kept up to today: choose %(today)s or a day before it.")


class DayTooEarly(Invalid):
    code = "place_day_too_early"
    sentence = _("What stands here has changed since: the earliest possible day is %(day)s.")


class NotOpen(Conflict):
    code = "place_not_open"
    sentence = _("“%(name)s” is closed already.")


class ParentClosed(Conflict):
    code = "place_parent_closed"
    sentence = _("“%(name)s” is closed: nothing new can stand under it.")


class HasOpenChildren(Conflict):
    code = "place_has_open_children"
    sentence = _("Under “%(name)s” there are still %(count)s open places. Close or move them first.")


class OtherCounty(Invalid):
    code = "place_other_county"
    sentence = _(
        "A place stays in its county, because its orders and hours are counted there. "
        "To hand it to another county, close it here and open it there."
    )


class IntoItself(Invalid):
    code = "place_into_itself"
    sentence = _("A place cannot stand under itself or under a place below it.")


class AlreadyThere(Conflict):
    code = "place_already_there"
    sentence = _("“%(name)s” stands there already.")


class SameName(Conflict):
    code = "place_same_name"
    sentence = _("The place has this name already.")


class PointOutside(Invalid):
    code = "place_point_outside"
    sentence = _("This point does not lie on the earth's map: longitude −180 to 180, latitude −90 to 90.")


class TooManyPhotos(Conflict):
    code = "place_too_many_photos"
    sentence = _("A place shows at most %(limit)s pictures. Remove one first.")
