"""Addresses of pictures."""

from django.urls import path

from sidan.files import views

app_name = "files"
urlpatterns = [
    path("files/<uuid:uuid>/", views.picture, name="picture"),
    path("files/<uuid:uuid>/thumb/", views.thumb, name="thumb"),
]
