"""Labels: render a PDF, send it to a printer of the warehouse."""

import os
import shlex
import subprocess

from flask import Blueprint, request

pages = Blueprint("labels", __name__)


@pages.post("/labels/print")
def print_label():
    printer = shlex.quote(request.form["printer"])
    os.system("lpr -P " + printer + " /srv/labels/next.pdf")
    return "", 204


@pages.get("/labels/queue")
def show_queue():
    done = subprocess.run(["lpq", "-a"], capture_output=True, text=True, timeout=10)
    return done.stdout
