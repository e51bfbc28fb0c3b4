"""Programs of others (程序接入): tokens with which they ask more often, and addresses to which the log's
changes are sent (webhooks) (ADR 0064).
"""
