"""The history of turns and swaps is never changed; what has a state moves with a turn; a duty is as its watch."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION rotas_guard_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION '% % changes state without a turn', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.place_id <> OLD.place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id OR NEW.uuid <> OLD.uuid THEN
        RAISE EXCEPTION '% % keeps its place and county', TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rotas_rota_guard BEFORE UPDATE ON rotas_rota FOR EACH ROW EXECUTE FUNCTION rotas_guard_turn();
CREATE TRIGGER rotas_watch_guard BEFORE UPDATE ON rotas_watch FOR EACH ROW EXECUTE FUNCTION rotas_guard_turn();
CREATE TRIGGER rotas_duty_guard BEFORE UPDATE ON rotas_duty FOR EACH ROW EXECUTE FUNCTION rotas_guard_turn();
CREATE TRIGGER rotas_swap_guard BEFORE UPDATE ON rotas_swap FOR EACH ROW EXECUTE FUNCTION rotas_guard_turn();

CREATE FUNCTION rotas_guard_duty() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    watch rotas_watch%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.watch_id <> OLD.watch_id OR NEW.person_id <> OLD.person_id OR NEW.during <> OLD.during
           OR NEW.seat <> OLD.seat THEN
            RAISE EXCEPTION 'duty % keeps its watch, its person, its time and its seat', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO watch FROM rotas_watch WHERE id = NEW.watch_id;
    IF NEW.during <> watch.during OR NEW.seat > watch.needed OR NEW.place_id <> watch.place_id
       OR NEW.county_id IS DISTINCT FROM watch.county_id THEN
        RAISE EXCEPTION 'a duty is as its watch: % has no such seat, time or place', NEW.watch_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rotas_duty_as_watch BEFORE INSERT OR UPDATE ON rotas_duty
    FOR EACH ROW EXECUTE FUNCTION rotas_guard_duty();

CREATE FUNCTION rotas_guard_watch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.rota_id <> OLD.rota_id OR NEW.shift_id <> OLD.shift_id OR NEW.day <> OLD.day OR NEW.during <> OLD.during
       OR NEW.needed <> OLD.needed OR OLD.cause_id IS NOT NULL AND NEW.cause_id IS DISTINCT FROM OLD.cause_id THEN
        RAISE EXCEPTION 'watch % keeps its shift, its time, its needs and its cause', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rotas_watch_stays BEFORE UPDATE ON rotas_watch FOR EACH ROW EXECUTE FUNCTION rotas_guard_watch();
"""
UNGUARD = """
DROP TRIGGER rotas_watch_stays ON rotas_watch; DROP FUNCTION rotas_guard_watch();
DROP TRIGGER rotas_duty_as_watch ON rotas_duty; DROP FUNCTION rotas_guard_duty();
DROP TRIGGER rotas_rota_guard ON rotas_rota; DROP TRIGGER rotas_watch_guard ON rotas_watch;
DROP TRIGGER rotas_duty_guard ON rotas_duty; DROP TRIGGER rotas_swap_guard ON rotas_swap;
DROP FUNCTION rotas_guard_turn();
"""


class Migration(migrations.Migration):
    dependencies = [("rotas", "0001_rotas_and_who_has_which_shift")]
    operations = [
        append_only("rotas_dutystep"),
        append_only("rotas_swapstep"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
