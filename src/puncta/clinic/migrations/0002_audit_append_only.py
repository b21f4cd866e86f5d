"""The database itself refuses to change or drop an entry of the audit."""

from django.db import migrations

_SQLITE = (
    "CREATE TRIGGER audit_no_{what} BEFORE {verb} ON clinic_auditentry "
    "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;"
)
_POSTGRESQL = """
CREATE FUNCTION audit_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the audit is append-only'; END; $$ LANGUAGE plpgsql;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON clinic_auditentry
FOR EACH ROW EXECUTE FUNCTION audit_append_only();
"""


def forwards(apps, schema_editor):
    """Add the triggers."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL)
        return
    for what, verb in (("change", "UPDATE"), ("drop", "DELETE")):
        schema_editor.execute(_SQLITE.format(what=what, verb=verb))


def backwards(apps, schema_editor):
    """Take the triggers away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_append_only ON clinic_auditentry; DROP FUNCTION audit_append_only;")
        return
    for what in ("change", "drop"):
        schema_editor.execute(f"DROP TRIGGER audit_no_{what}")


class Migration(migrations.Migration):
    """Triggers against change."""

    dependencies = [("clinic", "0001_initial")]  # noqa: RUF012
    operations = [migrations.RunPython(forwards, backwards)]  # noqa: RUF012
