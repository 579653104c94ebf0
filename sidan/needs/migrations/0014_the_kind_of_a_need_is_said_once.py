"""A need without a kind takes the one that was said of it, and none else; what was said is never changed."""

from importlib import import_module

from django.db import migrations

from sidan.core.database import append_only

BEFORE = import_module("sidan.needs.migrations.0003_a_need_keeps_what_was_counted_of_it")
GUARD = """
CREATE OR REPLACE FUNCTION needs_guard_need() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.place_id <> OLD.place_id OR NEW.source <> OLD.source OR NEW.voices <> OLD.voices OR NEW.at <> OLD.at
       OR (NEW.category_id IS DISTINCT FROM OLD.category_id AND NOT (OLD.category_id IS NULL AND EXISTS (
           SELECT FROM needs_needkind said WHERE said.need_id = OLD.id AND said.category_id = NEW.category_id
       ))) THEN
        RAISE EXCEPTION 'need % keeps what was counted of it', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0013_the_kind_of_a_need_may_be_said_later")]
    operations = [
        append_only("needs_needkind"),
        migrations.RunSQL(GUARD, f"{BEFORE.UNGUARD}{BEFORE.GUARD}"),
    ]
