"""Labels: render a PDF, send it to a printer of the warehouse."""

import os
import subprocess

from flask import Blueprint, request

pages = Blueprint("labels", __name__)

PRINTERS = {"north": "hp-north", "south": "hp-south"}


@pages.post("/labels/print")
def print_label():
    printer = request.form["printer"]
    os.system("lpr -P " + printer + " /srv/labels/next.pdf")
    return "", 204


@pages.get("/labels/queue")
def show_queue():
    done = subprocess.run(["lpq", "-a"], capture_output=True, text=True, timeout=10)
    return done.stdout


@pages.post("/labels/render")
def render_label():
    title = request.form["title"]
    subprocess.run(
        f"label-maker --title '{title}' --output /srv/labels/next.pdf",
        shell=True,
        check=True,
        timeout=30,
    )
    return "", 201


@pages.post("/labels/preview")
def preview_label():
    size = int(request.form["size"])
    title = request.form["title"]
    subprocess.run(f"label-maker --blank {size}", shell=True, check=True, timeout=30)
    subprocess.run(["label-maker", "--draft", "--title", title], check=True, timeout=30)
    return "", 201


@pages.delete("/labels/queue")
def clear_queue():
    printer = PRINTERS[request.args["site"]]
    subprocess.run(f"cancel -a {printer}", shell=True, check=True, timeout=10)
    return "", 204
