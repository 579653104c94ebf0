"""Addresses of attendance's own pages."""

from django.urls import path

from sidan.attendance import views

app_name = "attendance"
urlpatterns = [
    path("my/code/", views.my_code, name="my_code"),
    path("me/location/", views.location, name="location"),
    path("me/location/allow/", views.allow, name="allow_location"),
    path("me/location/withdraw/", views.withdraw, name="withdraw_location"),
]
