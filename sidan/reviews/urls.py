"""Addresses of what is done about reviews, all in the console."""

from django.urls import path

from sidan.reviews.views import calls, deciding, following

app_name = "reviews"
HOME = "console/reviews/"
ONE = f"{HOME}<uuid:uuid>/"

urlpatterns = [
    path("console/call-backs/", calls.calls, name="calls"),
    path("console/call-backs/export/", calls.export_calls, name="export_calls"),
    path("console/call-backs/<uuid:uuid>/", calls.call, name="call"),
    path("console/call-backs/<uuid:uuid>/contact/", calls.contact, name="call_contact"),
    path(f"{HOME}flags/", deciding.flags, name="flags"),
    path(f"{HOME}flags/export/", deciding.export_flags, name="export_flags"),
    path(f"{ONE}<int:turn>/", deciding.review, name="review"),
    path(f"{HOME}rules/", deciding.rules, name="rules"),
    path(f"{HOME}follow-ups/", following.follow_ups, name="follow_ups"),
    path(f"{HOME}follow-ups/export/", following.export_follow_ups, name="export_follow_ups"),
    path(f"{HOME}follow-ups/<uuid:uuid>/", following.follow_up, name="follow_up"),
    path(f"{HOME}suggestions/", following.suggestions, name="suggestions"),
    path(f"{HOME}suggestions/export/", following.export_suggestions, name="export_suggestions"),
    path(f"{HOME}suggestions/<uuid:uuid>/adopt/", following.adopt, name="adopt"),
    path(f"{HOME}suggestions/<uuid:uuid>/answer/", following.answer, name="answer"),
]
