"""Boxes whose words are listened to for danger to life, for the forms of this app and of those above."""

from django.urls import reverse


def heard_while_typing(*, name: str = "need") -> dict[str, str]:
    """Return the attributes of a box whose words are listened to: they alone are sent, and nothing is kept of them.

    The template of a field puts the place for the answer under the box: no page with such a form is without it.
    """
    return {
        "hx-post": reverse("orders:danger"),
        "hx-trigger": "input changed delay:600ms",
        "hx-target": "#danger",
        "hx-swap": "innerHTML",
        "hx-params": name,
    }
