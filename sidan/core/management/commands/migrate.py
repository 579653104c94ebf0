"""Django's `migrate`, which renders of the models' past no more than the next step of a table reads (ADR 0059).

Django renders anew, at each step, everything within two relations of what changed: in a schema where nearly every table
leads to places and people that is a third of all models, a thousand times over.
"""

from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class NearState(ProjectState):
    """The models at a point of their history, of which a change renders only what lies next to it.

    What steps of tables read is right at any time: the model itself, and what points at it. What only queries read, the
    way back from further off, Django renders whole before it runs a step in Python: that is what `is_delayed` asks for.
    """

    def clone(self) -> "NearState":
        """Return a copy of this kind: Django names its own kind where it makes one."""
        made = NearState(
            models={key: state.clone() for key, state in self.models.items()}, real_apps=self.real_apps
        )
        if "apps" in self.__dict__:
            made.apps = self.apps.clone()
        made.is_delayed = self.is_delayed
        return made

    def _find_reload_model(
        self, app_label: str, model_name: str, delay: bool = False
    ) -> set[tuple[str, str]]:
        try:
            rendered = self.apps.get_model(app_label, model_name)
        except LookupError:  # a new one: nothing points at it
            self.is_delayed = True
            return {(app_label, model_name)}
        if not delay:
            found: set[tuple[str, str]] = super()._find_reload_model(app_label, model_name, delay)  # type: ignore[misc] # the stubs leave it out
            return found
        self.is_delayed = True
        fields = rendered._meta.get_fields(include_hidden=True)
        pointing = (field.related_model._meta for field in fields if field.auto_created and field.is_relation)
        return {(app_label, model_name), *((meta.app_label, meta.model_name) for meta in pointing)}


class NearExecutor(MigrationExecutor):
    """Applies migrations with such a state."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> NearState:
        whole = super()._create_project_state(with_applied_migrations)  # type: ignore[misc] # the stubs leave it out
        return NearState(models=whole.models, real_apps=whole.real_apps)


class Command(migrate.Command):
    """The command as Django gives it; it has no other door for the executor than the name in its module."""

    def handle(self, *args: object, **options: object) -> None:
        """Migrate."""
        migrate.MigrationExecutor = NearExecutor  # type: ignore[attr-defined] # the stubs leave it out
        super().handle(*args, **options)
