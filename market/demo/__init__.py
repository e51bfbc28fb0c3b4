"""The demo town: invented people and firms in the shape of seed 003, made by the real services on a
stepped clock.
"""
