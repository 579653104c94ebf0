"""A talk is given, and passed on, while it is published: taking it back waits for that, and that for taking it back."""

from django.db import migrations

GUARD = """
CREATE FUNCTION lectures_guard_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM lectures_talk WHERE id = NEW.talk_id AND state = 'published' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'talk % is not published', NEW.talk_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lectures_given_is_published BEFORE INSERT ON lectures_given
    FOR EACH ROW EXECUTE FUNCTION lectures_guard_published();
CREATE TRIGGER lectures_passed_on_is_published BEFORE INSERT ON lectures_passedon
    FOR EACH ROW EXECUTE FUNCTION lectures_guard_published();
"""
UNGUARD = """
DROP TRIGGER lectures_given_is_published ON lectures_given;
DROP TRIGGER lectures_passed_on_is_published ON lectures_passedon; DROP FUNCTION lectures_guard_published();
"""


class Migration(migrations.Migration):
    dependencies = [("lectures", "0003_a_talk_is_fixed_when_it_is_submitted")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
