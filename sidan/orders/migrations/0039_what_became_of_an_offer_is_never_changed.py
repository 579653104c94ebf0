"""What became of a team's answer to a call is never changed; who took an offer back may offer once more, in a new row.

The words of an offer can still be erased, and encrypted anew.
"""

from django.db import migrations, models
from django.db.models import Q

GUARD = """
CREATE FUNCTION orders_answer_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what became of an answer to a call is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER orders_callanswer_settled BEFORE UPDATE ON orders_callanswer
    FOR EACH ROW WHEN (OLD.state <> 'applied' AND to_jsonb(OLD) - 'words' IS DISTINCT FROM to_jsonb(NEW) - 'words')
    EXECUTE FUNCTION orders_answer_is_settled();
REVOKE DELETE, TRUNCATE ON orders_callanswer FROM sidan_app;
"""
UNDO = """
DROP TRIGGER orders_callanswer_settled ON orders_callanswer;
DROP FUNCTION orders_answer_is_settled();
GRANT DELETE ON orders_callanswer TO sidan_app;
"""
STATES = ["applied", "won", "passed_over", "taken_back"]


class Migration(migrations.Migration):
    dependencies = [("orders", "0038_an_offer_may_be_taken_back")]

    operations = [
        migrations.RemoveConstraint("callanswer", "orders_answer_state_known"),
        migrations.AddConstraint(
            "callanswer",
            models.CheckConstraint(condition=Q(("state__in", STATES)), name="orders_answer_state_known"),
        ),
        migrations.AddConstraint(
            "callanswer",
            models.CheckConstraint(
                condition=Q(("state", "taken_back"), ("taken_back_at__isnull", False))
                | Q(
                    Q(("state", "taken_back"), _negated=True),
                    ("taken_back_at", None),
                    ("taken_back_by", None),
                ),
                name="orders_offer_is_taken_back_at_a_moment",
            ),
        ),
        migrations.RemoveConstraint("callanswer", "orders_team_answers_a_call_once"),
        migrations.AddConstraint(
            "callanswer",
            models.UniqueConstraint(
                condition=Q(("state", "taken_back"), _negated=True), fields=("call", "team"),
                name="orders_team_answers_a_call_once",
            ),
        ),
        migrations.RunSQL(sql=GUARD, reverse_sql=UNDO),
    ]  # fmt: skip
