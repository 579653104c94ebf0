"""Addresses of the audit trail."""

from django.urls import path

from sidan.audit import views

app_name = "audit"
urlpatterns = [
    path("console/audit/", views.trail, name="trail"),
    path("console/audit/export/", views.export, name="export"),
]
