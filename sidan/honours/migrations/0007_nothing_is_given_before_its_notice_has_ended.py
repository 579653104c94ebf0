"""What is given was on notice for as long as it says, unchanged and answered; and a ladder ends, but is never rewritten.

The proposal's row is locked by whoever objects and by whoever gives, so that of the two at one moment one comes second and
is refused. What of the awards stands is written by the database itself, and kept unique there.
"""

from django.db import migrations

from sidan.core.database import append_only

PROPOSALS = """
CREATE FUNCTION honours_guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.turn <= OLD.turn THEN
        RAISE EXCEPTION 'proposal % changes state without a turn', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.county_id, NEW.kind, NEW.year, NEW.uuid) <> (OLD.county_id, OLD.kind, OLD.year, OLD.uuid)
       OR NEW.title_id IS DISTINCT FROM OLD.title_id THEN
        RAISE EXCEPTION 'proposal % keeps what it is of', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.public_from, NEW.public_until) IS DISTINCT FROM (OLD.public_from, OLD.public_until)
       AND NOT (OLD.public_from IS NULL AND OLD.state = 'draft' AND NEW.state = 'draft') THEN
        RAISE EXCEPTION 'the notice of proposal % is neither shortened nor moved', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'noticed'), ('draft', 'dropped'), ('noticed', 'awarded'), ('noticed', 'dropped')
    ) THEN
        RAISE EXCEPTION 'proposal % does not go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'noticed' AND OLD.state = 'draft' AND NEW.public_from IS DISTINCT FROM NEW.state_since THEN
        RAISE EXCEPTION 'the notice of proposal % begins when it goes up', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'awarded' AND OLD.state <> 'awarded' AND EXISTS (
        SELECT 1 FROM honours_objection WHERE proposal_id = NEW.id AND outcome = ''
    ) THEN
        RAISE EXCEPTION 'an objection to proposal % has no answer', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honours_proposal_guard BEFORE UPDATE ON honours_proposal
    FOR EACH ROW EXECUTE FUNCTION honours_guard_proposal();
CREATE TRIGGER honours_proposal_stays BEFORE DELETE ON honours_proposal
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();

CREATE FUNCTION honours_check_title() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.title_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM honours_title WHERE id = NEW.title_id AND county_id = NEW.county_id AND ended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'title % is not given in this county', NEW.title_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honours_proposal_title BEFORE INSERT ON honours_proposal
    FOR EACH ROW EXECUTE FUNCTION honours_check_title();

CREATE FUNCTION honours_guard_title() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'ended_at' <> to_jsonb(OLD) - 'ended_at' OR OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'title % ends, and is not rewritten', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honours_title_guard BEFORE UPDATE ON honours_title
    FOR EACH ROW EXECUTE FUNCTION honours_guard_title();
"""
NAMES = """
CREATE FUNCTION honours_guard_nominee() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_row honours_nominee%ROWTYPE;
    its_proposal honours_proposal%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN its_row := OLD; ELSE its_row := NEW; END IF;
    SELECT * INTO STRICT its_proposal FROM honours_proposal WHERE id = its_row.proposal_id FOR SHARE;
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'out_at' - 'out_why') <> (to_jsonb(OLD) - 'out_at' - 'out_why') THEN
        RAISE EXCEPTION 'name % stands as it was proposed', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (its_proposal.state <> 'noticed' OR OLD.out_at IS NOT NULL) THEN
        RAISE EXCEPTION 'name % is not taken out or put back now', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP <> 'UPDATE' AND its_proposal.state <> 'draft' THEN
        RAISE EXCEPTION 'the names of proposal % are on notice', its_row.proposal_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND ((its_proposal.kind = 'star') <> (NEW.stars IS NOT NULL)
       OR its_proposal.title_id IS NOT NULL AND (NEW.person_id IS NOT NULL) <> (
           SELECT recipient = 'person' FROM honours_title WHERE id = its_proposal.title_id)) THEN
        RAISE EXCEPTION 'name % does not fit what is proposed', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honours_nominee_guard BEFORE INSERT OR UPDATE OR DELETE ON honours_nominee
    FOR EACH ROW EXECUTE FUNCTION honours_guard_nominee();

CREATE FUNCTION honours_guard_objection() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_proposal honours_proposal%ROWTYPE;
BEGIN
    SELECT * INTO STRICT its_proposal FROM honours_proposal WHERE id = NEW.proposal_id FOR SHARE;
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(NEW) - 'words' - 'answer' - 'outcome' - 'answered_at' - 'answered_by_id')
           <> (to_jsonb(OLD) - 'words' - 'answer' - 'outcome' - 'answered_at' - 'answered_by_id')
           OR OLD.outcome <> '' AND (NEW.outcome, NEW.answered_at, NEW.answered_by_id)
              IS DISTINCT FROM (OLD.outcome, OLD.answered_at, OLD.answered_by_id) THEN
            RAISE EXCEPTION 'objection % is answered once', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF its_proposal.state <> 'noticed' OR NEW.at >= its_proposal.public_until THEN
        RAISE EXCEPTION 'proposal % is not on notice', NEW.proposal_id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM honours_nominee WHERE id = NEW.nominee_id AND proposal_id = NEW.proposal_id) THEN
        RAISE EXCEPTION 'name % is of another proposal', NEW.nominee_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honours_objection_guard BEFORE INSERT OR UPDATE ON honours_objection
    FOR EACH ROW EXECUTE FUNCTION honours_guard_objection();
CREATE TRIGGER honours_objection_stays BEFORE DELETE ON honours_objection
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""
AWARDS = """
CREATE FUNCTION honours_check_award() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.takes_back_id IS NOT NULL THEN
        IF NOT EXISTS (
            SELECT 1 FROM honours_award given WHERE given.id = NEW.takes_back_id AND given.takes_back_id IS NULL
              AND (to_jsonb(given) - '{id,uuid,takes_back_id,reason,at,actor_id}'::text[])
                = (to_jsonb(NEW) - '{id,uuid,takes_back_id,reason,at,actor_id}'::text[])
        ) THEN
            RAISE EXCEPTION 'award % is not what is taken back', NEW.takes_back_id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM honours_nominee named JOIN honours_proposal proposal ON proposal.id = named.proposal_id
        WHERE named.id = NEW.nominee_id AND named.out_at IS NULL AND proposal.state = 'awarded'
          AND proposal.public_until <= NEW.at AND proposal.kind = NEW.kind AND proposal.county_id = NEW.county_id
          AND proposal.title_id IS NOT DISTINCT FROM NEW.title_id AND named.stars IS NOT DISTINCT FROM NEW.stars
          AND named.person_id IS NOT DISTINCT FROM NEW.person_id AND named.team_id IS NOT DISTINCT FROM NEW.team_id
          AND NEW.year = CASE WHEN NEW.kind = 'star' THEN named.star_year ELSE proposal.year END
    ) THEN
        RAISE EXCEPTION 'name % was not on a notice that has ended', NEW.nominee_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honours_award_check BEFORE INSERT ON honours_award
    FOR EACH ROW EXECUTE FUNCTION honours_check_award();

