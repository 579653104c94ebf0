"""Supply and demand, and fairness: /console/supply/…"""

from django.urls import path

from sidan.supply.views import demand, fairness

app_name = "supply"
SUPPLY = "console/supply/"
ONE = f"{SUPPLY}<uuid:uuid>/"

urlpatterns = [
    path(SUPPLY, demand.demand, name="demand"),
    path(ONE, demand.demand, name="demand_of"),
    path(f"{ONE}demand.csv", demand.demand_export, name="demand_export"),
    path(f"{ONE}demand.svg", demand.chart, name="chart"),
    path(f"{SUPPLY}gaps/", demand.gaps, name="gaps"),
    path(f"{ONE}gaps/", demand.gaps, name="gaps_of"),
    path(f"{ONE}gaps.csv", demand.gaps_export, name="gaps_export"),
    path("console/fairness/", fairness.fairness, name="fairness"),
    path("console/fairness/<uuid:uuid>/fairness.csv", fairness.fairness_export, name="fairness_export"),
    path("console/fairness/orders/<uuid:uuid>/", fairness.hint, name="hint"),
]
