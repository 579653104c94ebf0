"""Evening micro-schools (微夜校): schools, their pupils, the classes they have and how those are attended."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "sidan.schools"
    label = "schools"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.schools import receivers  # noqa: F401 - importing it subscribes
        from sidan.schools.registration import register

        register()
