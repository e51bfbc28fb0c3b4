"""Tests of the verifiers that outsiders run."""
