"""What can be refused in the catalogue, in words."""

from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Conflict, Invalid, NotFound


class NoSuchProject(NotFound):
    code = "no_such_project"
    sentence = _("This service is not here, or it is not yours to see.")


class NoSuchMenu(NotFound):
    code = "no_such_menu"
    sentence = _("This menu is not here any more.")


class NoSuchCategory(NotFound):
    code = "no_such_category"
    sentence = _("This kind of service does not exist.")


class NoSuchPhoto(NotFound):
    code = "no_such_photo"
    sentence = _("This picture is not here any more.")


class ProjectMovedOn(Conflict):
    """The step does not fit the state the project is in, often because somebody was faster."""

    code = "project_moved_on"
    sentence = _("This cannot be done now: the project is “%(state_words)s”. Please look at it again.")


class NotEditableNow(Conflict):
    code = "project_not_editable"
    sentence = _(
        "Only drafts and suspended projects can be changed. This one is “%(state_words)s”: return or suspend it first."
    )


class TeamCannotServe(Conflict):
    code = "team_not_active"
    sentence = _("%(team)s is not active at the moment. Choose another team, or let it resume first.")


class CategoryRetired(Conflict):
    code = "category_retired"
    sentence = _("“%(category)s” is not used any more. Please choose another kind of service.")


class AreaElsewhere(Invalid):
    code = "area_elsewhere"
    sentence = _("The area served must lie in the same county as the place: %(area)s does not.")


class TeamElsewhere(Invalid):
    code = "team_elsewhere"
    sentence = _("%(team)s is not a team of this county.")


class BadProject(Invalid):
    """A field of a project is not right; `errors` says which."""

    code = "project_invalid"


class StageUnchanged(Conflict):
    code = "stage_unchanged"
    sentence = _("The project is at this stage already.")


class ProjectEnded(Conflict):
    """What is new is only written down for a project that goes on."""

    code = "project_ended"
    sentence = _("This project was withdrawn for good; nothing new is written down for it.")


class NoSuchSupport(NotFound):
    code = "no_such_support"
    sentence = _("This row is not here, or it is not yours to see.")


class SupportRefused(Invalid):
    """A part of what was given is not right; `errors` says which."""

    code = "support_refused"


class SupportTakenBack(Conflict):
    code = "support_taken_back"
    sentence = _("This row was taken back already.")


class TaskMovedOn(Conflict):
    code = "task_moved_on"
    sentence = _("This task has moved on: it is now “%(state_words)s”. Please look at it again.")


class TaskRefused(Invalid):
    """A part of a task is not right; `errors` says which."""

    code = "task_refused"


class NoteMissing(Invalid):
    code = "note_missing"
    sentence = _("Please say in a few words what was done, or why.")


class TooManyPhotos(Conflict):
    code = "too_many_photos"
    sentence = _("A project has at most %(limit)s pictures. Remove one first.")


class PhotosChanged(Conflict):
    code = "photos_changed"
    sentence = _("The pictures have changed in the meantime. Please look again.")


class CategoryTaken(Conflict):
    code = "category_taken"
    sentence = _("There is already a kind of service with this code or name.")


class CategoryLoop(Invalid):
    code = "category_loop"
    sentence = _("A kind of service cannot stand below itself.")


class CategoryInUse(Conflict):
    code = "category_in_use"
    sentence = _(
        "“%(category)s” still has %(count)s published projects or active kinds below it. Move them first."
    )


class CategoryStateUnchanged(Conflict):
    code = "category_unchanged"
    sentence = _("“%(category)s” is already in this state.")


class MenuExists(Conflict):
    code = "menu_exists"
    sentence = _("%(place)s already has a menu for this month.")


class MenuMonthOver(Conflict):
    code = "menu_month_over"
    sentence = _("This month is over; its menu is kept as it was.")


class MenuEmpty(Conflict):
    code = "menu_empty"
    sentence = _("There is nothing on this menu yet. Add a project from the library first.")


class MenuAlready(Conflict):
    code = "menu_already"
    sentence = _("This menu is already “%(state_words)s”.")


class NotForThisMenu(Invalid):
    code = "not_for_this_menu"
    sentence = _(
        "“%(title)s” cannot stand on this menu: it is not published, or it does not serve this area."
    )


class UnknownForMenu(NotForThisMenu):
    """A project that is not there, or not in the sight of whoever draws up the menu: it cannot be named."""

    sentence = _("A service that you chose is not here any more, or it is not yours to see.")


class TooManyItems(Invalid):
    code = "too_many_items"
    sentence = _("A menu has at most %(limit)s projects.")
