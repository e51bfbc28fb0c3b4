"""Factories: each room's file makes its things by the real services."""