CREATE FUNCTION honours_keep_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.takes_back_id IS NULL THEN
        INSERT INTO honours_standingaward (award_id, person_id, team_id, county_id, title_id, stars, year)
        VALUES (NEW.id, NEW.person_id, NEW.team_id, NEW.county_id, NEW.title_id, NEW.stars, NEW.year);
    ELSE
        DELETE FROM honours_standingaward WHERE award_id = NEW.takes_back_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER honours_award_stands AFTER INSERT ON honours_award
    FOR EACH ROW EXECUTE FUNCTION honours_keep_standing();

CREATE FUNCTION honours_guard_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'what stands follows from the awards' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honours_standing_guard BEFORE INSERT OR UPDATE OR DELETE ON honours_standingaward
    FOR EACH ROW EXECUTE FUNCTION honours_guard_standing();
"""
LADDERS = """
CREATE FUNCTION honours_guard_ladder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF lower(OLD.during) <= (now() AT TIME ZONE 'Asia/Shanghai')::date THEN
            RAISE EXCEPTION 'ladder % has begun', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (to_jsonb(NEW) - 'during') <> (to_jsonb(OLD) - 'during') OR lower(NEW.during) <> lower(OLD.during) THEN
        RAISE EXCEPTION 'ladder % ends, and is not rewritten', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honours_ladder_guard BEFORE UPDATE OR DELETE ON honours_ladder
    FOR EACH ROW EXECUTE FUNCTION honours_guard_ladder();
"""
LEAVE = """
DROP TRIGGER honours_ladder_guard ON honours_ladder; DROP FUNCTION honours_guard_ladder();
DROP TRIGGER honours_standing_guard ON honours_standingaward; DROP FUNCTION honours_guard_standing();
DROP TRIGGER honours_award_stands ON honours_award; DROP FUNCTION honours_keep_standing();
DROP TRIGGER honours_award_check ON honours_award; DROP FUNCTION honours_check_award();
DROP TRIGGER honours_objection_stays ON honours_objection;
DROP TRIGGER honours_objection_guard ON honours_objection; DROP FUNCTION honours_guard_objection();
DROP TRIGGER honours_nominee_guard ON honours_nominee; DROP FUNCTION honours_guard_nominee();
DROP TRIGGER honours_title_guard ON honours_title; DROP FUNCTION honours_guard_title();
DROP TRIGGER honours_proposal_title ON honours_proposal; DROP FUNCTION honours_check_title();
DROP TRIGGER honours_proposal_stays ON honours_proposal;
DROP TRIGGER honours_proposal_guard ON honours_proposal; DROP FUNCTION honours_guard_proposal();
"""


class Migration(migrations.Migration):
    dependencies = [("honours", "0006_titles_proposals_and_awards")]
    operations = [
        append_only("honours_award"),
        append_only("honours_proposalstep"),
        migrations.RunSQL(PROPOSALS + NAMES + AWARDS + LADDERS, LEAVE),
    ]
