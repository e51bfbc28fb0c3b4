"""The catalogue (中介服务事项目录): which services may be bought here, and what an agency needs for
each.
"""
