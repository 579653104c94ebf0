"""Categories, the project library and the menus of places."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "sidan.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Tell how states look, and who may see pictures. Imported here because models need the apps to be loaded."""
        from sidan.audit.registry import register_verbs
        from sidan.catalogue import finder, notices
        from sidan.catalogue.permissions import (
            PHOTO_PURPOSE,
            TASK_PICTURE,
            may_see_photo,
            may_see_task_picture,
        )
        from sidan.catalogue.queries import task_pictures_in_use, used_files
        from sidan.catalogue.words import MENU_LOOKS, PROJECT_LOOKS, STAGE_LOOKS, TASK_LOOKS, TRAIL
        from sidan.core.badges import register_looks
        from sidan.files.permissions import register_access, register_use

        register_looks(machine="project", looks=PROJECT_LOOKS)
        register_looks(machine="menu", looks=MENU_LOOKS)
        register_looks(machine="stage", looks=STAGE_LOOKS)
        register_looks(machine="project_task", looks=TASK_LOOKS)
        register_access(TASK_PICTURE, may_see_task_picture)
        register_use(task_pictures_in_use)
        register_access(PHOTO_PURPOSE, may_see_photo)
        register_use(used_files)
        register_verbs(TRAIL)
        notices.register()
        finder.register()
