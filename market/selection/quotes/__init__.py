"""Keys of sealed quotes: prepared before a notice is published, promised by it, handed in after its close
(ADR 0041).
"""
