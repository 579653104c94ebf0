"""The kinds of places that every county has."""

from django.db import migrations

KINDS = (
    ("township", "乡镇街道", "Townships", "institute", "township"),
    ("village", "行政村", "Villages", "station", "village"),
    ("community", "社区", "Communities", "station", "community"),
    ("school", "学校", "Schools", "", "school"),
    ("firm", "企业", "Firms", "", "company"),
    ("market", "集市", "Markets", "", ""),
    ("square", "广场", "Squares", "", ""),
    ("other", "其他场所", "Other places", "", ""),
)


def add(apps, _editor):
    model = apps.get_model("campaigns", "SiteKind")
    for position, (code, name, name_en, place_kind, setting) in enumerate(KINDS, start=1):
        model.objects.create(
            code=code,
            name=name,
            name_en=name_en,
            place_kind=place_kind,
            setting=setting,
            position=position * 10,
        )


def remove(apps, _editor):
    apps.get_model("campaigns", "SiteKind").objects.filter(county=None).delete()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_what_was_reached_is_proven_and_never_changed")]
    operations = [migrations.RunPython(add, remove)]
