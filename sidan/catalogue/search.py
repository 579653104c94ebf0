"""Under which terms a project is found: its words, its pinyin, its kind and its team."""

from sidan.catalogue.models import Project
from sidan.core.search import name_terms, search_terms


def terms_of(project: Project) -> list[str]:
    """Return the search terms of a project; written at every change of its text."""
    plain = search_terms(
        project.title, project.title_en, project.summary, project.summary_en,
        project.category.name, project.category.name_en, project.team.name, project.team.name_en,
    )  # fmt: skip
    return sorted({*plain, *name_terms(project.title, project.category.name)})
