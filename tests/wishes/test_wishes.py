"""A wish: who reads it, what hangs on the wall, who adopts it, what it becomes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError
from django.utils.translation import override

from sidan.catalogue import operations as catalogue
from sidan.catalogue.models import Project
from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date
from sidan.core.errors import Forbidden, NotFound, NotSignedIn
from sidan.core.scope import Scope, everything, scoped
from sidan.core.transitions import KEEPS, START
from sidan.desk.queries import is_to_be_called
from sidan.notify.enums import Topic
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.orders.operations import SPOKEN, Consent
from sidan.orders.operations import Wish as WishedOrder
from sidan.orders.operations.consents import ConsentPaperMissing
from sidan.orders.operations.placing import WishRefused
from sidan.wishes import operations, queries
from sidan.wishes.models import Adoption, Wish, WishConsent, WishOrder, WishStep
from sidan.wishes.operations.adopting import NoSuchAdoption, OwnWish, SeveralAdopters
from sidan.wishes.operations.fulfilling import NotAdoptedYet, ShareToldAlready
from sidan.wishes.operations.handling import PersonalSentence, SentenceNotRead, WishHasAdopters
from sidan.wishes.operations.wishing import NotYourResident, TooManyWishes, WishTooFar
from sidan.wishes.permissions import NotAdopter
from sidan.wishes.policies import names_perhaps, pointing_at_somebody
from sidan.wishes.states import WISH
from tests.cast import Cast, Someone
from tests.factories import AT

LATER = AT + timedelta(hours=1)
TOLD = operations.NewWish(words="想要一副老花镜，我叫周奶奶", for_whom="elder", contact_phone="12900000001")


def wished(cast: Cast) -> Wish:
    made = operations.make_wish(actor=cast.zhou.actor, at=AT, told=TOLD)
    return again(made)


def again(wish: Wish) -> Wish:
    return Wish.unscoped.select_related("place", "county", "wisher").get(pk=wish.pk)


def on_wall(cast: Cast, *, takes: int = 1) -> Wish:
    wish = wished(cast)
    operations.publish_wish(
        actor=cast.practitioner.actor, at=AT, wish=wish, sentence="一位老人想要一副老花镜", takes=takes,
        read="一位老人想要一副老花镜",
    )  # fmt: skip
    return again(wish)


def adopted(cast: Cast) -> Wish:
    wish = on_wall(cast)
    operations.adopt_wish(actor=cast.volunteer.actor, at=LATER, wish=wish)
    return again(wish)


@pytest.mark.django_db
def test_what_the_person_wrote_lies_open_nowhere(cast: Cast) -> None:
    adopted(cast)
    with connection.cursor() as cursor:
        for table in ("wish", "wishtext", "wishstep", "adoption"):
            cursor.execute(f"SELECT coalesce(string_agg(row::text, ' '), '') FROM wishes_{table} AS row")
            text = cursor.fetchone()[0]
            assert "12900000001" not in text
            assert "周奶奶" not in text


@pytest.mark.django_db
def test_before_it_is_on_the_wall_only_the_wisher_and_the_offices_know_of_it(cast: Cast) -> None:
    wish, know = wished(cast), set()
    for name, one in cast.everybody().items():
        with one.at_work() as actor:
            if Wish.objects.filter(pk=wish.pk).exists():
                know.add(name)
                assert (queries.full_text(actor=actor, wish=wish) is not None) == (name != "supervisor")
    assert know == {
        "zhou", "practitioner", "grid_keeper", "operator", "director", "dispatcher", "manager", "supervisor",
    }  # fmt: skip


@pytest.mark.django_db
def test_the_wall_is_everybody_s_and_its_words_are_not(cast: Cast) -> None:
    wish = on_wall(cast)
    with scoped(Scope()):
        assert list(queries.wall(near=cast.places.chengbei)) == [wish]
    with cast.mallory.at_work() as actor:
        assert queries.wish_by_uuid(uuid=wish.uuid) == wish
        assert queries.full_text(actor=actor, wish=wish) is None
        with pytest.raises(NotFound):
            operations.look_at_words(actor=actor, at=LATER, wish=wish)


@pytest.mark.django_db
@pytest.mark.parametrize("sentence", ["周奶奶想要老花镜", "请打 129 0000 0001", "电话12900000001"])
def test_a_public_sentence_with_a_name_or_a_number_is_refused(cast: Cast, sentence: str) -> None:
    with pytest.raises(PersonalSentence):
        operations.publish_wish(
            actor=cast.manager.actor, at=AT, wish=wished(cast), sentence=sentence, read=sentence
        )


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("0797-2831234", "number"), ("12900000001", "number"),
        ("石贝村3组12号想要轮椅", "door"), ("石贝村三组的老人想要轮椅", "door"), ("5栋2单元301想要灯", "door"),
        ("新民路12号想要灯", "door"), ("301室想要灯", "door"), ("a chair for Group 3", "door"),
        ("a lamp for 12 Long March Road", "door"),
        ("张桂香奶奶想要轮椅", "name"), ("一位奶奶（孙女李小红）想要轮椅", "name"), ("王强大爷想要收音机", "name"),
        ("儿子陈小明想要字典", "name"), ("张桂香的孙女想要字典", "name"), ("高秀英老人想要轮椅", "name"),
        ("李女士想要轮椅", "name"), ("Grandma Zhang wants a chair", "name"),
    ],
)  # fmt: skip
def test_what_points_at_one_person_is_seen(text: str, points: str) -> None:
    assert [one.points.value for one in pointing_at_somebody(text)] == [points]


@pytest.mark.parametrize(
    "text",
    [
        "想要一台轮椅", "石贝村一位奶奶想要轮椅", "长宁镇老人想要一台电视", "石贝村老人想要轮椅", "3本书",
        "2026年12月1日前",
        "12月5号前想要一副老花镜", "高龄老人想要轮椅", "高血压老人想要血压计", "白内障老人想要放大镜",
        "许多老人想要周末理发",
        "每周老人理发一次", "任何老人都可以来", "奶奶高兴地想要一把伞", "奶奶周末想要理发", "一位女士想要轮椅",
        "想要3组书架",
        "一对父母想给女儿要一本字典", "为独居老人送一床被子", "马上要开学的孩子想要书包",
        "a child wishes for a dictionary",
        "关爱老人的志愿者想要一台理发器", "方便老人出行的扶手", "修路的叔叔想要手套", "想要5号电池",
    ],
)  # fmt: skip
def test_what_points_at_nobody_may_stand_on_the_wall(text: str) -> None:
    assert pointing_at_somebody(text) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "姓名“张桂香奶奶”"), ("en", "the name “张桂香奶奶”")]
)
def test_the_refusal_says_what_was_found(cast: Cast, language: str, words: str) -> None:
    wish, sentence = wished(cast), "长宁镇石贝村3组12号的张桂香奶奶（孙女李小红）想要轮椅"
    with override(language), pytest.raises(PersonalSentence) as refused:
        operations.publish_wish(actor=cast.manager.actor, at=AT, wish=wish, sentence=sentence, read=sentence)
    [problem] = refused.value.errors
    assert words in str(problem.detail)
    assert "村3组12号" in str(problem.detail)
    assert again(wish).state == "submitted"


@pytest.mark.django_db
def test_a_wish_with_one_place_is_adopted_once(cast: Cast) -> None:
    wish = adopted(cast)
    assert wish.state == "adopted"
    assert Adoption.objects.get().kind == "volunteer"
    with pytest.raises(operations.WishMovedOn):
        operations.adopt_wish(actor=cast.leader.actor, at=LATER, wish=wish, team_uuid=cast.team.uuid)
    assert {"wish_adopted", "wish_adopted_staff"} <= set(Notice.objects.values_list("kind", flat=True))


@pytest.mark.django_db
def test_a_wish_that_takes_several_waits_for_all(cast: Cast) -> None:
    wish = on_wall(cast, takes=3)
    for one, team in ((cast.volunteer, None), (cast.leader, cast.team.uuid), (cast.operator, None)):
        assert again(wish).state == "on_wall"
        operations.adopt_wish(actor=one.actor, at=LATER, wish=again(wish), team_uuid=team)
    assert again(wish).state == "adopted"
    assert sorted(Adoption.objects.values_list("kind", flat=True)) == ["donor", "team", "volunteer"]


@pytest.mark.django_db
def test_nobody_adopts_twice_or_their_own_or_for_a_team_of_others(cast: Cast) -> None:
    wish = on_wall(cast, takes=5)
    with pytest.raises(OwnWish):
        operations.adopt_wish(actor=cast.zhou.actor, at=LATER, wish=wish)
    with pytest.raises(operations.NotYourTeamToAdopt):
        operations.adopt_wish(actor=cast.volunteer.actor, at=LATER, wish=wish, team_uuid=cast.team.uuid)
    operations.adopt_wish(actor=cast.leader.actor, at=LATER, wish=wish, team_uuid=cast.team.uuid)
    with pytest.raises(operations.AdoptedAlready):
        operations.adopt_wish(actor=cast.leader.actor, at=LATER, wish=again(wish))


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one(cast: Cast) -> None:
    wish = on_wall(cast)
    people = [cast.volunteer, cast.leader, cast.operator, cast.grid_keeper]

    def adopt(one: Someone) -> str:
        try:
            operations.adopt_wish(actor=one.actor, at=LATER, wish=again(wish))
        except operations.WishMovedOn:
            return "told"
        finally:
            connections.close_all()
        return "adopted"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(adopt, people))
    assert answers == ["adopted", "told", "told", "told"]
    assert Adoption.objects.count() == 1


@pytest.mark.django_db
def test_a_wish_given_back_hangs_on_the_wall_again(cast: Cast) -> None:
    wish = adopted(cast)
    with pytest.raises(NotAdopter):
        operations.release_adoption(actor=cast.leader.actor, at=LATER, wish=wish)
    operations.release_adoption(actor=cast.volunteer.actor, at=LATER, wish=wish, words="要出远门")
    assert again(wish).state == "on_wall"
    operations.adopt_wish(actor=cast.volunteer.actor, at=LATER, wish=again(wish))


@pytest.mark.django_db
def test_staff_free_a_wish_whose_adopter_does_not_answer(cast: Cast) -> None:
    wish = adopted(cast)
    operations.release_adoption(actor=cast.director.actor, at=LATER, wish=wish)
    assert Adoption.objects.get().released_at == LATER


def two_of_three(cast: Cast) -> Wish:
    wish = on_wall(cast, takes=3)
    operations.adopt_wish(actor=cast.volunteer.actor, at=LATER, wish=wish)
    operations.adopt_wish(actor=cast.leader.actor, at=LATER, wish=again(wish), team_uuid=cast.team.uuid)
    return again(wish)


@pytest.mark.django_db
def test_staff_say_whose_adoption_is_freed_and_that_adopter_is_told(cast: Cast) -> None:
    wish, staff = two_of_three(cast), cast.director.actor
    with pytest.raises(SeveralAdopters):
        operations.release_adoption(actor=staff, at=LATER, wish=wish)
    second = Adoption.objects.get(team=cast.team)
    with pytest.raises(NotAdopter):
        operations.release_adoption(
            actor=cast.volunteer.actor, at=LATER, wish=again(wish), adoption=second.uuid
        )
    operations.release_adoption(actor=staff, at=LATER, wish=again(wish), adoption=second.uuid)
    assert [one.person for one in wish.adoptions.filter(released_at=None)] == [cast.volunteer.person]
    assert [one.account for one in Notice.objects.filter(kind="wish_freed")] == [cast.leader.account]
    with pytest.raises(NoSuchAdoption):
        operations.release_adoption(actor=staff, at=LATER, wish=again(wish), adoption=second.uuid)
    operations.release_adoption(actor=cast.volunteer.actor, at=LATER, wish=again(wish))
    assert Notice.objects.filter(kind="wish_freed").count() == 1
    operations.take_down_wish(actor=staff, at=LATER, wish=again(wish))


@pytest.mark.django_db
def test_a_wish_with_fewer_adopters_than_wished_for_comes_true_when_staff_say_so(cast: Cast) -> None:
    wish = two_of_three(cast)
    for one in (cast.volunteer, cast.leader):
        operations.fulfil_wish(actor=one.actor, at=LATER, wish=again(wish))
        assert again(wish).state == "on_wall", "a third share is open"
    operations.fulfil_wish(actor=cast.manager.actor, at=LATER, wish=again(wish), words="两盏灯已经够了")
    assert again(wish).state == "fulfilled"
    told = Notice.objects.filter(kind="wish_fulfilled_adopters")
    assert {one.account for one in told} == {cast.volunteer.account, cast.leader.account}
    assert kind_of("wish_fulfilled_adopters").topic == Topic.MINE
    offices = Notice.objects.filter(kind="wish_fulfilled_staff")
    assert not {one.account for one in offices} & {cast.volunteer.account, cast.leader.account}


def two_of_two(cast: Cast) -> Wish:
    wish = on_wall(cast, takes=2)
    operations.adopt_wish(actor=cast.volunteer.actor, at=LATER, wish=wish)
    operations.adopt_wish(actor=cast.leader.actor, at=LATER, wish=again(wish), team_uuid=cast.team.uuid)
    return again(wish)


@pytest.mark.django_db
def test_of_several_adopters_each_tells_of_their_share_and_the_last_one_ends_the_wish(cast: Cast) -> None:
    wish = two_of_two(cast)
    operations.fulfil_wish(actor=cast.volunteer.actor, at=LATER, wish=wish, words="送了一盏灯")
    assert again(wish).state == "adopted"
    step = WishStep.objects.get(wish=wish, verb="share")
    assert (step.from_state, step.to_state, step.note.words) == ("adopted", "adopted", "送了一盏灯")
    assert {one.account for one in Notice.objects.filter(kind="wish_share")} == {cast.zhou.account}
    with pytest.raises(ShareToldAlready):
        operations.fulfil_wish(actor=cast.volunteer.actor, at=LATER, wish=again(wish))
    with pytest.raises(NotAdopter):
        operations.fulfil_wish(actor=cast.mallory.actor, at=LATER, wish=again(wish))
    operations.fulfil_wish(actor=cast.leader.actor, at=LATER, wish=again(wish), words="都送到了")
    assert again(wish).state == "fulfilled"
    with pytest.raises(operations.WishMovedOn):
        operations.fulfil_wish(actor=cast.volunteer.actor, at=LATER, wish=again(wish))


@pytest.mark.django_db
def test_a_share_that_was_given_back_is_open_for_who_comes_after(cast: Cast) -> None:
    wish = two_of_two(cast)
    operations.fulfil_wish(actor=cast.volunteer.actor, at=LATER, wish=wish)
    operations.release_adoption(
        actor=cast.volunteer.actor, at=LATER, wish=again(wish), words="坏了，拿回来了"
    )
    operations.fulfil_wish(actor=cast.leader.actor, at=LATER, wish=again(wish))
    assert again(wish).state == "on_wall"
    operations.adopt_wish(actor=cast.operator.actor, at=LATER, wish=again(wish))
    operations.fulfil_wish(actor=cast.operator.actor, at=LATER, wish=again(wish))
    assert again(wish).state == "fulfilled"


@pytest.mark.django_db
def test_an_adopter_does_not_end_what_the_office_arranges_for_the_others(cast: Cast) -> None:
    wish = two_of_three(cast)
    ordered(cast, wish)
    operations.fulfil_wish(actor=cast.volunteer.actor, at=LATER, wish=again(wish))
    operations.fulfil_wish(actor=cast.leader.actor, at=LATER, wish=again(wish))
    assert again(wish).state == "in_hand"


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_of_the_last_shares_at_once_end_the_wish_together(cast: Cast) -> None:
    wish = two_of_two(cast)

    def tell(one: Someone) -> None:
        try:
            operations.fulfil_wish(actor=one.actor, at=LATER, wish=again(wish))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tell, [cast.volunteer, cast.leader]))
    assert again(wish).state == "fulfilled"
    assert list(WishStep.objects.filter(wish=wish).values_list("verb", flat=True))[-2:] == ["share", "fulfil"]


@pytest.mark.django_db
def test_a_wish_that_nobody_adopted_does_not_come_true_on_the_wall(cast: Cast) -> None:
    wish = on_wall(cast, takes=3)
    with pytest.raises(NotAdoptedYet):
        operations.fulfil_wish(actor=cast.manager.actor, at=LATER, wish=wish)
    assert again(wish).state == "on_wall"


@pytest.mark.django_db
def test_it_comes_true_and_the_wall_tells_of_it_only_when_staff_say_so(cast: Cast) -> None:
    wish = adopted(cast)
    operations.fulfil_wish(actor=cast.volunteer.actor, at=LATER, wish=wish, words="送到周奶奶手上了")
    with pytest.raises(PersonalSentence):
        operations.show_thanks(
            actor=cast.manager.actor, at=LATER, wish=again(wish), thanks="周奶奶很高兴", read=""
        )
    told = "老人看得清报纸了"
    with pytest.raises(SentenceNotRead):
        operations.show_thanks(actor=cast.manager.actor, at=LATER, wish=again(wish), thanks=told, read="")
    operations.show_thanks(actor=cast.manager.actor, at=LATER, wish=again(wish), thanks=told, read=told)
    with scoped(Scope()):
        shown = queries.wall(near=None, chip="fulfilled").get()
    assert shown.fulfilment.thanks == "老人看得清报纸了"


@pytest.mark.django_db
def test_an_answer_is_no_way_out_of_an_adoption(cast: Cast) -> None:
    wish = on_wall(cast, takes=2)
    operations.adopt_wish(actor=cast.volunteer.actor, at=LATER, wish=wish)
    with pytest.raises(WishHasAdopters):
        operations.answer_wish(actor=cast.manager.actor, at=LATER, wish=again(wish), words="没有")
    assert again(wish).state == "on_wall"


@pytest.mark.django_db
def test_a_wish_becomes_several_orders_and_each_is_linked(cast: Cast) -> None:
    wish, project = wished(cast), service_of(cast)
    with everything("a test"):
        for day in (1, 2):
            begins = AT + timedelta(days=day)
            wanted = WishedOrder(
                project_uuid=project.uuid, wished_from=begins, wished_to=begins + timedelta(hours=2)
            )
            operations.order_for_wish(
                actor=cast.practitioner.actor, at=LATER, wish=again(wish), wanted=wanted
            )
    orders = [link.order for link in WishOrder.objects.filter(wish=wish)]
    assert len(orders) == 2
    assert {order.requester for order in orders} == {cast.zhou.person}
    assert again(wish).state == "in_hand"


@pytest.mark.django_db
def test_an_order_that_cannot_be_placed_leaves_the_wish_as_it_was(cast: Cast) -> None:
    wish, project = wished(cast), service_of(cast)
    past = WishedOrder(project_uuid=project.uuid, wished_from=AT - timedelta(days=9), wished_to=AT)
    with everything("a test"), pytest.raises(WishRefused):
        operations.order_for_wish(actor=cast.practitioner.actor, at=LATER, wish=wish, wanted=past)
    assert again(wish).state == "submitted"
    assert not Order.unscoped.exists()


@pytest.mark.django_db
def test_a_wish_becomes_the_draft_of_a_newservice_of(cast: Cast) -> None:
    wish = wished(cast)
    hair = catalogue.create_category(actor=SYSTEM, at=AT, name="配镜", code="glasses")
    text = catalogue.ProjectText(title="上门验光", category=hair, team=cast.team, area=cast.places.chengbei)
    with everything("a test"):
        project = operations.draft_project(actor=cast.manager.actor, at=LATER, wish=wish, text=text)
        with pytest.raises(Forbidden):
            operations.draft_project(actor=cast.practitioner.actor, at=LATER, wish=again(wish), text=text)
    assert project.state == "draft"
    assert wish.project_links.get().project == project


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["mallory", "zhou", "volunteer", "leader", "supervisor", "operator", "system_admin"]
)
def test_nobody_else_handles_a_wish(cast: Cast, name: str) -> None:
    wish, actor = wished(cast), getattr(cast, name).actor
    acts: list[Callable[[], Any]] = [
        lambda: operations.publish_wish(actor=actor, at=LATER, wish=wish, sentence="一副眼镜", read=""),
        lambda: operations.answer_wish(actor=actor, at=LATER, wish=wish, words="不行"),
        lambda: operations.take_down_wish(actor=actor, at=LATER, wish=wish),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()


@pytest.mark.django_db
def test_a_practitioner_enters_a_wish_for_a_neighbour_who_is_told(cast: Cast) -> None:
    made = for_zhou(cast)
    assert made.channel == "on_behalf"
    assert Notice.objects.get(kind="wish_entered").account == cast.zhou.account
    with pytest.raises(NotYourResident):
        operations.make_wish_for(
            actor=cast.mallory.actor, at=AT, told=TOLD, person=cast.zhou.person, consent=SPOKEN
        )


def for_zhou(cast: Cast, consent: Consent = SPOKEN) -> Wish:
    made = operations.make_wish_for(
        actor=cast.practitioner.actor, at=AT, told=TOLD, person=cast.zhou.person, consent=consent
    )
    return again(made)


def ordered(cast: Cast, wish: Wish) -> Order:
    begins, project = LATER + timedelta(days=1), Project.unscoped.first() or service_of(cast)
    with everything("a test"):
        wanted = WishedOrder(
            project_uuid=project.uuid,
            wished_from=begins,
            wished_to=begins + timedelta(hours=2),
        )
        return operations.order_for_wish(
            actor=cast.practitioner.actor, at=LATER, wish=again(wish), wanted=wanted
        )


@pytest.mark.django_db
def test_an_order_of_a_wish_tells_how_it_came_and_how_the_resident_agreed(cast: Cast) -> None:
    """Whoever wished themselves is not called back, nor counted among those for whom staff asked (R-O3)."""
    signed, own = for_zhou(cast, Consent(way="signed")), wished(cast)
    for wish, way, channel in ((signed, "signed", "on_behalf"), (own, "own_wish", "portal")):
        order = ordered(cast, wish)
        assert (order.channel, is_to_be_called(order=order)) == (channel, channel == "on_behalf")
        assert [one.way for one in order.consents.all()] == [way]
    with pytest.raises(ConsentPaperMissing):
        for_zhou(cast, Consent(way="photo"))


@pytest.mark.django_db
def test_how_somebody_agreed_to_a_wish_is_never_changed(cast: Cast) -> None:
    for_zhou(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        WishConsent.objects.update(way="signed")


@pytest.mark.django_db
def test_a_sentence_hangs_on_the_wall_only_as_it_was_read(cast: Cast) -> None:
    wish, sentence = wished(cast), "帮张建国要一副老花镜"
    with override("en"), pytest.raises(SentenceNotRead) as unread:
        operations.publish_wish(
            actor=cast.manager.actor, at=AT, wish=wish, sentence=sentence, read="一位老人想要一副老花镜"
        )
    assert (unread.value.preview, unread.value.suspected) == (sentence, ["张建国"])
    assert "Could this be a name: “张建国”?" in str(unread.value.errors[0].detail)
    assert again(wish).state == "submitted"
    operations.publish_wish(
        actor=cast.manager.actor, at=AT, wish=again(wish), sentence=sentence, sentence_en="Glasses",
        read=f"{sentence} · Glasses",
    )  # fmt: skip
    assert again(wish).state == "on_wall"


@pytest.mark.parametrize(
    ("text", "perhaps"),
    [
        ("张建国想要轮椅", ["张建国"]), ("替李芳要一本字典", ["李芳"]), ("想请欧阳明来", ["欧阳明"]),
        ("老李想要收音机", ["老李"]),
        ("一副老花镜，王秀兰", ["王秀兰"]), ("A lamp for Xiaoming Zhang, please", ["Xiaoming Zhang"]),
        ("欧阳小明和司马兰想要书", ["欧阳小明", "司马兰"]),
        ("一位老人想要一副老花镜", []), ("村里跳舞的人想要几盏太阳能灯", []), ("方便的扶手", []),
        ("A child in fifth grade wishes for a dictionary", []), ("", []),
    ],
)  # fmt: skip
def test_what_could_be_a_bare_name_is_asked_about(text: str, perhaps: list[str]) -> None:
    assert names_perhaps(text) == perhaps


@pytest.mark.django_db
def test_a_person_has_only_so_many_wishes_waiting(cast: Cast) -> None:
    for _number in range(5):
        wished(cast)
    with pytest.raises(TooManyWishes):
        wished(cast)
    operations.withdraw_wish(actor=cast.zhou.actor, at=LATER, wish=again(Wish.unscoped.first()))  # type: ignore[arg-type] # there are five
    wished(cast)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_that_has_passed_or_is_too_far_is_refused(cast: Cast, days: int) -> None:
    told = operations.NewWish(
        words="字典", for_whom="child", wished_by=business_date(AT) + timedelta(days=days)
    )
    with pytest.raises(WishTooFar):
        operations.make_wish(actor=cast.zhou.actor, at=AT, told=told)


@pytest.mark.django_db
def test_a_visitor_wishes_nothing(db: None) -> None:
    with pytest.raises(NotSignedIn):
        operations.make_wish(actor=SYSTEM, at=AT, told=TOLD)


@pytest.mark.django_db
def test_the_history_is_never_changed_and_no_state_without_a_turn(cast: Cast) -> None:
    wish = on_wall(cast)
    for change in (
        lambda: WishStep.objects.filter(wish=wish).update(verb="answer"),
        lambda: WishStep.objects.filter(wish=wish).delete(),
        lambda: Wish.unscoped.filter(pk=wish.pk).update(state="fulfilled"),
        lambda: Wish.unscoped.filter(pk=wish.pk).update(sentence=""),
        lambda: Wish.unscoped.filter(pk=wish.pk).update(wisher=cast.mallory.person),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_every_state_is_reached_and_every_arrow_begins_in_a_known_one() -> None:
    states = set(dict(Wish._meta.get_field("state").choices or ()))
    assert {row.target for row in WISH.values()} - {KEEPS} == states
    assert set().union(*(row.sources for row in WISH.values())) <= states | {START}


def service_of(cast: Cast) -> Project:
    with everything("a test"):
        kind = catalogue.create_category(actor=SYSTEM, at=AT, name="配镜", code="glasses")
        text = catalogue.ProjectText(title="配眼镜", category=kind, team=cast.team, area=cast.places.center)
        made = catalogue.create_project(actor=SYSTEM, at=AT, place=cast.places.changning, text=text)
        for verb in ("propose", "publish"):
            catalogue.PROJECT_VERBS[verb](actor=SYSTEM, at=AT, project_uuid=made.uuid)
    return made
