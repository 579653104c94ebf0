"""Categories, projects and menus; how a project grows: its stages, what was given to it, its tasks."""

from sidan.catalogue.models.growing import ProjectStage, ProjectSupport, ProjectTask, ProjectTaskStep
from sidan.catalogue.models.library import (
    Category,
    Menu,
    MenuItem,
    Project,
    ProjectPhoto,
    ProjectStep,
    ResultTemplate,
    TeamService,
)

__all__ = [
    "Category",
    "Menu",
    "MenuItem",
    "Project",
    "ProjectPhoto",
    "ProjectStage",
    "ProjectStep",
    "ProjectSupport",
    "ProjectTask",
    "ProjectTaskStep",
    "ResultTemplate",
    "TeamService",
]
