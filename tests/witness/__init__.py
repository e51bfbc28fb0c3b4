"""Tests of the witness that a regulator runs."""
