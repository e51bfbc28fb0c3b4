"""What is known of how parties keep their word: recorded acts, marks, what follows from them. Below
enrolment and the ways of selecting, which read it by its queries alone.
"""
