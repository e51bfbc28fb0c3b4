"""The room's pages hang here."""

from flask import Blueprint

bp = Blueprint("portal", __name__)
