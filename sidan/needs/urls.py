"""Surveys and needs: /surveys/… for everybody with the link, /console/needs/… for staff."""

from django.urls import path

from sidan.needs.views import answering, looking, needs, offline, surveys, tracing

app_name = "needs"
DESK = "console/needs/"
SURVEYS = f"{DESK}surveys/"
ONE = f"{DESK}<uuid:uuid>/"

urlpatterns = [
    path("surveys/<uuid:uuid>/", answering.sheet, name="sheet"),
    path("surveys/<uuid:uuid>/thanks/", answering.thanks, name="thanks"),
    path(DESK, needs.desk, name="desk"),
    path(f"{DESK}export.csv", needs.export, name="export"),
    path(f"{DESK}new/", needs.new, name="new"),
    path(SURVEYS, surveys.surveys, name="surveys"),
    path(f"{SURVEYS}export/", surveys.export_surveys, name="export_surveys"),
    path(f"{SURVEYS}new/", surveys.new, name="new_survey"),
    path(f"{SURVEYS}offline/", offline.page, name="offline"),
    path(f"{SURVEYS}sheets.json", offline.sheets, name="offline_sheets"),
    path(f"{SURVEYS}worker.js", offline.worker, name="offline_worker"),
    path(f"{SURVEYS}<uuid:uuid>/", surveys.survey, name="survey"),
    path(f"{SURVEYS}<uuid:uuid>/open/", surveys.open_, name="open_survey"),
    path(f"{SURVEYS}<uuid:uuid>/close/", surveys.close, name="close_survey"),
    path(f"{SURVEYS}<uuid:uuid>/enter/", answering.enter, name="enter_answer"),
    path(f"{SURVEYS}<uuid:uuid>/need/", needs.heard, name="heard"),
    path(f"{SURVEYS}<uuid:uuid>/look/", looking.look_at_sheet, name="look_at_sheet"),
    path(f"{SURVEYS}<uuid:uuid>/paper.pdf", surveys.paper, name="paper"),
    path(ONE, needs.need, name="need"),
    path(f"{ONE}kind/", needs.kind, name="kind"),
    path(f"{ONE}look/", looking.look, name="look"),
    path(f"{ONE}merge/", needs.merge, name="merge"),
    path(f"{ONE}part/", needs.part, name="part"),
    path(f"{ONE}trace/", tracing.trace, name="trace"),
    path(f"{ONE}untrace/", tracing.untrace, name="untrace"),
]
