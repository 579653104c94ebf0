"""The history of bookings is never changed, and a booking or a room changes its state with a turn only."""

from django.db import migrations

from sidan.core.database import append_only

GUARD = """
CREATE FUNCTION bookings_guard_booking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'booking % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.room_id <> OLD.room_id OR NEW.place_id <> OLD.place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id
       OR NEW.during <> OLD.during OR NEW.asker_id IS DISTINCT FROM OLD.asker_id OR NEW.uuid <> OLD.uuid THEN
        RAISE EXCEPTION 'booking % keeps its room, its place, its time and whose it is', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bookings_booking_guard BEFORE UPDATE ON bookings_booking
    FOR EACH ROW EXECUTE FUNCTION bookings_guard_booking();
CREATE FUNCTION bookings_guard_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'room % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.place_id <> OLD.place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id OR NEW.uuid <> OLD.uuid THEN
        RAISE EXCEPTION 'room % keeps its place and county', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bookings_room_guard BEFORE UPDATE ON bookings_room
    FOR EACH ROW EXECUTE FUNCTION bookings_guard_room();
"""
UNGUARD = """
DROP TRIGGER bookings_booking_guard ON bookings_booking; DROP FUNCTION bookings_guard_booking();
DROP TRIGGER bookings_room_guard ON bookings_room; DROP FUNCTION bookings_guard_room();
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_rooms_and_their_bookings")]
    operations = [append_only("bookings_bookingstep"), migrations.RunSQL(GUARD, UNGUARD)]
