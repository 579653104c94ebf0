"""Reviews looked after."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "sidan.reviews"
    label = "reviews"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.reviews import receivers  # noqa: F401 - importing it subscribes
        from sidan.reviews.registration import register

        register()
