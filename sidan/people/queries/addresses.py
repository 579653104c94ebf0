"""Where accounts are reached, for messages that leave the house; registered with `notify` when the app starts."""

from collections.abc import Sequence

from sidan.notify.addresses import Recipient
from sidan.notify.enums import Address
from sidan.people.models import Account


def addresses_of(account_ids: Sequence[int], kind: Address) -> Sequence[Recipient]:
    """Return phone or e-mail of the active accounts among these; who has none is left out."""
    field = "phone" if kind == Address.PHONE else "email"
    rows = Account.objects.filter(pk__in=account_ids, is_active=True).values_list("id", field, "language")
    return [
        Recipient(account_id=account_id, address=address, language=language)
        for account_id, address, language in rows
        if address
    ]
