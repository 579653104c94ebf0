"""What was written and counted is never changed; photos are taken off once, news withdrawn once, words only erased."""

from django.db import migrations

from sidan.core.database import append_only


def only_erased(table: str) -> migrations.RunSQL:
    """Words can be erased where the law asks for it, and never be rewritten."""
    return migrations.RunSQL(
        sql=f"""
        REVOKE UPDATE, TRUNCATE ON {table} FROM sidan_app;
        CREATE TRIGGER {table}_refuse_change BEFORE UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
        """,
        reverse_sql=f"""
        DROP TRIGGER {table}_refuse_change ON {table};
        GRANT UPDATE, TRUNCATE ON {table} TO sidan_app;
        """,
    )


GUARD = """
REVOKE DELETE, TRUNCATE ON dossiers_photo, dossiers_news FROM sidan_app;
CREATE FUNCTION dossiers_guard_photo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'photo % is taken off, never deleted', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND ((to_jsonb(NEW) - 'caption' - 'alt' - 'search' - 'removed_at' - 'removed_by_id')
       <> (to_jsonb(OLD) - 'caption' - 'alt' - 'search' - 'removed_at' - 'removed_by_id') OR OLD.removed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'photo % keeps what it is, and stays off', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM activities_activity WHERE id = NEW.activity_id AND state IN ('running', 'ended', 'filed')
    ) THEN
        RAISE EXCEPTION 'activity % has not begun', NEW.activity_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_photo_guard BEFORE INSERT OR UPDATE OR DELETE ON dossiers_photo
    FOR EACH ROW EXECUTE FUNCTION dossiers_guard_photo();
CREATE FUNCTION dossiers_guard_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'news % are withdrawn, never deleted', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND ((to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id')
       <> (to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id') OR OLD.withdrawn_at IS NOT NULL) THEN
        RAISE EXCEPTION 'news % keep what they are, and stay withdrawn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM activities_activity WHERE id = NEW.activity_id AND state IN ('ended', 'filed')
    ) THEN
        RAISE EXCEPTION 'activity % is not over', NEW.activity_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_news_guard BEFORE INSERT OR UPDATE OR DELETE ON dossiers_news
    FOR EACH ROW EXECUTE FUNCTION dossiers_guard_news();
CREATE FUNCTION dossiers_guard_newsphoto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM dossiers_photo photo JOIN dossiers_news news ON news.activity_id = photo.activity_id
        WHERE photo.id = NEW.photo_id AND news.id = NEW.news_id AND photo.removed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'photo % is of another activity, or was taken off', NEW.photo_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_newsphoto_guard BEFORE INSERT ON dossiers_newsphoto
    FOR EACH ROW EXECUTE FUNCTION dossiers_guard_newsphoto();
CREATE FUNCTION dossiers_guard_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM activities_activity WHERE id = NEW.activity_id AND state = 'filed') THEN
        RAISE EXCEPTION 'activity % is not filed', NEW.activity_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_tally_guard BEFORE INSERT ON dossiers_tally
    FOR EACH ROW EXECUTE FUNCTION dossiers_guard_tally();
"""
UNGUARD = """
DROP TRIGGER dossiers_photo_guard ON dossiers_photo; DROP FUNCTION dossiers_guard_photo();
DROP TRIGGER dossiers_news_guard ON dossiers_news; DROP FUNCTION dossiers_guard_news();
DROP TRIGGER dossiers_newsphoto_guard ON dossiers_newsphoto; DROP FUNCTION dossiers_guard_newsphoto();
DROP TRIGGER dossiers_tally_guard ON dossiers_tally; DROP FUNCTION dossiers_guard_tally();
GRANT DELETE, TRUNCATE ON dossiers_photo, dossiers_news TO sidan_app;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_what_a_ledger_must_be")]
    operations = [
        append_only("dossiers_minutes"),
        append_only("dossiers_newsphoto"),
        append_only("dossiers_tally"),
        only_erased("dossiers_minutestext"),
        only_erased("dossiers_newstext"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
