"""Where an account can be reached: known to `people` above, which registers the answer here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sidan.notify.enums import Address


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address of an account and the language it reads."""

    account_id: int
    address: str
    language: str

    def __repr__(self) -> str:
        return f"<Recipient {self.account_id}>"


AddressBook = Callable[[Sequence[int], Address], Sequence[Recipient]]


class _Books:
    """The one registered book; none means that nothing leaves the inbox."""

    book: AddressBook | None = None


def register_address_book(book: AddressBook) -> AddressBook:
    """Say who knows addresses; may be used as a decorator."""
    _Books.book = book
    return book


def recipients(account_ids: Sequence[int], kind: Address) -> Sequence[Recipient]:
    """Return the addresses of some accounts; who has none, or wants no messages, is left out."""
    return _Books.book(account_ids, kind) if _Books.book is not None and account_ids else ()
