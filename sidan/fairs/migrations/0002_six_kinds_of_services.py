"""The six kinds of services that fairs begin with (R-A8); a county adds its own and puts aside what it does not offer."""

from typing import NamedTuple

from django.db import migrations


class Kind(NamedTuple):
    """A kind as it begins; its icon is named so that the sprite of icons has it."""

    name: str
    name_en: str
    icon: str


KINDS = (
    Kind("便民维修", "Repairs", icon="wrench"),
    Kind("义诊健康", "Free clinic and health", icon="stethoscope"),
    Kind("理发便民", "Haircuts and small services", icon="scissors"),
    Kind("法律政策咨询", "Law and policy", icon="scale"),
    Kind("文化展演", "Culture and shows", icon="drama"),
    Kind("农技与消费帮扶", "Farm produce and skills", icon="wheat"),
)


def add(apps, schema_editor):  # type: ignore[no-untyped-def] # a migration is handed the apps of its time
    kinds = apps.get_model("fairs", "ServiceKind")
    for position, kind in enumerate(KINDS, start=1):
        kinds._base_manager.create(position=position, **kind._asdict())


class Migration(migrations.Migration):
    dependencies = [("fairs", "0001_stalls_and_who_has_them")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
