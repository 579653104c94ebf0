"""Services that were published before they were numbered at that moment have a number, too."""

from django.db import migrations

NUMBER = """
INSERT INTO desk_servicenumber (project_id)
SELECT id FROM catalogue_project WHERE state = 'published' ORDER BY id ON CONFLICT (project_id) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_services_have_a_number_on_paper")]
    operations = [migrations.RunSQL(NUMBER, migrations.RunSQL.noop)]
