"""Cases (服务诉求闭环): what people were not served well in, from the first contact to the call-back; so far
those that a bad rating opens.
"""
