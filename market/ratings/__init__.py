"""Ratings (好差评): how people were served at each finished step, in five levels; a bad one opens a case."""
