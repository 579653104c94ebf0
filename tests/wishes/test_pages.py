"""The pages of wishes, by hand: from the wish to the wall, to the one who makes it come true."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client
from django.urls import reverse
from PIL import Image

from sidan.audit.models import AuditEntry
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.wishes import operations, queries
from sidan.wishes.models import Fulfilment, Wish, WishConsent, WishText
from sidan.wishes.operations.door import pass_door
from sidan.wishes.views.shared import told_steps
from tests.cast import Cast
from tests.files.conftest import picture_bytes
from tests.orders.browsing import once, sent, text_of
from tests.wishes.test_wishes import LATER, adopted, again, on_wall, ordered, two_of_three, wished

pytestmark = pytest.mark.django_db


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_the_home_page_has_a_door_to_the_wall() -> None:
    assert reverse("wishes:wall") in Client().get("/").content.decode()


def test_a_resident_wishes_and_reads_what_becomes_of_it(cast: Cast) -> None:
    page = sent(english(cast.zhou.client()), reverse("wishes:new"), {
        "once": once(), "words": "想要一副老花镜", "for_whom": "elder",
    })  # fmt: skip
    assert "想要一副老花镜" in page
    assert "The wish was received" in page


def test_a_wish_without_words_is_refused_at_its_field(cast: Cast) -> None:
    answer = english(cast.zhou.client()).post(reverse("wishes:new"), {"once": once(), "for_whom": "elder"})
    assert answer.status_code == 422
    assert not Wish.unscoped.exists()


def test_the_wall_shows_the_sentence_and_nothing_of_the_person(cast: Cast) -> None:
    wish = on_wall(cast)
    for url in (reverse("wishes:wall"), reverse("wishes:wish", args=[wish.uuid])):
        page = text_of(Client().get(url))
        assert "一位老人想要一副老花镜" in page
        assert "周奶奶" not in page


def test_an_adopter_reads_the_steps_but_no_words_of_others_beside_them(cast: Cast) -> None:
    wish = adopted(cast)
    operations.release_adoption(actor=cast.volunteer.actor, at=LATER, wish=wish, words="周奶奶家3组12号没人")
    operations.take_down_wish(
        actor=cast.practitioner.actor, at=LATER, wish=again(wish), words="周奶奶说先等等"
    )
    sentence = wish.sentence
    operations.publish_wish(
        actor=cast.practitioner.actor, at=LATER, wish=again(wish), sentence=sentence, takes=2, read=sentence
    )
    for one in (cast.leader, cast.volunteer):
        operations.adopt_wish(actor=one.actor, at=LATER, wish=again(wish))
    url = reverse("wishes:wish", args=[wish.uuid])
    said = {name: text_of(english(one.client()).get(url)) for name, one in cast.everybody().items()
            if name in {"leader", "volunteer", "zhou"}}  # fmt: skip
    said["practitioner"] = text_of(
        english(cast.practitioner.client()).get(reverse("wishes:staff_wish", args=[wish.uuid]))
    )
    by_adopter = {name for name, page in said.items() if "3组12号" in page}
    by_office = {name for name, page in said.items() if "先等等" in page}
    assert by_adopter == {"volunteer", "zhou", "practitioner"}, "one's own words stay one's own"
    assert by_office == {"zhou", "practitioner"}
    assert all("The wish was taken off the wall" in page for page in said.values())


def test_an_adopter_reads_what_the_office_says_at_the_present_turn(cast: Cast) -> None:
    wish = adopted(cast)
    pass_door(wish=wish, actor=cast.practitioner.actor, at=LATER, verb="order", words="周六上午在村部")
    reader = cast.volunteer.actor
    notes = [told.note for told in told_steps(queries.history(wish=again(wish), reader=reader))]
    assert notes == ["周六上午在村部", "", "", ""]
    operations.release_adoption(actor=cast.volunteer.actor, at=LATER, wish=again(wish))
    notes = [told.note for told in told_steps(queries.history(wish=again(wish), reader=reader))]
    assert not any(notes)


def test_wishes_are_found_by_the_words_of_their_sentence_alone(cast: Cast) -> None:
    on_wall(cast)
    client = cast.practitioner.client()
    desk, wall = f"{reverse('wishes:desk')}?chip=on_wall&", f"{reverse('wishes:wall')}?"
    for url, browser in ((desk, client), (wall, Client())):
        assert "一位老人想要一副老花镜" in text_of(browser.get(f"{url}q=老花镜+老人"))
        assert "一位老人想要一副老花镜" in text_of(browser.get(f"{url}whom=elder"))
        assert "一位老人想要一副老花镜" not in text_of(browser.get(f"{url}whom=child"))
        assert "一位老人想要一副老花镜" not in text_of(browser.get(f"{url}q=周奶奶"))


def test_the_list_is_taken_along_without_names_and_that_is_on_record(cast: Cast) -> None:
    on_wall(cast)
    answer = cast.practitioner.client().get(reverse("wishes:export") + "?chip=on_wall&sort=-place_key")
    table = b"".join(answer.streaming_content).decode()
    assert "一位老人想要一副老花镜" in table
    assert "周奶奶" not in table
    assert "12900000001" not in table
    assert AuditEntry.objects.filter(verb="wishes.exported").count() == 1


def test_staff_write_the_sentence_on_the_page_of_the_wish(cast: Cast) -> None:
    wish = wished(cast)
    client = english(cast.practitioner.client())
    url = reverse("wishes:publish", args=[wish.uuid])
    refused = client.post(url, {"once": once(), "sentence": "周奶奶要眼镜", "takes": "1"})
    assert refused.status_code == 422
    assert "must not hold a name" in text_of(refused)
    assert 'value="周奶奶要眼镜"' in refused.content.decode()
    told = {"sentence": "一位老人要眼镜", "takes": "1"}
    asked = client.post(url, {"once": once(), **told, "sentence": "帮李芳要眼镜"}).content.decode()
    assert 'name="confirmed" value="帮李芳要眼镜"' in asked
    assert "<mark>李芳</mark>" in asked
    changed = client.post(url, {"once": once(), **told, "confirmed": "帮李芳要眼镜"}).content.decode()
    assert 'name="confirmed" value="一位老人要眼镜"' in changed
    assert "<mark>" not in changed
    assert again(wish).state == "submitted"
    assert "It hangs on the wall" in sent(
        client, url, {"once": once(), **told, "confirmed": "一位老人要眼镜"}
    )


def test_over_the_api_a_person_confirms_the_sentence_too(cast: Cast) -> None:
    wish, client = wished(cast), english(cast.practitioner.client())
    url, told = f"/api/v1/wishes/{wish.uuid}/publish", {"sentence": "替李芳要眼镜"}
    refused = client.post(url, told, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "sentence_not_read")
    assert "李芳" in refused.json()["errors"][0]["detail"]
    told = {"sentence": "一位老人要眼镜", "confirmed": True}
    assert client.post(url, told, content_type="application/json").status_code == 200


def test_a_refused_answer_or_report_keeps_its_words(cast: Cast) -> None:
    long = "实在办不到" * 300
    wish = wished(cast)
    answer = cast.practitioner.client().post(
        reverse("wishes:answer", args=[wish.uuid]), {"once": once(), "words": long}
    )
    assert (answer.status_code, long in answer.content.decode()) == (422, True)
    taken = adopted(cast)
    answer = cast.volunteer.client().post(
        reverse("wishes:release", args=[taken.uuid]), {"once": once(), "words": long}
    )
    assert (answer.status_code, long in answer.content.decode()) == (422, True)


def test_who_wishes_is_shown_after_a_look_only(cast: Cast) -> None:
    wish = wished(cast)
    client = cast.practitioner.client()
    assert "12900000001" not in text_of(client.get(reverse("wishes:staff_wish", args=[wish.uuid])))
    assert "12900000001" in text_of(client.post(reverse("wishes:look", args=[wish.uuid])))


def test_numbers_in_the_words_of_a_wish_are_shown_after_a_look_only(cast: Cast) -> None:
    wish = wished(cast)
    WishText.objects.filter(wish=wish).update(words="一把轮椅，找12000000777")
    client = cast.practitioner.client()
    page = text_of(client.get(reverse("wishes:staff_wish", args=[wish.uuid])))
    assert "一把轮椅，找［号码1］" in page
    assert "12000000777" not in page
    assert "一把轮椅，找12000000777" in text_of(client.post(reverse("wishes:look", args=[wish.uuid])))


def test_what_the_adopter_tells_of_a_wish_is_read_as_its_words_are(cast: Cast) -> None:
    wish = adopted(cast)
    said = "眼镜送到了，她儿子12000000777来取的"
    operations.fulfil_wish(actor=cast.volunteer.actor, at=LATER, wish=wish, words=said)
    url, client = reverse("wishes:staff_wish", args=[wish.uuid]), english(cast.practitioner.client())
    page = text_of(client.get(url))
    assert "眼镜送到了，她儿子［号码1］来取的" in page
    assert "12000000777" not in page
    assert said in text_of(client.post(reverse("wishes:look", args=[wish.uuid])))
    over = text_of(english(cast.supervisor.client()).get(url))
    assert "眼镜送到了" not in over
    assert "How the wish came true" not in over
    thanks = "看得清报纸了"
    operations.show_thanks(actor=cast.manager.actor, at=LATER, wish=again(wish), thanks=thanks, read=thanks)
    over = text_of(english(cast.supervisor.client()).get(url))
    assert thanks in over
    assert "眼镜送到了" not in over


def test_the_wisher_reads_who_looked_and_nobody_else_does(cast: Cast) -> None:
    wish = on_wall(cast)
    url, told = reverse("wishes:wish", args=[wish.uuid]), "Who looked at your name and telephone"
    zhou, other = english(cast.zhou.client()), english(cast.volunteer.client())
    assert f"{told} Nobody so far." in text_of(zhou.get(url))
    cast.practitioner.client().post(reverse("wishes:look", args=[wish.uuid]))
    name = cast.practitioner.person.name
    assert f"{told} {name} · name and telephone" in text_of(zhou.get(url))
    assert told not in text_of(other.get(url))
    looks = zhou.get(f"/api/v1/wishes/mine/{wish.uuid}").json()["looks"]
    assert [look["who"] for look in looks] == [name]


def test_a_leader_adopts_for_the_team(cast: Cast) -> None:
    wish = on_wall(cast)
    page = sent(english(cast.leader.client()), reverse("wishes:adopt", args=[wish.uuid]), {
        "once": once(), "team": str(cast.team.uuid),
    })  # fmt: skip
    assert "城北义剪队" in page
    assert again(wish).state == "adopted"


def test_staff_choose_whose_adoption_is_freed(cast: Cast) -> None:
    wish, client = two_of_three(cast), english(cast.practitioner.client())
    second = wish.adoptions.get(team=cast.team)
    page = client.get(reverse("wishes:staff_wish", args=[wish.uuid])).content.decode()
    assert f'value="{second.uuid}"' in page
    assert "It came true" in page
    url = reverse("wishes:staff_release", args=[wish.uuid])
    assert "Please say whose" in text_of(client.post(url, {"once": once(), "words": ""}))
    sent(client, url, {"once": once(), "words": "", "adoption": str(second.uuid)})
    api = f"/api/v1/wishes/{wish.uuid}"
    [left] = client.get(f"{api}/adoptions").json()
    assert left["id"] == str(wish.adoptions.get(released_at=None).uuid)
    told = {"adoption": left["id"]}
    assert client.post(f"{api}/release", told, content_type="application/json").status_code == 200
    assert not wish.adoptions.filter(released_at=None).exists()


def test_the_adopter_sends_a_picture_that_only_those_concerned_see(cast: Cast) -> None:
    wish = adopted(cast)
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(target, "JPEG")
    picture = SimpleUploadedFile("a.jpg", target.getvalue(), "image/jpeg")
    sent(cast.volunteer.client(), reverse("wishes:fulfil", args=[wish.uuid]), {
        "once": once(), "words": "送到了", "photo": picture,
    })  # fmt: skip
    told = Fulfilment.objects.get()
    assert told.photo is not None
    url = reverse("files:picture", args=[told.photo.uuid])
    assert [one.get(url).status_code for one in (Client(), cast.mallory.client(), cast.zhou.client())] == [
        404,
        404,
        200,
    ]
    sent(
        cast.manager.client(),
        reverse("wishes:thanks", args=[wish.uuid]),
        {"once": once(), "thanks": "看得清了", "confirmed": "看得清了"},
    )
    assert Client().get(url).status_code == 404
    assert "看得清了" in text_of(Client().get(reverse("wishes:wall"), {"chip": "fulfilled"}))


def test_each_of_several_adopters_tells_of_their_share_and_only_the_last_is_asked_for_a_picture(
    cast: Cast,
) -> None:
    wish = on_wall(cast, takes=2)
    operations.adopt_wish(actor=cast.volunteer.actor, at=LATER, wish=wish)
    operations.adopt_wish(actor=cast.leader.actor, at=LATER, wish=again(wish), team_uuid=cast.team.uuid)
    url, tell = reverse("wishes:wish", args=[wish.uuid]), reverse("wishes:fulfil", args=[wish.uuid])
    first, last = english(cast.volunteer.client()), english(cast.leader.client())
    page = first.get(url).content.decode()
    assert "My share is done" in page
    assert 'type="file"' not in page
    sent(first, tell, {"once": once(), "words": "一盏灯，他儿子12000000777来取的"})
    assert "You told us that your share is done" in text_of(first.get(url))
    assert "told us of your share already" in text_of(first.post(tell, {"once": once(), "words": ""}))
    staff, desk = english(cast.practitioner.client()), reverse("wishes:staff_wish", args=[wish.uuid])
    shown = text_of(staff.get(desk))
    assert "share done" in shown
    assert "他儿子［号码1］来取的" in shown
    assert "他儿子12000000777来取的" in text_of(staff.post(reverse("wishes:look", args=[wish.uuid])))
    api = staff.get(f"/api/v1/wishes/{wish.uuid}/adoptions").json()
    assert [one["share_told_at"] is not None for one in api] == [True, False]
    page = last.get(url).content.decode()
    assert "My share is done" not in page
    assert 'type="file"' in page
    sent(last, tell, {"once": once(), "words": "都送到了"})
    assert again(wish).state == "fulfilled"


def test_staff_find_the_resident_and_write_the_wish_down(cast: Cast) -> None:
    client = english(cast.practitioner.client())
    found = client.get(reverse("wishes:enter"), {"q": "周奶奶"})
    url = reverse("wishes:enter_for", args=[cast.zhou.person.uuid])
    assert url in found.content.decode()
    told = {"words": "一把拐杖", "for_whom": "elder"}
    refused = client.post(url, {"once": once(), **told})
    assert refused.status_code == 422
    assert "Please say how the resident agreed." in text_of(refused)
    assert "written down" in sent(client, url, {"once": once(), **told, "consent": "signed"})


def test_the_signed_paper_is_seen_by_resident_and_office_and_goes_with_the_order(cast: Cast) -> None:
    client = english(cast.practitioner.client())
    url = reverse("wishes:enter_for", args=[cast.zhou.person.uuid])
    told = {"words": "一把拐杖", "for_whom": "elder", "consent": "photo"}
    assert "Please add the picture" in text_of(client.post(url, {"once": once(), **told}))
    picture = SimpleUploadedFile("paper.jpg", picture_bytes(), "image/jpeg")
    page = sent(client, url, {"once": once(), **told, "paper": picture})
    wish = Wish.unscoped.get()
    paper = WishConsent.objects.get(wish=wish).paper
    assert paper is not None
    assert "See the paper" in page
    shown = reverse("files:picture", args=[paper.uuid])
    readers = (cast.zhou, cast.practitioner, cast.director, cast.mallory, cast.volunteer)
    assert [one.client().get(shown).status_code for one in readers] == [200, 200, 200, 404, 404]
    order = ordered(cast, wish)
    assert [one.paper for one in order.consents.all()] == [paper]


def test_the_signed_paper_is_shown_to_the_office_until_wish_and_order_have_ended(cast: Cast) -> None:
    client = cast.practitioner.client()
    picture = SimpleUploadedFile("paper.jpg", picture_bytes(), "image/jpeg")
    told = {"words": "一把拐杖", "for_whom": "elder", "consent": "photo", "paper": picture, "once": once()}
    client.post(reverse("wishes:enter_for", args=[cast.zhou.person.uuid]), told)
    wish, page = Wish.unscoped.get(), reverse("wishes:staff_wish", args=[Wish.unscoped.get().uuid])
    paper = WishConsent.objects.get().paper
    assert paper is not None
    shown = reverse("files:picture", args=[paper.uuid])
    order = ordered(cast, wish)
    Order.unscoped.filter(pk=order.pk).update(state="done", turn=F("turn") + 1)
    operations.fulfil_wish(actor=cast.manager.actor, at=LATER, wish=again(wish))
    assert client.get(shown).status_code == 200, "the order made of it has not ended"
    Order.unscoped.filter(pk=order.pk).update(state="closed", turn=F("turn") + 1)
    assert client.get(shown).status_code == 404
    assert shown not in client.get(page).content.decode()
    consents = f"/api/v1/wishes/{wish.uuid}/consents"
    told = [one.client().get(consents).json()[0]["paper"] for one in (cast.practitioner, cast.zhou)]
    assert told == [None, str(paper.uuid)]
    assert cast.zhou.client().get(shown).status_code == 200


def test_a_wish_over_the_api_names_the_paper_that_was_kept_before(cast: Cast) -> None:
    client, api = cast.practitioner.client(), "/api/v1/wishes/on-behalf"
    picture = SimpleUploadedFile("paper.jpg", picture_bytes(), "image/jpeg")
    paper = client.post(f"{api}/papers", {"picture": picture}).json()["paper"]
    told = {
        "person": str(cast.zhou.person.uuid), "words": "一把拐杖", "for_whom": "elder", "consent": "photo",
        "paper": paper,
    }  # fmt: skip
    made = client.post(api, told, content_type="application/json")
    assert made.status_code == 201
    consents = f"/api/v1/wishes/{made.json()['id']}/consents"
    for reader in (cast.practitioner, cast.zhou):
        assert [(one["way"], one["paper"]) for one in reader.client().get(consents).json()] == [
            ("photo", paper)
        ]
    again_named = client.post(api, told, content_type="application/json")
    assert (again_named.status_code, again_named.json()["code"]) == (422, "consent_paper_missing")


@pytest.mark.parametrize(
    ("words", "kind"), [("我不想活了", "wish_danger"), ("想要一副老花镜", "wish_submitted")]
)
def test_danger_in_a_wish_is_answered_with_the_number_and_told_at_once(
    cast: Cast, words: str, kind: str
) -> None:
    client = english(cast.zhou.client())
    page = sent(client, reverse("wishes:new"), {"once": once(), "words": words, "for_whom": "elder"})
    assert ("110 Police" in page) is (kind == "wish_danger")
    assert set(Notice.objects.filter(kind__startswith="wish_").values_list("kind", flat=True)) == {kind}
    assert kind_of("wish_danger").is_urgent


def test_a_wish_is_listened_to_while_it_is_typed(cast: Cast) -> None:
    enter_for = reverse("wishes:enter_for", args=[cast.zhou.person.uuid])
    for client, url in (
        (cast.zhou.client(), reverse("wishes:new")),
        (cast.practitioner.client(), enter_for),
    ):
        page = client.get(url).content.decode()
        assert ('hx-params="words"' in page, page.count("<div data-heard ")) == (True, 1)
        heard = client.post(reverse("orders:danger"), {"words": "没呼吸了"}).content.decode()
        assert 'href="tel:120"' in heard


def test_the_api_says_whom_to_call(cast: Cast) -> None:
    answer = cast.zhou.client().post(
        "/api/v1/wishes", {"words": "厨房着火了", "for_whom": "myself"}, content_type="application/json"
    )
    assert answer.json()["call_now"] == ["119"]
    wished = {
        "words": "邻居晕倒了", "for_whom": "neighbour", "person": str(cast.zhou.person.uuid), "consent": "spoken",
    }  # fmt: skip
    written = cast.practitioner.client().post(
        "/api/v1/wishes/on-behalf", wished, content_type="application/json"
    )
    assert (written.status_code, written.json()["call_now"]) == (201, ["120"])
    told = Notice.objects.filter(kind="wish_danger", facts__place=cast.places.chengbei.short_name)
    assert set(told.values_list("account_id", flat=True)) == {
        cast.practitioner.account.pk, cast.director.account.pk,
    }, "who wrote the second down alone at the station knows of it: the place above is told"  # fmt: skip
