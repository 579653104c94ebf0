"""Refusals: what they say, and at which field."""

import pytest
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import AtField, SayWhy, require_words


class _TooMany(AtField):
    code = "too_many_of_a_test"
    field = "number"
    sentence = _("This table is too large: %(rows)s rows and 2 MB at most.")


def test_a_refusal_at_a_field_says_there_what_it_says_as_a_whole() -> None:
    refusal = _TooMany(rows=7)
    (problem,) = refusal.errors
    assert (problem.pointer, str(problem.detail)) == ("/number", str(refusal))
    assert "7" in str(refusal)
    assert refusal.facts == {"rows": 7}


def test_a_reason_of_spaces_is_none() -> None:
    require_words("下雨了")
    with pytest.raises(SayWhy) as refused:
        require_words("  ")
    assert [problem.pointer for problem in refused.value.errors] == ["/words"]
