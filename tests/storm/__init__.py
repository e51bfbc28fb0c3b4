"""Kill -9 while entries come in: nothing acknowledged is lost, nothing is doubled, nobody sees a
fault.
"""
