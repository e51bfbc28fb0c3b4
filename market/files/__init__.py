"""Files (材料): what people hand in. The type is told from the content, the bytes are kept by a
random key, the hash by us.
"""
