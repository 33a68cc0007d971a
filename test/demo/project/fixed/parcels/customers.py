"""Customers: find them by city, or by what they bought."""

from flask import Blueprint, jsonify, request

from parcels.db import connection

pages = Blueprint("customers", __name__)


@pages.get("/customers/active")
def active_customers():
    rows = connection().execute("SELECT id, name, city FROM customers WHERE active = 1")
    return jsonify([list(row) for row in rows])


@pages.get("/customers/in-city")
def customers_in_city():
    rows = connection().execute(
        "SELECT id, name, city FROM customers WHERE city = ?", (request.args["city"],)
    )
    return jsonify([list(row) for row in rows])
