"""An activity or an order proves a stop of its own place and days; what is typed beside it takes a second person's word."""

from django.db import migrations

PROOFS = """
CREATE FUNCTION campaigns_lies_at(proof bigint, site bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT proof = site OR EXISTS (SELECT 1 FROM places_placelink
        WHERE ancestor_id = site AND descendant_id = proof AND upper_inf(during))
$$;
CREATE FUNCTION campaigns_activity_is_of(its_activity bigint, its_stop bigint) RETURNS date LANGUAGE plpgsql STABLE AS $$
DECLARE
    day date;
BEGIN
    SELECT (lower(a.during) AT TIME ZONE 'Asia/Shanghai')::date INTO day FROM activities_activity a
        JOIN campaigns_stop t ON t.id = its_stop JOIN campaigns_site s ON s.id = t.site_id
        JOIN campaigns_campaign c ON c.id = t.campaign_id
        LEFT JOIN bookings_booking b ON b.id = a.booking_id LEFT JOIN bookings_room r ON r.id = b.room_id
        WHERE a.id = its_activity
        AND (campaigns_lies_at(a.place_id, s.place_id) OR campaigns_lies_at(r.place_id, s.place_id))
        AND (lower(a.during) AT TIME ZONE 'Asia/Shanghai')::date BETWEEN c.first_day AND c.last_day;
    IF day IS NULL THEN
        RAISE EXCEPTION 'activity % is not held at the site and within the days of stop %', its_activity, its_stop
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN day;
END $$;
CREATE FUNCTION campaigns_order_is_of(its_order bigint, its_stop bigint) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM orders_order o JOIN campaigns_stop t ON t.id = its_stop
        JOIN campaigns_site s ON s.id = t.site_id
        WHERE o.id = its_order AND NOT o.is_private AND campaigns_lies_at(o.origin_place_id, s.place_id)) THEN
        RAISE EXCEPTION 'order % was not served at the site of stop %', its_order, its_stop
            USING ERRCODE = 'check_violation';
    END IF;
END $$;
CREATE FUNCTION campaigns_guard_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.activity_id IS NOT NULL AND NEW.activity_id IS DISTINCT FROM OLD.activity_id THEN
        PERFORM campaigns_activity_is_of(NEW.activity_id, NEW.id);
    END IF;
    IF NEW.order_id IS NOT NULL AND NEW.order_id IS DISTINCT FROM OLD.order_id THEN
        PERFORM campaigns_order_is_of(NEW.order_id, NEW.id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_stop_proof_guard BEFORE UPDATE OF activity_id, order_id ON campaigns_stop
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_proof();
CREATE FUNCTION campaigns_guard_proven() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.activity_id IS NOT NULL AND (NEW.day <> campaigns_activity_is_of(NEW.activity_id, NEW.stop_id)
        OR NOT EXISTS (SELECT 1 FROM activities_activity WHERE id = NEW.activity_id
            AND state IN ('ended', 'filed'))) THEN
        RAISE EXCEPTION 'activity % was not held on the day of the record', NEW.activity_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.order_id IS NOT NULL THEN
        PERFORM campaigns_order_is_of(NEW.order_id, NEW.stop_id);
        IF NOT EXISTS (SELECT 1 FROM orders_orderstep WHERE order_id = NEW.order_id AND machine = 'order'
            AND to_state = 'done' AND (at AT TIME ZONE 'Asia/Shanghai')::date = NEW.day) THEN
            RAISE EXCEPTION 'order % was not served on the day of the record', NEW.order_id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_record_proof_guard BEFORE INSERT ON campaigns_stoprecord
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_proven();
CREATE FUNCTION campaigns_guard_itself() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.name <> '' AND EXISTS (SELECT 1 FROM places_place p JOIN campaigns_sitekind k ON k.id = NEW.kind_id
        WHERE (p.id = NEW.place_id OR p.parent_id = NEW.place_id) AND NEW.name IN (p.name, p.short_name)
        AND k.setting <> '' AND k.setting = p.setting AND k.place_kind IN ('', p.kind)) THEN
        RAISE EXCEPTION 'site % is a place of the network: it is written down as that', NEW.name
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_site_itself_guard BEFORE INSERT ON campaigns_site
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_itself();
"""
NO_PROOFS = """
DROP TRIGGER campaigns_stop_proof_guard ON campaigns_stop; DROP FUNCTION campaigns_guard_proof();
DROP TRIGGER campaigns_record_proof_guard ON campaigns_stoprecord; DROP FUNCTION campaigns_guard_proven();
DROP TRIGGER campaigns_site_itself_guard ON campaigns_site; DROP FUNCTION campaigns_guard_itself();
DROP FUNCTION campaigns_order_is_of(bigint, bigint); DROP FUNCTION campaigns_activity_is_of(bigint, bigint);
DROP FUNCTION campaigns_lies_at(bigint, bigint);
"""
WORD = """
CREATE OR REPLACE FUNCTION campaigns_guard_word() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_record campaigns_stoprecord%ROWTYPE;
BEGIN
    SELECT * INTO STRICT its_record FROM campaigns_stoprecord WHERE id = NEW.record_id;
    PERFORM 1 FROM campaigns_stop WHERE id = its_record.stop_id FOR UPDATE;
    IF {needless} OR NEW.by_id = its_record.by_id
       OR EXISTS (SELECT 1 FROM campaigns_stopcounter WHERE record_id = NEW.record_id) THEN
        RAISE EXCEPTION 'record % takes no word of this person', NEW.record_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
BARE_ONLY = "its_record.way <> 'spot' OR its_record.photo_id IS NOT NULL"
OR_TYPED = """its_record.photo_id IS NOT NULL OR (its_record.way <> 'spot' AND its_record.leaflets = 0
        AND its_record.checks = 0 AND NOT (its_record.way = 'order' AND its_record.people > 1))"""


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_kinds_of_places_that_campaigns_reach"),
    ]
    operations = [
        migrations.RunSQL(PROOFS, NO_PROOFS),
        migrations.RunSQL(WORD.format(needless=OR_TYPED), WORD.format(needless=BARE_ONLY)),
    ]
