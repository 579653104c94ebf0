"""Campaigns and tours: /campaigns/… for everybody, /console/campaigns/… for staff."""

from django.urls import path

from sidan.campaigns.views import acts, desk, importing, kinds, portal, sites, stops, targets

app_name = "campaigns"
DESK = "console/campaigns/"
STAFF = f"{DESK}<uuid:uuid>/"
TARGET = f"{STAFF}targets/<uuid:target>/"
SITE = f"{STAFF}sites/<uuid:site>/"
STOP = f"{STAFF}stops/<uuid:stop>/"
RECORD = f"{STOP}records/<uuid:record>/"

urlpatterns = [
    path("campaigns/", portal.campaigns, name="campaigns"),
    path("campaigns/<uuid:uuid>/", portal.campaign, name="public_campaign"),
    path("campaigns/<uuid:uuid>.ics", portal.feed, name="feed"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(f"{DESK}new/", desk.new, name="new"),
    path(f"{DESK}kinds/", kinds.kinds, name="kinds"),
    path(f"{DESK}kinds/<uuid:kind>/retire/", kinds.retire, name="retire_kind"),
    path(f"{DESK}activities/<uuid:activity>/", acts.link_activity, name="link_activity"),
    path(STAFF, desk.campaign, name="campaign"),
    path(f"{STAFF}edit/", desk.edit, name="edit"),
    path(f"{STAFF}announce/", acts.announce, name="announce"),
    path(f"{STAFF}run/", acts.run, name="run"),
    path(f"{STAFF}end/", acts.end, name="end"),
    path(f"{STAFF}resume/", acts.resume, name="resume"),
    path(f"{STAFF}stop/", acts.stop, name="stop"),
    path(f"{STAFF}drop/", acts.drop, name="drop"),
    path(f"{STAFF}targets/", targets.targets, name="targets"),
    path(f"{TARGET}remove/", targets.remove, name="remove_target"),
    path(f"{TARGET}shares/", targets.shares, name="shares"),
    path(f"{STAFF}sites/", sites.sites, name="sites"),
    path(f"{STAFF}sites/export/", sites.export, name="export_sites"),
    path(f"{STAFF}sites/new/", sites.new, name="new_site"),
    path(f"{STAFF}sites/network/", sites.network, name="network"),
    path(f"{STAFF}sites/import/", importing.bring, name="bring"),
    path(f"{STAFF}sites/import/take-in/", importing.take_in, name="take_in"),
    path(SITE, sites.site, name="site"),
    path(f"{SITE}record/", sites.record_now, name="record_site"),
    path(f"{SITE}plan/", sites.plan, name="plan_stop"),
    path(f"{SITE}remove/", sites.remove, name="remove_site"),
    path(f"{STAFF}stops/", stops.stops, name="stops"),
    path(f"{STAFF}stops/export/", stops.export, name="export_stops"),
    path(STOP, stops.stop, name="stop_page"),
    path(f"{STOP}record/", acts.record_stop, name="record_stop"),
    path(f"{STOP}activity/", acts.prove_activity, name="prove_activity"),
    path(f"{STOP}activity/let-go/", acts.let_go, name="let_go"),
    path(f"{STOP}order/", acts.prove_order, name="prove_order"),
    path(f"{STOP}move/", acts.move, name="move_stop"),
    path(f"{STOP}call-off/", acts.call_off, name="call_off"),
    path(f"{RECORD}word/", acts.word, name="word"),
    path(f"{RECORD}take-back/", acts.take_back, name="take_back"),
]
