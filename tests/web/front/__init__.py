"""A small program behind the product's front, so that the front alone is tested."""
