"""Customers: find them by city, or by what they bought."""

from flask import Blueprint, jsonify, request

from parcels.db import connection

pages = Blueprint("customers", __name__)


def customers_where(condition):
    return connection().execute("SELECT id, name, city FROM customers WHERE " + condition)


@pages.get("/customers/active")
def active_customers():
    rows = customers_where("active = 1")
    return jsonify([list(row) for row in rows])


@pages.get("/customers/in-city")
def customers_in_city():
    city = request.args["city"]
    rows = customers_where("city = '" + city + "'")
    return jsonify([list(row) for row in rows])
