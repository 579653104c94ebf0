"""Addresses of talk."""

from django.urls import path

from sidan.talk import views

app_name = "talk"
urlpatterns = [
    path("talk/<str:number>/", views.thread, name="thread"),
    path("talk/<str:number>/lines/", views.lines, name="lines"),
    path("talk/<str:number>/say/", views.say, name="say"),
    path("talk/<str:number>/read/", views.read, name="read"),
    path("talk/<str:number>/<uuid:uuid>/report/", views.report, name="report"),
    path("console/talk/reports/", views.reports, name="reports"),
    path("console/talk/reports/export/", views.export_reports, name="export_reports"),
    path("console/talk/reports/<uuid:uuid>/settle/", views.settle, name="settle"),
    path("console/talk/phrases/", views.phrases, name="phrases"),
    path("console/talk/phrases/<uuid:uuid>/end/", views.end_phrase, name="end_phrase"),
]
