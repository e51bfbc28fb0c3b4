"""Selection, held to the regulation."""
