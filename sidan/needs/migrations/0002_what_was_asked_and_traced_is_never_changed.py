"""What came of a need is never changed, nor are the questions of a survey that was opened."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION needs_guard_survey() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND NEW.questions <> OLD.questions THEN
        RAISE EXCEPTION 'survey % was opened: its questions stay', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER needs_survey_guard BEFORE UPDATE ON needs_survey
    FOR EACH ROW EXECUTE FUNCTION needs_guard_survey();
"""
UNGUARD = "DROP TRIGGER needs_survey_guard ON needs_survey; DROP FUNCTION needs_guard_survey();"


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_surveys_and_needs")]
    operations = [append_only("needs_needtrace"), migrations.RunSQL(GUARD, UNGUARD)]
