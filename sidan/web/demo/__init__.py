"""The demo county: Xunwu by its real townships and villages, with invented people and six months of invented orders.

Everything is drawn from a seed and from the day that is called today: two machines get the same county. Rows are
written in bulk; the history of each order is walked step by step through the tables of `orders/states.py`.
"""

from sidan.web.demo.accounts import PASSWORD, demo_accounts
from sidan.web.demo.county import DemoRefused, load_county
from sidan.web.demo.kiosk import demo_terminal
from sidan.web.demo.sizes import FULL, SMALL, Size, busy_county, district

__all__ = [
    "FULL", "PASSWORD", "SMALL", "DemoRefused", "Size", "busy_county", "demo_accounts", "demo_terminal", "district",
    "load_county",
]  # fmt: skip
