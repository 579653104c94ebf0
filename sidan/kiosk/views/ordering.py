"""Ordering at the terminal: the telephone, its code, the time, done."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.catalogue.enums import Mode
from sidan.catalogue.models import Project
from sidan.catalogue.queries import project_page, rooms_of
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.ids import read_uuid
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.phones import mask_phone
from sidan.desk.operations import issue_own_code
from sidan.desk.policies import CODE_DAYS, spoken_code
from sidan.kiosk import operations, queries
from sidan.kiosk.forms import CodeForm, PadForm, PaperForm, PhoneForm, TimeForm
from sidan.kiosk.views.act import Act, resident_scope, show, within_act
from sidan.orders.operations import Contact, Wish
from sidan.orders.queries import asked_told
from sidan.orders.words import NEXT
from sidan.people.queries import own_contact


def pad_page(
    request: HttpRequest, act: Act, form: PadForm, *, heading: str, submit: str, **facts: str
) -> HttpResponse:
    """Show a form with the number pad under it."""
    context = {"form": form, "heading": heading, "submit": submit, **facts}
    return show(request, act, "pad.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@within_act()
def phone(request: HttpRequest, act: Act) -> HttpResponse:
    """Enter the telephone; a code is sent to it."""
    form = PhoneForm.of(request)
    if form.is_valid():
        number = form.cleaned_data["phone"]
        try:
            operations.send_code(at=now(), terminal=act.terminal, phone=number, language=get_language() or "")
        except REFUSALS as refusal:
            put_errors(form, refusal, field="phone")
        else:
            act.keep_phone(number)
            return redirect("kiosk:code")
    return pad_page(request, act, form, heading=_("Your telephone"), submit=_("Send me a code"), paper="yes")


@require_http_methods(AND_WRITES)
@within_act()
def code(request: HttpRequest, act: Act) -> HttpResponse:
    """Enter the code that came, and go on with what one is here for."""
    number = act.phone
    if not number:
        return redirect("kiosk:phone")
    form = CodeForm.of(request)
    if form.is_valid():
        try:
            account = operations.prove_phone(
                at=now(), terminal=act.terminal, phone=number, code=form.cleaned_data["code"],
                language=get_language() or "",
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            request.session.cycle_key()
            if account is None:
                act.keep_shared(number)
                return redirect("kiosk:who")
            act.keep_account(account.pk)
            return _onward(act)
    return pad_page(
        request,
        act,
        form,
        heading=_("The code from the message"),
        submit=_("Go on"),
        sent_to=mask_phone(number),
    )


def _onward(act: Act) -> HttpResponse:
    return redirect("kiosk:time" if act.what == "order" else "kiosk:mine")


@require_http_methods(AND_WRITES)
@within_act()
def who(request: HttpRequest, act: Act) -> HttpResponse:
    """Choose who of those that share the telephone is here; their names are shown in part."""
    number = act.shared_phone
    if not number:
        return redirect("kiosk:start")
    refused = ""
    if request.method == "POST":
        try:
            account, person = operations.choose_person(
                at=now(), phone=number, person=_uuid(request.POST.get("person", "")), language=get_language() or ""
            )  # fmt: skip
        except (*REFUSALS, NotFound) as refusal:
            refused = str(refusal)
        else:
            act.keep_account(account.pk, person_id=person.pk)
            return _onward(act)
    context = {"people": queries.people_masked(phone=number), "refused": refused}
    return show(request, act, "who.html", context, status=422 if refused else 200)


def _uuid(text: str) -> UUID:
    found = read_uuid(text)
    if found is None:
        raise NotFound
    return found


@require_http_methods(AND_WRITES)
@within_act()
def paper(request: HttpRequest, act: Act) -> HttpResponse:
    """Enter number and code from the paper."""
    form = PaperForm.of(request)
    if form.is_valid():
        data, at = form.cleaned_data, now()
        try:
            row = operations.open_paper(
                at=at, terminal=act.terminal, number=data["number"], digits=data["code"]
            )
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            request.session.cycle_key()
            act.keep(paper=[row.pk, int(at.timestamp())])
            return redirect("kiosk:paper_order")
    return pad_page(request, act, form, heading=_("Number and code from your paper"), submit=_("Go on"))


@require_http_methods(AND_WRITES)
@within_act(proven=True)
def time(request: HttpRequest, act: Act) -> HttpResponse:
    """Choose the time and where, and order."""
    if queries.order_of_act(act=act.uuid) is not None:
        return redirect("kiosk:done")
    actor = act.resident()
    with resident_scope(actor):
        return _time(request, act, actor)


def _time(request: HttpRequest, act: Act, actor: Actor) -> HttpResponse:
    at, project = now(), _project(act)
    known = own_contact(person_id=actor.person_id or 0)
    form = TimeForm(
        request.POST if request.method == "POST" else None, at=at,
        at_home="yes" if project.mode == Mode.AT_HOME else "no", knows_address="yes" if known.address else "no",
    )  # fmt: skip
    refused = ""
    if request.method == "POST" and form.is_valid():
        begins, ends = form.wish
        need = _("Where to come is told on the telephone.") if form.cleaned_data.get("where") == "ask" else ""
        wish = Wish(
            project_uuid=project.uuid, wished_from=begins, wished_to=ends, need=need,
            contact=Contact(phone=known.phone),
        )  # fmt: skip
        try:
            operations.order_at_terminal(actor=actor, at=at, terminal=act.terminal, act=act.uuid, wish=wish)
        except (*REFUSALS, NotFound) as refusal:
            refused = str(refusal)
        else:
            return redirect("kiosk:done")
    asked = asked_told(person_id=actor.person_id or 0, category=project.category_id, at=at)
    context = {"form": form, "project": project, "refused": refused, "asked": asked}
    context["rooms"] = rooms_of(project=project, today=business_date(at))
    return show(request, act, "time.html", context, status=422 if form.errors or refused else 200)


def _project(act: Act) -> Project:
    """Return the service that was touched. Raises NotFound."""
    project = project_page(uuid=_uuid(act.service))
    if project is None:
        raise NotFound
    return project


@require_safe
@within_act(proven=True)
def done(request: HttpRequest, act: Act) -> HttpResponse:
    """Say that it arrived, with the number large enough to be read from afar."""
    found = queries.order_of_act(act=act.uuid)
    if found is None:
        return redirect("kiosk:start")
    act.finish()
    return show(request, act, "done.html", {"order": found, "next": NEXT.get(found.state, "")})


@require_POST
@within_act(proven=True)
def slip(request: HttpRequest, act: Act) -> HttpResponse:
    """Give out a code for the order, on a slip to be printed: shown on this one page and never again."""
    found = queries.order_of_act(act=act.uuid)
    if found is None:
        return redirect("kiosk:start")
    actor = act.resident()
    with resident_scope(actor):
        digits = issue_own_code(actor=actor, at=now(), order=found)
    context = {
        "order": found, "code": spoken_code(digits), "days": CODE_DAYS,
        "address": request.build_absolute_uri(reverse("desk:code")),
    }  # fmt: skip
    return show(request, act, "slip.html", context)
