"""The demo town: invented people and firms in the shape of Ruichang, made by the real services on a
stepped clock.
"""
