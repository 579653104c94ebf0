"""Where a place stands, for who reads English; written from the links of today for the places that are there."""

from django.db import migrations, models

_WRITE = """
UPDATE places_place SET path_names_en = fresh.path
FROM (
    SELECT link.descendant_id,
        string_agg(coalesce(nullif(above.name_en, ''), above.short_name), ' › ' ORDER BY link.depth DESC) AS path
    FROM places_placelink link
    JOIN places_place above ON above.id = link.ancestor_id
    JOIN places_place self ON self.id = link.descendant_id
    WHERE upper_inf(link.during)
    AND (above.kind NOT IN ('province', 'city') OR self.kind IN ('province', 'city'))
    GROUP BY link.descendant_id
) AS fresh
WHERE places_place.id = fresh.descendant_id;
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0004_divisions_wait_where_they_are_merged_from")]
    operations = [
        migrations.AddField(
            model_name="place",
            name="path_names_en",
            field=models.CharField(blank=True, db_default="", default="", max_length=700),
        ),
        migrations.RunSQL(sql=_WRITE, reverse_sql=migrations.RunSQL.noop),
    ]
