"""The triggers that keep the ledger append-only. On SQLite any later migration that rebuilds a ledger table must end with this."""

from django.db import migrations

from chosach.desk.ledger import triggers


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection),
            lambda apps, editor: triggers.remove(editor.connection),
        ),
    ]
