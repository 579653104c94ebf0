"""Numbering services for paper."""

from collections.abc import Sequence

from sidan.desk.models import ServiceNumber


def number_services(*, project_ids: Sequence[int]) -> None:
    """Give every one of these services a short number that has none yet; said twice, it does nothing.

    Not audited: it says nothing about anybody, and the publishing that it follows is.
    """
    known = set(ServiceNumber.objects.filter(project__in=project_ids).values_list("project_id", flat=True))
    new = [ServiceNumber(project_id=pk) for pk in project_ids if pk not in known]
    # Two at once write the same rows.
    ServiceNumber.objects.bulk_create(new, ignore_conflicts=True)
