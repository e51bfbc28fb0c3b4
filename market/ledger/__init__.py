"""The ledger (透明日志): the public, append-only log; RFC 6962 tree, one leaf for each fact, in the
fact's transaction.
"""
