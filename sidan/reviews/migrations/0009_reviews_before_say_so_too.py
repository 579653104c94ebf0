"""Reviews that the rules have read already are not read again: where outcome and stars do not fit is noted here."""

from django.db import migrations

NOTE = """
INSERT INTO reviews_reviewflag (review_id, rule, at)
SELECT review.id, 'at_odds', done.at FROM orders_review review
JOIN reviews_reviewcheck done ON done.review_id = review.id
WHERE review.outcome = 'not_done' AND review.stars >= 4
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_outcome_and_stars_may_not_fit")]
    operations = [migrations.RunSQL(NOTE, reverse_sql=migrations.RunSQL.noop)]
