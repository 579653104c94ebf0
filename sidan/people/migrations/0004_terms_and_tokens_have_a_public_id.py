from django.db import migrations, models

import sidan.core.ids


def public_id(*, table: str, model: str) -> migrations.SeparateDatabaseAndState:
    """Add the column with an id of its own for every row there is; later rows get theirs from the code."""
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                sql=f"""
                ALTER TABLE {table} ADD COLUMN uuid uuid NOT NULL DEFAULT gen_random_uuid();
                ALTER TABLE {table} ALTER COLUMN uuid DROP DEFAULT;
                ALTER TABLE {table} ADD CONSTRAINT {table}_uuid_key UNIQUE (uuid);
                """,
                reverse_sql=f"ALTER TABLE {table} DROP COLUMN uuid;",
            )
        ],
        state_operations=[
            migrations.AddField(
                model_name=model,
                name="uuid",
                field=models.UUIDField(default=sidan.core.ids.uuid7, unique=True),
            )
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_people_are_found_by_name"),
    ]

    operations = [
        public_id(table="people_directorship", model="directorship"),
        public_id(table="people_apitoken", model="apitoken"),
    ]
