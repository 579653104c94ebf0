"""Addresses of the site's own pages."""

from django.urls import path

from sidan.web import console_views, saved_views, shell_views, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("place/", views.place, name="place"),
    path("preferences/", views.preferences, name="preferences"),
    path("robots.txt", views.robots, name="robots"),
    path("console/", views.console, name="console"),
    path("console/find/", console_views.find, name="find"),
    path("console/place/", console_views.narrow, name="narrow"),
    path("console/views/", saved_views.views, name="views"),
    path("console/views/keep/", saved_views.keep, name="keep_view"),
    path("console/views/<uuid:uuid>/rename/", saved_views.rename, name="rename_view"),
    path("console/views/<uuid:uuid>/default/", saved_views.begin_with, name="begin_with"),
    path("console/views/<uuid:uuid>/plain/", saved_views.begin_plain, name="begin_plain"),
    path("console/views/<uuid:uuid>/throw-away/", saved_views.throw_away, name="throw_view_away"),
    path("console/style/", shell_views.style_guide, name="style"),
]
