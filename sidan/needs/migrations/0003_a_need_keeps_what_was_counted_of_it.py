"""Where, how and by how many a need was told is counted, and so never changed; likes and traces are links beside it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION needs_guard_need() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.place_id <> OLD.place_id OR NEW.source <> OLD.source OR NEW.voices <> OLD.voices OR NEW.at <> OLD.at
       OR NEW.category_id IS DISTINCT FROM OLD.category_id THEN
        RAISE EXCEPTION 'need % keeps what was counted of it', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER needs_need_guard BEFORE UPDATE ON needs_need
    FOR EACH ROW EXECUTE FUNCTION needs_guard_need();
"""
UNGUARD = "DROP TRIGGER needs_need_guard ON needs_need; DROP FUNCTION needs_guard_need();"


class Migration(migrations.Migration):
    dependencies = [("needs", "0002_what_was_asked_and_traced_is_never_changed")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
