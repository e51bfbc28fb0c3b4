"""The regulator's own program: cosigns the log's checkpoints and holds the second chain of random
values.

It runs on the regulator's machine, in a folder of its own, and imports nothing of the product.
"""
