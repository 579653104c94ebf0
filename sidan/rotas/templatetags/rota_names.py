"""How names of people on a rota read, by who reads them."""

from django import template

from sidan.core.phones import mask_name

register = template.Library()


@register.simple_tag(takes_context=True)
def name_of(context: template.Context, name: str) -> str:
    """`{% name_of one.person.name %}`: whole where the page's view says `sees_names`, else a part of it."""
    return name if context.get("sees_names") else mask_name(name)
