"""Addresses of the console's part of the loop: the queue, the board, entering for residents."""

from django.urls import path

from sidan.orders.views import (
    acts,
    board,
    calling,
    calls,
    changing,
    console,
    desk,
    entering_reviews,
    handing,
    passing,
    pointing,
    reviews,
    splitting,
    standing_out,
    telling,
)

QUEUE = [
    path("console/queue/", console.queue, name="queue"),
    path("console/times/", standing_out.standing_out, name="standing_out"),
    path("console/times/times.csv", standing_out.standing_out_export, name="standing_out_export"),
    path("console/queue/export.csv", console.export, name="queue_export"),
    path("console/queue/<uuid:uuid>/", acts.order, name="queue_order"),
    path("console/queue/<uuid:uuid>/row/", console.row, name="queue_row"),
    path("console/queue/<uuid:uuid>/teams/", acts.teams, name="queue_teams"),
    path("console/queue/<uuid:uuid>/contact/", acts.contact, name="queue_contact"),
    path("console/queue/<uuid:uuid>/code/", telling.code, name="queue_code"),
    path("console/queue/<uuid:uuid>/point/", pointing.pin_for, name="pin_for"),
    path("console/queue/<uuid:uuid>/point/remove/", pointing.unpin_for, name="unpin_for"),
    path("console/queue/<uuid:uuid>/change/", changing.change_for, name="change_for"),
    path("console/queue/<uuid:uuid>/admit/", acts.admit, name="admit"),
    path("console/queue/<uuid:uuid>/refuse/", acts.refuse, name="refuse"),
    path("console/queue/<uuid:uuid>/dispatch/", acts.dispatch, name="dispatch"),
    path("console/queue/<uuid:uuid>/call/", calling.call, name="call"),
    path("console/queue/<uuid:uuid>/end-call/", calling.end_call, name="end_call"),
    path("console/queue/<uuid:uuid>/pick/", calling.pick, name="pick"),
    path("console/queue/<uuid:uuid>/withdraw/", acts.withdraw, name="withdraw"),
    path("console/queue/<uuid:uuid>/merge/", acts.merge, name="merge"),
    path("console/queue/<uuid:uuid>/close/", acts.close, name="close"),
    path("console/queue/<uuid:uuid>/reopen/", acts.reopen, name="reopen"),
    path("console/queue/<uuid:uuid>/take-back/", passing.take_back, name="take_back"),
    path("console/queue/<uuid:uuid>/leave/", passing.leave, name="leave_with_team"),
    path("console/queue/<uuid:uuid>/split/", splitting.split, name="split"),
    path("console/queue/<uuid:uuid>/join/", splitting.join, name="join"),
    path("console/queue/<uuid:uuid>/leave-out/", splitting.leave_out, name="leave_out"),
    path("console/queue/<uuid:uuid>/pass-up/", handing.pass_up, name="pass_up"),
    path("console/queue/<uuid:uuid>/ask-help/", handing.ask_help, name="ask_help"),
    path("console/queue/<uuid:uuid>/send-down/", handing.send_down, name="send_down"),
]
BOARD = [
    path("console/board/", board.board, name="board"),
    path("console/board/calls/", calls.calls, name="calls"),
    path("console/board/calls/<uuid:uuid>/claim/", calls.claim, name="claim"),
    path("console/board/calls/<uuid:uuid>/apply/", calls.apply, name="apply"),
    path("console/board/<uuid:uuid>/", board.card, name="card"),
    path("console/board/<uuid:uuid>/accept/", board.accept, name="accept"),
    path("console/board/<uuid:uuid>/decline/", board.decline, name="decline"),
    path("console/board/<uuid:uuid>/release/", board.release, name="release"),
    path("console/board/<uuid:uuid>/ask/", passing.ask, name="ask_take_over"),
    path("console/board/asked/<uuid:uuid>/take/", passing.take_over, name="take_over"),
    path("console/board/asked/<uuid:uuid>/keep/", passing.keep, name="keep_with_team"),
    path("console/board/asked/<uuid:uuid>/withdraw/", passing.withdraw, name="withdraw_asked"),
    path("console/board/<uuid:uuid>/members/", board.members, name="members"),
    path("console/board/<uuid:uuid>/time/", board.time, name="time"),
    path("console/board/<uuid:uuid>/contact/", board.contact, name="card_contact"),
    path("console/board/<uuid:uuid>/check-in/", board.check_in, name="card_check_in"),
    path("console/board/<uuid:uuid>/check-out/", board.check_out, name="card_check_out"),
]
DESK = [
    path("console/orders/new/", desk.find, name="enter"),
    path("console/orders/new/resident/", desk.resident, name="enter_resident"),
    path("console/orders/new/<uuid:uuid>/", desk.enter, name="enter_for"),
]
REVIEWS = [
    path("console/reviews/", reviews.reviews, name="reviews"),
    path("console/reviews/export/", reviews.export, name="reviews_export"),
    path("console/queue/<uuid:uuid>/review/", entering_reviews.review_for, name="review_for"),
]
CONSOLE = [*QUEUE, *REVIEWS, *BOARD, *DESK]
