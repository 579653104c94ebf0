"""How every form is drawn: `{{ form }}` and `{{ form.name.as_field_group }}` come out in the house's look."""

from functools import cached_property
from pathlib import Path

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as TemplateBackend


class Renderer(DjangoTemplates):
    """Django's own widgets with our field and form around them; set as FORM_RENDERER."""

    form_template_name = "web/_form.html"
    field_template_name = "web/_field.html"

    @cached_property
    def engine(self) -> TemplateBackend:
        """The stock engine knows no tags of ours: the same, with them built in."""
        return TemplateBackend(
            {
                "APP_DIRS": True,
                "DIRS": [Path(forms.__file__).parent / "templates"],
                "NAME": "sidanforms",
                "OPTIONS": {"builtins": ["django.templatetags.i18n", "sidan.core.templatetags.sidan"]},
            }
        )
