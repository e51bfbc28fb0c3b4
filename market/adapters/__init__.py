"""Adapters to the world outside the database: files of keys, mail, uploads, beacons."""
