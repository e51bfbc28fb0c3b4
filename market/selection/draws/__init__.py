"""The random draw by protocol zjcs-draw/1: the first way of selecting."""
