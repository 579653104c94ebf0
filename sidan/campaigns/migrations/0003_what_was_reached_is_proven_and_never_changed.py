"""What proves a stop is appended; its state, its shares and its sites are held to what is true, whoever writes."""

from django.db import migrations

from sidan.core.database import append_only

OF_CAMPAIGN = """
CREATE FUNCTION campaigns_guard_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'campaign % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.place_id <> OLD.place_id OR NEW.county_id IS DISTINCT FROM OLD.county_id OR NEW.uuid <> OLD.uuid
       OR (OLD.state <> 'draft' AND (NEW.first_day <> OLD.first_day OR NEW.last_day <> OLD.last_day
           OR NEW.name <> OLD.name OR NEW.kind <> OLD.kind)) THEN
        RAISE EXCEPTION 'campaign % keeps its place, and what was announced of it', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_campaign_guard BEFORE UPDATE ON campaigns_campaign
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_campaign();
CREATE FUNCTION campaigns_guard_target() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_row campaigns_target%ROWTYPE;
    its_state varchar;
BEGIN
    IF TG_OP = 'DELETE' THEN its_row := OLD; ELSE its_row := NEW; END IF;
    SELECT state INTO STRICT its_state FROM campaigns_campaign WHERE id = its_row.campaign_id;
    IF its_state <> 'draft' THEN
        RAISE EXCEPTION 'the targets of campaign % are fixed', its_row.campaign_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.campaign_id <> OLD.campaign_id OR NEW.amount < (
        SELECT coalesce(sum(amount), 0) FROM campaigns_allotment WHERE target_id = NEW.id)) THEN
        RAISE EXCEPTION 'more of target % is shared out', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_target_guard BEFORE INSERT OR UPDATE OR DELETE ON campaigns_target
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_target();
CREATE FUNCTION campaigns_guard_allotment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_target campaigns_target%ROWTYPE;
BEGIN
    SELECT * INTO STRICT its_target FROM campaigns_target WHERE id = NEW.target_id FOR UPDATE;
    IF its_target.amount < NEW.amount + (SELECT coalesce(sum(amount), 0) FROM campaigns_allotment
        WHERE target_id = NEW.target_id AND id IS DISTINCT FROM NEW.id) THEN
        RAISE EXCEPTION 'more than target % is shared out', NEW.target_id USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT 1 FROM places_place p
        JOIN campaigns_campaign c ON c.place_id = p.parent_id
        WHERE p.id = NEW.place_id AND c.id = its_target.campaign_id) THEN
        RAISE EXCEPTION 'place % is not right below the campaign', NEW.place_id USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.target_id <> OLD.target_id OR NEW.place_id <> OLD.place_id) THEN
        RAISE EXCEPTION 'share % keeps its target and place', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_allotment_guard BEFORE INSERT OR UPDATE ON campaigns_allotment
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_allotment();
CREATE FUNCTION campaigns_guard_site() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_campaign campaigns_campaign%ROWTYPE;
    its_place places_place%ROWTYPE;
    its_kind campaigns_sitekind%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.campaign_id <> OLD.campaign_id OR NEW.place_id <> OLD.place_id OR NEW.kind_id <> OLD.kind_id
           OR NEW.county_id IS DISTINCT FROM OLD.county_id OR NEW.uuid <> OLD.uuid THEN
            RAISE EXCEPTION 'site % keeps its campaign, its place and its kind', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO STRICT its_campaign FROM campaigns_campaign WHERE id = NEW.campaign_id;
    SELECT * INTO STRICT its_place FROM places_place WHERE id = NEW.place_id;
    SELECT * INTO STRICT its_kind FROM campaigns_sitekind WHERE id = NEW.kind_id;
    IF NOT EXISTS (SELECT 1 FROM places_placelink WHERE ancestor_id = its_campaign.place_id
        AND descendant_id = NEW.place_id AND upper_inf(during)) THEN
        RAISE EXCEPTION 'campaign % does not go to place %', NEW.campaign_id, NEW.place_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF its_kind.county_id IS NOT NULL AND its_kind.county_id IS DISTINCT FROM its_campaign.county_id THEN
        RAISE EXCEPTION 'kind % is of another county', NEW.kind_id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.name = '' AND its_kind.code <> 'other' AND (its_kind.setting = '' OR its_kind.setting <> its_place.setting
        OR (its_kind.place_kind <> '' AND its_kind.place_kind <> its_place.kind)) THEN
        RAISE EXCEPTION 'place % is not of kind %', NEW.place_id, NEW.kind_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_site_guard BEFORE INSERT OR UPDATE ON campaigns_site
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_site();
"""
OF_STOP = """
CREATE FUNCTION campaigns_guard_stop() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_campaign campaigns_campaign%ROWTYPE;
    its_record campaigns_stoprecord%ROWTYPE;
    proven varchar;
BEGIN
    SELECT * INTO STRICT its_campaign FROM campaigns_campaign WHERE id = NEW.campaign_id;
    IF NEW.day < its_campaign.first_day OR NEW.day > its_campaign.last_day THEN
        RAISE EXCEPTION 'a stop lies outside the days of campaign %', NEW.campaign_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'planned' THEN
            RAISE EXCEPTION 'a stop begins as planned' USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM campaigns_site WHERE id = NEW.site_id AND campaign_id = NEW.campaign_id) THEN
            RAISE EXCEPTION 'site % is of another campaign', NEW.site_id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.campaign_id <> OLD.campaign_id OR NEW.site_id <> OLD.site_id OR NEW.uuid <> OLD.uuid THEN
        RAISE EXCEPTION 'stop % keeps its campaign and its site', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> 'planned' AND (NEW.day <> OLD.day OR NEW.clock IS DISTINCT FROM OLD.clock) THEN
        RAISE EXCEPTION 'stop % is not moved any more', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT r.* INTO its_record FROM campaigns_stoprecord r WHERE r.stop_id = NEW.id
        AND NOT EXISTS (SELECT 1 FROM campaigns_stopcounter c WHERE c.record_id = r.id);
    IF FOUND THEN
        proven := CASE WHEN its_record.way <> 'spot' OR its_record.photo_id IS NOT NULL OR EXISTS (
            SELECT 1 FROM campaigns_stopword w WHERE w.record_id = its_record.id) THEN 'done' ELSE 'waiting' END;
        IF NEW.state <> proven OR NEW.activity_id IS DISTINCT FROM its_record.activity_id
           OR NEW.order_id IS DISTINCT FROM its_record.order_id THEN
            RAISE EXCEPTION 'stop % is what its record says', OLD.id USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.state NOT IN ('planned', 'called_off') OR (OLD.state = 'called_off' AND NEW.state <> OLD.state) THEN
        RAISE EXCEPTION 'nothing proves stop %', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_stop_guard BEFORE INSERT OR UPDATE ON campaigns_stop
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_stop();
CREATE TRIGGER campaigns_stop_stays BEFORE DELETE ON campaigns_stop
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE FUNCTION campaigns_guard_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_stop campaigns_stop%ROWTYPE;
    its_campaign campaigns_campaign%ROWTYPE;
BEGIN
    SELECT * INTO STRICT its_stop FROM campaigns_stop WHERE id = NEW.stop_id FOR UPDATE;
    SELECT * INTO STRICT its_campaign FROM campaigns_campaign WHERE id = its_stop.campaign_id FOR SHARE;
    IF its_stop.state <> 'planned' THEN
        RAISE EXCEPTION 'stop % is not to come any more', NEW.stop_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF its_campaign.state NOT IN ('announced', 'running') THEN
        RAISE EXCEPTION 'campaign % is not under way', its_campaign.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.day < its_campaign.first_day OR NEW.day > its_campaign.last_day
       OR NEW.day > (NEW.at AT TIME ZONE 'Asia/Shanghai')::date THEN
        RAISE EXCEPTION 'a record of stop % is of another day', NEW.stop_id USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.way = 'activity' AND NEW.activity_id IS DISTINCT FROM its_stop.activity_id)
       OR (NEW.way = 'order' AND NEW.order_id IS DISTINCT FROM its_stop.order_id) THEN
        RAISE EXCEPTION 'stop % is proven by something else', NEW.stop_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_record_guard BEFORE INSERT ON campaigns_stoprecord
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_record();
CREATE FUNCTION campaigns_after_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE campaigns_stop SET activity_id = NEW.activity_id, order_id = NEW.order_id,
        state = CASE WHEN NEW.way <> 'spot' OR NEW.photo_id IS NOT NULL THEN 'done' ELSE 'waiting' END
        WHERE id = NEW.stop_id;
    RETURN NULL;
END $$;
CREATE TRIGGER campaigns_record_follows AFTER INSERT ON campaigns_stoprecord
    FOR EACH ROW EXECUTE FUNCTION campaigns_after_record();
CREATE FUNCTION campaigns_guard_word() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_record campaigns_stoprecord%ROWTYPE;
BEGIN
    SELECT * INTO STRICT its_record FROM campaigns_stoprecord WHERE id = NEW.record_id;
    PERFORM 1 FROM campaigns_stop WHERE id = its_record.stop_id FOR UPDATE;
    IF its_record.way <> 'spot' OR its_record.photo_id IS NOT NULL OR NEW.by_id = its_record.by_id
       OR EXISTS (SELECT 1 FROM campaigns_stopcounter WHERE record_id = NEW.record_id) THEN
        RAISE EXCEPTION 'record % takes no word of this person', NEW.record_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_word_guard BEFORE INSERT ON campaigns_stopword
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_word();
CREATE FUNCTION campaigns_after_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE campaigns_stop SET state = 'done'
        WHERE id = (SELECT stop_id FROM campaigns_stoprecord WHERE id = NEW.record_id);
    RETURN NULL;
END $$;
CREATE TRIGGER campaigns_word_follows AFTER INSERT ON campaigns_stopword
    FOR EACH ROW EXECUTE FUNCTION campaigns_after_word();
CREATE FUNCTION campaigns_after_counter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE campaigns_stop SET state = 'planned', activity_id = NULL, order_id = NULL
        WHERE id = (SELECT stop_id FROM campaigns_stoprecord WHERE id = NEW.record_id);
    RETURN NULL;
END $$;
CREATE TRIGGER campaigns_counter_follows AFTER INSERT ON campaigns_stopcounter
    FOR EACH ROW EXECUTE FUNCTION campaigns_after_counter();
"""
NOT_OF_STOP = """
DROP TRIGGER campaigns_stop_guard ON campaigns_stop; DROP FUNCTION campaigns_guard_stop();
DROP TRIGGER campaigns_stop_stays ON campaigns_stop;
DROP TRIGGER campaigns_record_guard ON campaigns_stoprecord; DROP FUNCTION campaigns_guard_record();
DROP TRIGGER campaigns_record_follows ON campaigns_stoprecord; DROP FUNCTION campaigns_after_record();
DROP TRIGGER campaigns_word_guard ON campaigns_stopword; DROP FUNCTION campaigns_guard_word();
DROP TRIGGER campaigns_word_follows ON campaigns_stopword; DROP FUNCTION campaigns_after_word();
DROP TRIGGER campaigns_counter_follows ON campaigns_stopcounter; DROP FUNCTION campaigns_after_counter();
"""
NOT_OF_CAMPAIGN = """
DROP TRIGGER campaigns_campaign_guard ON campaigns_campaign; DROP FUNCTION campaigns_guard_campaign();
DROP TRIGGER campaigns_target_guard ON campaigns_target; DROP FUNCTION campaigns_guard_target();
DROP TRIGGER campaigns_allotment_guard ON campaigns_allotment; DROP FUNCTION campaigns_guard_allotment();
DROP TRIGGER campaigns_site_guard ON campaigns_site; DROP FUNCTION campaigns_guard_site();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_what_a_campaign_must_be")]
    operations = [
        append_only("campaigns_campaignstep"),
        append_only("campaigns_stoprecord"),
        append_only("campaigns_stopword"),
        append_only("campaigns_stopcounter"),
        migrations.RunSQL(OF_CAMPAIGN, NOT_OF_CAMPAIGN),
        migrations.RunSQL(OF_STOP, NOT_OF_STOP),
    ]
