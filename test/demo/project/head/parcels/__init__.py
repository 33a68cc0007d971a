"""Parcel desk: what was sent to whom, and the labels to stick on it."""

from flask import Flask

from parcels import customers, db, labels, orders, reports


def create_app(database="parcels.db"):
    app = Flask(__name__)
    app.config["DATABASE"] = database
    app.teardown_appcontext(db.close)
    app.register_blueprint(orders.pages)
    app.register_blueprint(labels.pages)
    app.register_blueprint(reports.pages)
    app.register_blueprint(customers.pages)
    return app
