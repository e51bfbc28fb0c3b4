"""Letters (通知): what people are told, in the inbox and by mail, by a reader that follows the
public log.
"""
