"""The table of contents of the site."""

from django.urls import include, path

urlpatterns = [
    # First, because the others are tried in turn: some seven hundred addresses. Then the door of a fair.
    path("api/", include("sidan.api.urls")),
    path("", include("sidan.activities.urls")),
    path("", include("sidan.api.guide_urls")),
    path("", include("sidan.core.urls")),
    path("", include("sidan.web.urls")),
    path("", include("sidan.people.urls")),
    path("", include("sidan.notify.urls")),
    path("", include("sidan.files.urls")),
    path("", include("sidan.places.urls")),
    path("", include("sidan.catalogue.urls")),
    path("", include("sidan.attendance.urls")),
    path("", include("sidan.orders.urls")),
    path("", include("sidan.mediation.urls")),
    path("", include("sidan.hours.urls")),
    path("", include("sidan.honours.urls")),
    path("", include("sidan.wishes.urls")),
    path("", include("sidan.limits.urls")),
    path("", include("sidan.talk.urls")),
    path("", include("sidan.reviews.urls")),
    path("", include("sidan.analytics.urls")),
    path("", include("sidan.needs.urls")),
    path("", include("sidan.bookings.urls")),
    path("", include("sidan.rotas.urls")),
    path("", include("sidan.plans.urls")),
    path("", include("sidan.fairs.urls")),
    path("", include("sidan.lectures.urls")),
    path("", include("sidan.schools.urls")),
    path("", include("sidan.campaigns.urls")),
    path("", include("sidan.supply.urls")),
    path("", include("sidan.desk.urls")),
    path("", include("sidan.kiosk.urls")),
    path("", include("sidan.dossiers.urls")),
    path("", include("sidan.audit.urls")),
]
handler400 = "sidan.web.views.bad_request"
handler403 = "sidan.web.views.forbidden"
handler404 = "sidan.web.views.not_found"
handler500 = "sidan.web.views.server_error"
