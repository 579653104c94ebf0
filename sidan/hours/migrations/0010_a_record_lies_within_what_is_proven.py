"""A record lies within a time that is proven, or is told late, confirmed by another and shown to everybody (R-Z2).

Who served, who told the time and who agrees to it are three persons, or the time proves itself. Asked of what is written
from now on; counter-records and corrections lie within their record (0002, 0003).
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION hours_person_of(account bigint) RETURNS bigint LANGUAGE sql STABLE AS
    'SELECT COALESCE(person.canonical_id, person.id) FROM people_account
       JOIN people_person person ON person.id = people_account.person_id WHERE people_account.id = account';
CREATE FUNCTION hours_same_person(account bigint, person bigint) RETURNS boolean LANGUAGE sql STABLE AS
    'SELECT COALESCE(hours_person_of(account) = (SELECT COALESCE(canonical_id, id) FROM people_person WHERE id = person),
                     false)';

CREATE FUNCTION hours_check_proof() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE told hours_claim%ROWTYPE; is_proven boolean;
BEGIN
    SELECT EXISTS (
        SELECT 1 FROM attendance_interval held JOIN hours_occasion occasion ON occasion.cause_id = held.cause_id
         WHERE occasion.id = NEW.occasion_id AND held.person_id = NEW.person_id AND NEW.during <@ held.during
    ) INTO is_proven;
    IF NEW.confirmed_by_id IS NOT NULL AND hours_same_person(NEW.confirmed_by_id, NEW.person_id) THEN
        RAISE EXCEPTION 'nobody confirms their own hours' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.claim_id IS NULL THEN
        IF NOT is_proven OR NEW.tier <> 'self' THEN
            RAISE EXCEPTION 'a record lies within a time that is proven' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO told FROM hours_claim WHERE id = NEW.claim_id;
    IF told.state <> 'entered' OR (told.occasion_id, told.person_id, told.during, told.minutes, told.tier)
                                  <> (NEW.occasion_id, NEW.person_id, NEW.during, NEW.minutes, NEW.tier) THEN
        RAISE EXCEPTION 'a record is that of its claim' USING ERRCODE = 'restrict_violation';
    END IF;
    IF told.kind = 'late' AND (told.public_until IS NULL OR told.public_until > NEW.entered_at) THEN
        RAISE EXCEPTION 'a late time counts when its public notice is over' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.confirmed_by_id IS NULL OR NEW.confirmed_by_id = told.told_by OR (told.kind <> 'late' AND NOT is_proven) THEN
        RAISE EXCEPTION 'what is claimed has the word of a second person' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hours_entry_check_proof BEFORE INSERT ON hours_entry FOR EACH ROW
    WHEN (NEW.counters_id IS NULL AND NEW.follows_id IS NULL) EXECUTE FUNCTION hours_check_proof();

CREATE FUNCTION hours_check_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM hours_claim told WHERE told.id = NEW.claim_id
                  AND (told.told_by = NEW.actor_id OR hours_same_person(NEW.actor_id, told.person_id))) THEN
        RAISE EXCEPTION 'nobody agrees to what they served or told themselves' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hours_claimstep_check_second_person BEFORE INSERT ON hours_claimstep FOR EACH ROW
    WHEN (NEW.actor_id IS NOT NULL AND NEW.verb IN ('agree', 'publish', 'dismiss'))
    EXECUTE FUNCTION hours_check_second_person();
"""
UNGUARD = """
DROP TRIGGER hours_claimstep_check_second_person ON hours_claimstep; DROP FUNCTION hours_check_second_person();
DROP TRIGGER hours_entry_check_proof ON hours_entry; DROP FUNCTION hours_check_proof();
DROP FUNCTION hours_same_person(bigint, bigint); DROP FUNCTION hours_person_of(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hours", "0009_each_coming_has_its_record"),
        ("attendance", "0020_a_time_is_made_of_marks_that_hold"),
        ("people", "0007_an_email_address_is_confirmed_by_a_code"),
    ]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
