"""The one blueprint of the pages of agencies and their enrolment."""

from flask import Blueprint

bp = Blueprint("agencies", __name__)
