"""Reviews that the rules have read already are not read again: what staff typed among them is noted here."""

from django.db import migrations

NOTE = """
INSERT INTO reviews_reviewflag (review_id, rule, at)
SELECT review.id, 'typed', done.at FROM orders_review review JOIN reviews_reviewcheck done ON done.review_id = review.id
WHERE review.by_id IS NOT NULL AND review.channel IN ('telephone', 'paper')
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_what_staff_type_is_called_back_more_often")]
    operations = [migrations.RunSQL(NOTE, reverse_sql=migrations.RunSQL.noop)]
