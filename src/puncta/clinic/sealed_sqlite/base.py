"""Django's engine for SQLite on top of SQLCipher: the same in everything but the library that opens the file."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.backends.sqlite3 import base
from sqlcipher3 import dbapi2

from puncta.clinic.sealing import database_key

for _name, _read in {
    "bool": b"1".__eq__,
    "date": base.decoder(base.parse_date),
    "time": base.decoder(base.parse_time),
    "datetime": base.decoder(base.parse_datetime),
    "timestamp": base.decoder(base.parse_datetime),
}.items():
    dbapi2.register_converter(_name, _read)
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(datetime.date, base.adapt_date)
dbapi2.register_adapter(datetime.datetime, base.adapt_datetime)


class SealedCursor(dbapi2.Cursor):
    """A cursor that takes Django's placeholders."""

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(_converted(query, names), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Run one statement for each set of values."""
        rows = list(param_list)
        names = list(rows[0]) if rows and isinstance(rows[0], Mapping) else None
        return super().executemany(_converted(query, names), rows)


def _converted(query: str, names: list[str] | None) -> str:
    if names is None:
        return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    return query % {name: f":{name}" for name in names}


class DatabaseWrapper(base.DatabaseWrapper):
    """Opens the file with the clinic's key; a database in memory, as tests use it, needs none."""

    Database = dbapi2

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """One connection, keyed before anything is read."""
        connection = dbapi2.connect(**conn_params)
        if not self.is_in_memory_db():
            connection.execute(f"PRAGMA key = \"x'{database_key().hex()}'\"")
            # reads the first page: a wrong key is told here, not in the middle of a page
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        base.register_functions(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA legacy_alter_table = OFF")
        for command in self.init_commands:
            if command.strip():
                connection.execute(command)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor for Django's statements."""
        return self.connection.cursor(factory=SealedCursor)
