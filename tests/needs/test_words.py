"""Numbers in what people wrote to the office: hidden, and shown to who works there by a look that is recorded."""

import pytest
from django.urls import reverse

from sidan.audit.models import AuditEntry
from sidan.needs import operations
from sidan.needs.models import Need, Survey
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.orders.browsing import once, text_of

pytestmark = pytest.mark.django_db
SAID = "找12000000777，住城北路3号楼"


def need_of(cast: Cast) -> Need:
    told = operations.NewNeed(
        place=cast.places.chengbei, title="想有人修家电", source="visit", words="李梅12000000666说的"
    )
    return operations.note_need(actor=cast.practitioner.actor, at=AT, told=told)


def survey_of(cast: Cast) -> Survey:
    actor = cast.practitioner.actor
    made = operations.draft_survey(
        actor=actor, at=AT, place=cast.places.chengbei, title="问问大家", text="还想说什么？"
    )
    operations.open_survey(actor=actor, at=AT, survey=made)
    operations.answer_survey(at=AT, survey=made, answers={"0": [SAID]}, address="")
    return made


def page(reader: Someone, url: str) -> str:
    return text_of(reader.client().get(url))


def looks(verb: str) -> list[int | None]:
    return list(AuditEntry.objects.filter(verb=verb).values_list("actor_id", flat=True))


def test_a_note_shows_its_numbers_to_the_office_by_a_look_on_record_and_to_a_supervisor_nothing(
    cast: Cast,
) -> None:
    need = need_of(cast)
    url = reverse("needs:need", args=[need.uuid])
    for reader in (cast.practitioner, cast.director, cast.dispatcher):
        assert "李梅［号码1］说的" in page(reader, url)
        assert "12000000666" not in page(reader, url)
    assert "李梅" not in page(cast.supervisor, url)
    assert looks("need.look") == []
    look = reverse("needs:look", args=[need.uuid])
    assert "李梅12000000666说的" in text_of(cast.director.client().post(look))
    assert looks("need.look") == [cast.director.account.pk]
    assert [who.client().post(look).status_code for who in (cast.supervisor, cast.mallory)] == [403, 404]
    assert looks("need.look") == [cast.director.account.pk]


def test_an_answer_in_words_shows_its_numbers_only_by_a_look_on_record(cast: Cast) -> None:
    survey = survey_of(cast)
    url, sheet = reverse("needs:survey", args=[survey.uuid]), survey.answers.get()
    heard = f"{reverse('needs:heard', args=[survey.uuid])}?of=0.{sheet.uuid}"
    for address in (url, heard):
        assert "找［号码1］，住城北路3号楼" in page(cast.practitioner, address)
        assert "［门牌］" in page(cast.supervisor, address)
        for reader in (cast.practitioner, cast.supervisor):
            assert "12000000777" not in page(reader, address)
    look, told = reverse("needs:look_at_sheet", args=[survey.uuid]), {"sheet": str(sheet.uuid)}
    assert SAID in text_of(cast.practitioner.client().post(look, told))
    assert cast.supervisor.client().post(look, told).status_code == 403
    assert cast.practitioner.client().post(look, {"sheet": str(survey.uuid)}).status_code == 404
    assert looks("survey.look") == [cast.practitioner.account.pk]


def test_a_need_of_an_answer_leaves_its_numbers_with_the_sheet(cast: Cast) -> None:
    survey = survey_of(cast)
    heard = f"{reverse('needs:heard', args=[survey.uuid])}?of=0.{survey.answers.get().uuid}"
    told = {"title": "想找人", "category": "", "words": "找［号码1］", "place": cast.places.chengbei.uuid}
    assert cast.practitioner.client().post(heard, {**told, "once": once()}).status_code == 303
    assert "Show the numbers" not in page(
        cast.practitioner, reverse("needs:need", args=[Need.unscoped.get().uuid])
    )
