"""Tests of the desk of those who oversee."""
