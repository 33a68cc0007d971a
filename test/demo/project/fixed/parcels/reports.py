"""Reports: figures for the office."""

from flask import Blueprint, jsonify, request

from parcels.db import connection

pages = Blueprint("reports", __name__)


@pages.get("/reports/largest")
def largest_orders():
    limit = min(int(request.args.get("limit", "10")), 100)
    rows = connection().execute(
        "SELECT customer, total FROM orders ORDER BY total DESC LIMIT ?", (limit,)
    )
    return jsonify([list(row) for row in rows])
