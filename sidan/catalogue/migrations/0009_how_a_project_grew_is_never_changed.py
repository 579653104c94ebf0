"""Stages, money and the steps of tasks are appended; what takes money back takes back exactly that row."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION catalogue_guard_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM catalogue_projectsupport given WHERE given.id = NEW.reverses_id
                   AND given.project_id = NEW.project_id AND given.reverses_id IS NULL
                   AND given.amount_fen = -NEW.amount_fen) THEN
        RAISE EXCEPTION 'what takes row % back has its project and its amount', NEW.reverses_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER catalogue_projectsupport_guard_reversal BEFORE INSERT ON catalogue_projectsupport FOR EACH ROW
    WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION catalogue_guard_reversal();
"""
UNGUARD = """
DROP TRIGGER catalogue_projectsupport_guard_reversal ON catalogue_projectsupport;
DROP FUNCTION catalogue_guard_reversal();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_projects_grow")]
    operations = [
        append_only("catalogue_projectstage"),
        append_only("catalogue_projectsupport"),
        append_only("catalogue_projecttaskstep"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
