from django.db import migrations, models

import sidan.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_terms_and_tokens_have_a_public_id"),
    ]

    operations = [
        migrations.AddField(
            model_name="signincode",
            name="address_hash",
            field=sidan.core.fields.LookupHashField(null=True, purpose="address"),
        ),
        migrations.AddIndex(
            model_name="signincode",
            index=models.Index(fields=["address_hash", "-sent_at"], name="people_code_of_address"),
        ),
    ]
