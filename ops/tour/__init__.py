"""`make tour`: orders through the whole loop of the running demo, as its people, over public HTTP only.

The smallest proof that the main job works. The first order goes the short way: resident, dispatcher, leader,
volunteer, the resident again. The second goes the long way: sent down, passed up twice, dispatched, declined,
called openly, done in two visits, reviewed by telephone, reopened, done again and closed. A supervisor looks at
the page of figures before and after each: the sums, and the county's row among the places. Each prints its
history as a table; the first thing that is not as it should be ends the tour with 1.
"""

from ops.tour.people import PASSWORD, PHONES

__all__ = ["PASSWORD", "PHONES"]
