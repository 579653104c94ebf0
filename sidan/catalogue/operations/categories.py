"""Keeping the table of categories, which the whole installation shares."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Max

from sidan.audit.operations import record
from sidan.catalogue import permissions
from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Category, Project
from sidan.catalogue.operations.codes import code_stem, free_code
from sidan.catalogue.operations.errors import (
    CategoryInUse,
    CategoryLoop,
    CategoryStateUnchanged,
    CategoryTaken,
    NoSuchCategory,
)
from sidan.core.actor import Actor
from sidan.core.scope import everything

MAX_CODE: Final = 40
DEFAULT_ICON: Final = "heart-handshake"


def create_category(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    name_en: str = "",
    parent: Category | None = None,
    icon: str = DEFAULT_ICON,
    code: str = "",
    is_private: bool = False,
    audience: Sequence[str] = (),
) -> Category:
    """Add a kind of service at the end of its level; without a code, one is made from the pinyin of the name.

    Raises:
        NotYourCategories
        CategoryTaken: the code or the name is in use.
    """
    permissions.require_categories(actor=actor)
    _require_free_name(name=name, parent=parent)
    siblings = Category.objects.filter(parent=parent)
    position = (siblings.aggregate(last=Max("position"))["last"] or 0) + 1
    category = Category(
        code=code or _code_from(name), name=name, name_en=name_en, parent=parent, icon=icon, position=position,
        is_private=is_private, audience=list(audience),
    )  # fmt: skip
    try:
        with transaction.atomic():
            category.save(force_insert=True)
            _record(actor, at, category, "create")
    except IntegrityError:
        raise CategoryTaken from None
    return category


def edit_category(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    name: str,
    name_en: str,
    parent: Category | None,
    icon: str,
    position: int,
    is_private: bool = False,
    audience: Sequence[str] = (),
) -> Category:
    """Change a kind of service; its code stays, and what was ordered under it is as private as when it was placed.

    Raises:
        NotYourCategories, NoSuchCategory, CategoryTaken
        CategoryLoop: it would stand below itself.
    """
    permissions.require_categories(actor=actor)
    with transaction.atomic():
        category = _locked(code)
        if parent is not None and code in _line_of(parent):
            raise CategoryLoop
        _require_free_name(name=name, parent=parent, but=code)
        category.name, category.name_en, category.parent = name, name_en, parent
        category.icon, category.position, category.is_private = icon, position, is_private
        category.audience = list(audience)
        category.save(
            update_fields=["name", "name_en", "parent", "icon", "position", "is_private", "audience"]
        )
        _record(actor, at, category, "edit")
    return category


def retire_category(*, actor: Actor, at: datetime, code: str) -> Category:
    """Offer a kind of service no more; what was ordered under it keeps its name.

    Raises:
        NotYourCategories, NoSuchCategory, CategoryStateUnchanged
        CategoryInUse: published projects or active kinds below it would lose their place.
    """
    permissions.require_categories(actor=actor)
    with transaction.atomic():
        category = _locked(code)
        if not category.is_active:
            raise CategoryStateUnchanged(category=category.name)
        with everything("a category is shared: projects of every county count"):
            count = Project.objects.filter(category=category, state=ProjectState.PUBLISHED).count()
        count += category.children.filter(is_active=True).count()
        if count:
            raise CategoryInUse(category=category.name, count=count)
        _set_active(actor, at, category, "retire", is_active=False)
    return category


def restore_category(*, actor: Actor, at: datetime, code: str) -> Category:
    """Offer a retired kind of service again.

    Raises:
        NotYourCategories, NoSuchCategory, CategoryStateUnchanged
    """
    permissions.require_categories(actor=actor)
    with transaction.atomic():
        category = _locked(code)
        if category.is_active:
            raise CategoryStateUnchanged(category=category.name)
        _set_active(actor, at, category, "restore", is_active=True)
    return category


def _set_active(actor: Actor, at: datetime, category: Category, verb: str, *, is_active: bool) -> None:
    category.is_active = is_active
    category.save(update_fields=["is_active"])
    _record(actor, at, category, verb)


def _locked(code: str) -> Category:
    # The code never changes: kinds that are added below it at the same moment need not wait.
    category = Category.objects.select_for_update(no_key=True).filter(code=code).first()
    if category is None:
        raise NoSuchCategory
    return category


def _line_of(category: Category) -> set[str]:
    """Return the codes of a category and all above it."""
    parents = dict(Category.objects.values_list("code", "parent_id"))
    line: set[str] = set()
    code: str | None = category.code
    while code is not None and code not in line:
        line.add(code)
        code = parents.get(code)
    return line


def _require_free_name(*, name: str, parent: Category | None, but: str = "") -> None:
    if Category.objects.filter(parent=parent, name=name).exclude(code=but).exists():
        raise CategoryTaken


def _code_from(name: str) -> str:
    """Make a code that is free: the pinyin of the name, with a number behind it when that is taken."""
    stem = code_stem(name=name, longest=MAX_CODE)
    taken = set(Category.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return free_code(stem=stem, taken=taken)


def _record(actor: Actor, at: datetime, category: Category, verb: str) -> None:
    record(actor=actor, at=at, verb=f"category.{verb}", subject=("category", None), code=category.code)
