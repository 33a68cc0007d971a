"""One SQLite connection for each request."""

import sqlite3

from flask import current_app, g


def connection() -> sqlite3.Connection:
    opened = g.get("connection")
    if opened is None:
        opened = g.connection = sqlite3.connect(current_app.config["DATABASE"])
    return opened


def close(_error=None):
    opened = g.pop("connection", None)
    if opened is not None:
        opened.close()
