"""Every write of the catalogue."""

from sidan.catalogue.operations.categories import (
    create_category,
    edit_category,
    restore_category,
    retire_category,
)
from sidan.catalogue.operations.growing import (
    Support,
    add_support,
    set_capacity,
    set_stage,
    take_back_support,
)
from sidan.catalogue.operations.menus import (
    add_menu_item,
    draft_menu,
    move_menu_item,
    publish_menu,
    remove_menu_item,
    set_menu_items,
    unpublish_menu,
)
from sidan.catalogue.operations.photos import add_photo, move_photo, order_photos, remove_photo
from sidan.catalogue.operations.projects import (
    PROJECT_VERBS,
    ProjectText,
    create_project,
    edit_project,
    propose_project,
    publish_project,
    resume_project,
    return_project,
    suspend_project,
    withdraw_project,
)
from sidan.catalogue.operations.results import (
    BadResultFields,
    ResultsUnchanged,
    follow_kind_above,
    write_result_template,
)
from sidan.catalogue.operations.services import set_team_services
from sidan.catalogue.operations.tasks_of_projects import Task, add_task, move_task

__all__ = [
    "PROJECT_VERBS",
    "BadResultFields",
    "ProjectText",
    "ResultsUnchanged",
    "Support",
    "Task",
    "add_menu_item",
    "add_photo",
    "add_support",
    "add_task",
    "create_category",
    "create_project",
    "draft_menu",
    "edit_category",
    "edit_project",
    "follow_kind_above",
    "move_menu_item",
    "move_photo",
    "move_task",
    "order_photos",
    "propose_project",
    "publish_menu",
    "publish_project",
    "remove_menu_item",
    "remove_photo",
    "restore_category",
    "resume_project",
    "retire_category",
    "return_project",
    "set_capacity",
    "set_menu_items",
    "set_stage",
    "set_team_services",
    "suspend_project",
    "take_back_support",
    "unpublish_menu",
    "withdraw_project",
    "write_result_template",
]
