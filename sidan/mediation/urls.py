"""The console's pages of mediation: /console/mediation/…"""

from django.urls import path

from sidan.mediation.views import acts, listing, pages

app_name = "mediation"
BASE = "console/mediation/"
ONE = f"{BASE}<uuid:uuid>/"

urlpatterns = [
    path(BASE, listing.cases, name="cases"),
    path(f"{BASE}export/", listing.export, name="export"),
    path(f"{BASE}new/", pages.new, name="new"),
    path(f"{BASE}counts/", pages.counts, name="counts"),
    path(ONE, pages.case, name="case"),
    path(f"{ONE}agreement.pdf", pages.agreement, name="agreement"),
    path(f"{ONE}sittings/", acts.plan_sitting, name="plan_sitting"),
    path(f"{ONE}sittings/held/", acts.record_sitting, name="record_sitting"),
    path(f"{ONE}sittings/<uuid:of>/minutes/", acts.hold_sitting, name="hold_sitting"),
    path(f"{ONE}sittings/<uuid:of>/call-off/", acts.call_off_sitting, name="call_off_sitting"),
    path(f"{ONE}agree/", acts.agree, name="agree"),
    path(f"{ONE}follow-ups/", acts.plan_follow_up, name="plan_follow_up"),
    path(f"{ONE}follow-ups/<uuid:of>/found/", acts.report_follow_up, name="report_follow_up"),
    path(f"{ONE}fail/", acts.fail, name="fail"),
    path(f"{ONE}withdraw/", acts.withdraw, name="withdraw"),
    path(f"{ONE}close/", acts.close, name="close"),
    path(f"{ONE}reopen/", acts.reopen, name="reopen"),
    path(f"{ONE}hand-over/", acts.hand_over, name="hand_over"),
]
