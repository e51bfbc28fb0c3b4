"""Tests of the front pages."""
