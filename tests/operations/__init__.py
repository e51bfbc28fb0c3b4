"""Tests of the installation: clock, health, set-up, backup."""
