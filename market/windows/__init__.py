"""Windows (期限): every deadline of the product is a row here; one sweep, one handler for each
kind.
"""
