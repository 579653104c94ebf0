"""A room of others is booked within its agreement only, and the agreement is not cut short under what is booked.

Both ask for the room's row: who books and who changes the agreement wait for one another, whoever writes.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION bookings_lent(since date, until date) RETURNS tstzrange LANGUAGE sql STABLE AS $$
    SELECT tstzrange(since::timestamp AT TIME ZONE 'Asia/Shanghai', (until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
$$;
CREATE FUNCTION bookings_guard_agreement_of_booking() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_room bookings_room%ROWTYPE;
BEGIN
    SELECT * INTO of_room FROM bookings_room WHERE id = NEW.room_id FOR SHARE;
    IF of_room.owner_kind <> 'own' AND NOT NEW.during <@ bookings_lent(of_room.lent_from, of_room.lent_until) THEN
        RAISE EXCEPTION 'room % is not lent for all of that time', NEW.room_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bookings_within_the_agreement';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bookings_booking_agreement BEFORE INSERT OR UPDATE OF state ON bookings_booking
    FOR EACH ROW WHEN (NEW.state IN ('asked', 'held')) EXECUTE FUNCTION bookings_guard_agreement_of_booking();
CREATE FUNCTION bookings_guard_agreement_of_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.owner_kind <> 'own' AND EXISTS (
        SELECT FROM bookings_booking
        WHERE room_id = NEW.id AND state IN ('asked', 'held') AND upper(during) > now()
          AND NOT during <@ bookings_lent(NEW.lent_from, NEW.lent_until)
    ) THEN
        RAISE EXCEPTION 'room % is booked outside of this agreement', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bookings_agreement_holds_what_is_booked';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bookings_room_agreement BEFORE UPDATE OF owner_kind, lent_from, lent_until ON bookings_room
    FOR EACH ROW EXECUTE FUNCTION bookings_guard_agreement_of_room();
"""
UNGUARD = """
DROP TRIGGER bookings_room_agreement ON bookings_room; DROP FUNCTION bookings_guard_agreement_of_room();
DROP TRIGGER bookings_booking_agreement ON bookings_booking; DROP FUNCTION bookings_guard_agreement_of_booking();
DROP FUNCTION bookings_lent(date, date);
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0004_rooms_of_others")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
