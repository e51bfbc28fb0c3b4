"""The rulebook (办法参数): every number and yes/no of procedure of a jurisdiction, versioned and
dated.
"""
