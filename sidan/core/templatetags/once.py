"""The hidden field by which a form that is sent twice acts once (`sidan.core.idempotency.once_per_form`)."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sidan.core.idempotency import FORM_FIELD

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """Write the field with a fresh key: a form shown again after an error is another sending."""
    return format_html('<input type="hidden" name="{}" value="{}">', FORM_FIELD, uuid4())
