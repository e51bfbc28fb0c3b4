"""Cards for public bodies, from counted faults."""
