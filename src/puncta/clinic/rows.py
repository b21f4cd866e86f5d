"""Rows as plain values, and back: what backups, exports and imports carry, whatever the database."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

_AT_ONCE = 500
#: Apps whose rows make up a clinic; log-in sessions and caches are left behind.
_APPS = ("clinic", "mfa")


def kept_models(apps: Any) -> list[type[models.Model]]:
    """Models whose rows are carried, many-to-many tables with them."""
    found: list[type[models.Model]] = []
    for label in _APPS:
        models_of = apps.get_app_config(label).get_models(include_auto_created=True)
        found += [model for model in models_of if model._meta.managed and not model._meta.proxy]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, datetime):
        # to the last microsecond: the audit's chain stands on it
        return value.isoformat()
    return value


def dump(model: type[models.Model], rows: Iterable[models.Model] | None = None) -> Iterator[str]:
    """One line of JSON for each row."""
    names = [field.attname for field in model._meta.concrete_fields]
    source = model._default_manager.order_by("pk").iterator(_AT_ONCE) if rows is None else rows
    for row in source:
        values = {name: _plain(getattr(row, name)) for name in names}
        yield json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False)


def load(model: type[models.Model], lines: Iterable[str]) -> int:
    """Put rows back as they were; returns how many."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    waiting: list[models.Model] = []
    count = 0
    for line in lines:
        values = {name: _back(fields[name], value) for name, value in json.loads(line).items() if name in fields}
        waiting.append(model(**values))
        count += 1
        if len(waiting) >= _AT_ONCE:
            model._default_manager.bulk_create(waiting)
            waiting = []
    model._default_manager.bulk_create(waiting)
    return count


def _back(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"base64"} and isinstance(field, models.BinaryField):
        return base64.b64decode(value["base64"])
    if isinstance(field, models.JSONField):
        return value
    return field.target_field.to_python(value) if isinstance(field, models.ForeignKey) else field.to_python(value)


def reset_numbers(loaded: list[type[models.Model]]) -> None:
    """Let new rows count on after those that were put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), loaded):
            cursor.execute(statement)
