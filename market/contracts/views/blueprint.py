"""The blueprint of the room."""

from flask import Blueprint

bp = Blueprint("contracts", __name__)
