"""Orders: list them, look at one."""

from flask import Blueprint, abort, jsonify, request

from parcels.db import connection

pages = Blueprint("orders", __name__)


@pages.get("/orders")
def list_orders():
    rows = connection().execute(
        "SELECT id, customer, city, total FROM orders ORDER BY id DESC LIMIT 50"
    )
    return jsonify([list(row) for row in rows])


@pages.get("/orders/search")
def search_orders():
    name = request.args.get("customer", "")
    rows = connection().execute(
        "SELECT id, customer, city, total FROM orders WHERE customer = ?", (name,)
    )
    return jsonify([list(row) for row in rows])


@pages.get("/orders/<int:order_id>")
def show_order(order_id):
    row = connection().execute(
        "SELECT id, customer, city, total FROM orders WHERE id = ?", (order_id,)
    ).fetchone()
    if row is None:
        abort(404)
    return jsonify(list(row))
