"""Orders: list them, look at one."""

from flask import Blueprint, abort, jsonify, request

from parcels.db import connection

pages = Blueprint("orders", __name__)

COLUMNS = ("id", "customer", "city", "total")


@pages.get("/orders")
def list_orders():
    order = request.args.get("sort", "id")
    if order not in COLUMNS:
        abort(400)
    rows = connection().execute(
        f"SELECT id, customer, city, total FROM orders ORDER BY {order} DESC LIMIT 50"
    )
    return jsonify([list(row) for row in rows])


@pages.get("/orders/search")
def search_orders():
    name = request.args.get("customer", "")
    rows = connection().execute(
        "SELECT id, customer, city, total FROM orders WHERE customer LIKE ?",
        (f"%{name}%",),
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


@pages.post("/orders/<int:order_id>/city")
def move_order(order_id):
    with connection() as transaction:
        transaction.execute(
            "UPDATE orders SET city = ? WHERE id = ?", (request.form["city"], order_id)
        )
    return "", 204
