"""Owners (项目业主): the bodies, firms and persons that buy; registered once, checked by the
office, then they post notices.
"""
