"""How people are served, in five levels, and the cases that bad ratings open."""
