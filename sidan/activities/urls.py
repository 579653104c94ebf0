"""Activities: /activities/… for everybody, /console/activities/… for staff."""

from django.urls import path

from sidan.activities.views import (
    beginning,
    calendar,
    desk,
    door,
    embed,
    feeds,
    here,
    month_paper,
    offline,
    paper,
    people,
    portal,
    posts,
    series,
    series_figures,
    signing,
    year,
)

app_name = "activities"
DESK = "console/activities/"
SERIES = "console/series/"
RULE = f"{SERIES}<uuid:uuid>/"
STAFF = f"{DESK}<uuid:uuid>/"
PEOPLE = f"{STAFF}people/"
CHECKING = f"{STAFF}checking/"
POSTS = f"{STAFF}posts/"
MY = "my/activities/"
ONE = "console/enrolments/<uuid:uuid>/"

urlpatterns = [
    # First, because they are tried in turn: two thousand come to one fair in ten minutes.
    path(f"{CHECKING}scan/", door.scan, name="scan"),
    path("activities/", portal.activities, name="activities"),
    path("activities/offline/", offline.page, name="offline"),
    path("activities/worker.js", offline.worker, name="offline_worker"),
    path("activities/<uuid:uuid>/", portal.activity, name="activity"),
    path("activities/<uuid:uuid>/enrol/<uuid:post>/", signing.enrol, name="enrol"),
    path("activities/<uuid:uuid>/here/", here.here, name="here"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/year/", year.year, name="year"),
    path("calendar/paper/", month_paper.month, name="month_paper"),
    path("embed/calendar/<uuid:uuid>/", embed.embed, name="embed"),
    path("calendar/places/<uuid:uuid>.ics", feeds.place_feed, name="place_feed"),
    path("calendar/teams/<uuid:uuid>.ics", feeds.team_feed, name="team_feed"),
    path("calendar/mine/<str:token>.ics", feeds.own_feed, name="own_feed"),
    path("me/calendar/", feeds.my_calendar, name="my_calendar"),
    path("me/calendar/address/", feeds.make_address, name="make_address"),
    path("me/calendar/address/remove/", feeds.remove_address, name="remove_address"),
    path(MY, signing.mine, name="mine"),
    path(f"{MY}<uuid:uuid>/", signing.enrolment, name="enrolment"),
    path(f"{MY}<uuid:uuid>/withdraw/", signing.withdraw, name="withdraw"),
    path(f"{MY}<uuid:uuid>/answer/", signing.answer, name="answer"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}export/", desk.export, name="export"),
    path(f"{DESK}offline/", offline.desk_page, name="desk_offline"),
    path(f"{DESK}worker.js", offline.worker, name="desk_worker"),
    path(f"{DESK}new/", desk.new, name="new"),
    path(STAFF, desk.activity, name="staff_activity"),
    path(f"{STAFF}edit/", desk.edit, name="edit"),
    path(f"{STAFF}change/", desk.change, name="change"),
    path(f"{STAFF}submit/", desk.submit, name="submit"),
    path(f"{STAFF}send-back/", desk.send_back, name="send_back"),
    path(f"{STAFF}announce/", desk.announce, name="announce"),
    path(f"{STAFF}open/", desk.open_now, name="open"),
    path(f"{STAFF}run/", desk.run, name="run"),
    path(f"{STAFF}end/", desk.end, name="end"),
    path(f"{STAFF}file/", desk.file, name="file"),
    path(f"{STAFF}drop/", desk.drop, name="drop"),
    path(f"{STAFF}cancel/", desk.cancel, name="cancel"),
    path(SERIES, series.series_list, name="series_list"),
    path(f"{SERIES}new/", beginning.new, name="new_series"),
    path(f"{SERIES}dates/", beginning.dates, name="dates"),
    path(RULE, series.series, name="series"),
    path(f"{RULE}figures/", series_figures.figures, name="series_figures"),
    path(f"{RULE}figures/export/", series_figures.export, name="series_figures_export"),
    path(f"{RULE}skip/", series.skip, name="skip_day"),
    path(f"{RULE}move/", series.move, name="move_day"),
    path(f"{RULE}add/", series.add, name="add_day"),
    path(f"{RULE}end/", series.end, name="end_series"),
    path(POSTS, posts.posts, name="posts"),
    path(f"{POSTS}entry/", posts.entry, name="entry"),
    path(f"{POSTS}<uuid:post>/", posts.change, name="change_post"),
    path(f"{POSTS}<uuid:post>/remove/", posts.remove, name="remove_post"),
    path(PEOPLE, people.people, name="people"),
    path(f"{PEOPLE}export/", people.export, name="export_people"),
    path(f"{PEOPLE}list.pdf", paper.paper, name="paper_of_people"),
    path(f"{PEOPLE}find/", people.find, name="find_person"),
    path(f"{PEOPLE}add/<uuid:person>/", people.add, name="add_person"),
    path(f"{STAFF}door/", door.door, name="door"),
    path(CHECKING, door.checking, name="checking"),
    path(f"{CHECKING}hand/<uuid:person>/", door.hand, name="hand"),
    path(f"{CHECKING}judge/<uuid:mark>/", door.judge, name="judge"),
    path(f"{CHECKING}heads/", door.heads, name="heads"),
    path(f"{STAFF}came/", door.came, name="came"),
    path(ONE, people.enrolment, name="staff_enrolment"),
    path(f"{ONE}off/", people.sign_off, name="sign_off"),
    path(f"{ONE}refuse/", people.refuse, name="refuse"),
    path(f"{ONE}shift/", people.shift, name="shift"),
    path(f"{ONE}miss/", people.miss, name="miss"),
    path(f"{ONE}uphold/", people.uphold, name="uphold"),
    path(f"{ONE}excuse/", people.excuse, name="excuse"),
]
