"""A going belongs to a coming, a word is a second person's, and a time is made of two marks that hold.

Asked of what is written from now on.
"""

from django.db import migrations

STANDS = """
    NOT EXISTS (SELECT 1 FROM attendance_mark newer WHERE newer.instead_of_id = came.id)
    AND NOT EXISTS (
        SELECT 1 FROM attendance_confirmation said WHERE said.mark_id = came.id AND NOT said.is_right
    )
"""
OF_ITS_COMING = " AND came.nth = {mark}.nth"
ORDER = """
CREATE OR REPLACE FUNCTION attendance_guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.direction = 'out' AND NOT EXISTS (
        SELECT 1 FROM attendance_mark came WHERE came.cause_id = NEW.cause_id AND came.person_id = NEW.person_id
          AND came.direction = 'in' AND came.at <= NEW.at AND {stands}{of_new}
    ) THEN
        RAISE EXCEPTION 'nobody leaves without having come' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION attendance_guard_replacing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM attendance_mark prior LEFT JOIN attendance_confirmation said ON said.mark_id = prior.id
         WHERE prior.id = NEW.instead_of_id AND prior.cause_id = NEW.cause_id AND prior.person_id = NEW.person_id
           AND prior.direction = NEW.direction{same}
           AND CASE WHEN said.id IS NOT NULL THEN NOT said.is_right
                    WHEN prior.grade = 'weak' AND NEW.grade <> 'weak' THEN true
                    ELSE prior.direction = 'out' AND NOT EXISTS (
                        SELECT 1 FROM attendance_mark came WHERE came.cause_id = prior.cause_id
                           AND came.person_id = prior.person_id AND came.direction = 'in' AND came.at <= prior.at
                           AND {stands}{of_prior}
                    ) END
    ) THEN
        RAISE EXCEPTION 'a mark that stands is not replaced' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
OF_EACH_COMING = ORDER.format(
    stands=STANDS, same=" AND prior.nth = NEW.nth", of_new=OF_ITS_COMING.format(mark="NEW"),
    of_prior=OF_ITS_COMING.format(mark="prior"),
)  # fmt: skip
OF_ONE_COMING = ORDER.format(stands=STANDS, same="", of_new="", of_prior="")

WORDS = """
CREATE FUNCTION attendance_guard_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM attendance_mark told LEFT JOIN people_account says ON says.id = NEW.said_by_id
         WHERE told.id = NEW.mark_id
           AND (told.grade <> 'weak' OR told.recorded_by_id = NEW.said_by_id OR told.person_id = says.person_id)
    ) THEN
        RAISE EXCEPTION 'the word on mark % is a second person''s', NEW.mark_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attendance_confirmation_guard BEFORE INSERT ON attendance_confirmation
    FOR EACH ROW EXECUTE FUNCTION attendance_guard_word();

CREATE FUNCTION attendance_guard_interval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM attendance_mark told LEFT JOIN attendance_confirmation said ON said.mark_id = told.id
         WHERE told.cause_id = NEW.cause_id AND told.person_id = NEW.person_id AND told.nth = NEW.nth
           AND told.at = CASE told.direction WHEN 'in' THEN lower(NEW.during) ELSE upper(NEW.during) END
           AND CASE WHEN told.grade = 'weak' THEN said.is_right IS TRUE ELSE said.is_right IS NOT FALSE END
           AND NOT EXISTS (SELECT 1 FROM attendance_mark newer WHERE newer.instead_of_id = told.id)) <> 2 THEN
        RAISE EXCEPTION 'a time that counts is made of two marks that hold' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attendance_interval_guard BEFORE INSERT ON attendance_interval
    FOR EACH ROW EXECUTE FUNCTION attendance_guard_interval();
"""
NO_WORDS = """
DROP TRIGGER attendance_interval_guard ON attendance_interval; DROP FUNCTION attendance_guard_interval();
DROP TRIGGER attendance_confirmation_guard ON attendance_confirmation; DROP FUNCTION attendance_guard_word();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0019_one_comes_again_after_a_break"),
        ("people", "0007_an_email_address_is_confirmed_by_a_code"),
    ]
    operations = [migrations.RunSQL(OF_EACH_COMING, OF_ONE_COMING), migrations.RunSQL(WORDS, NO_WORDS)]
