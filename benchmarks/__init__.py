"""How fast the program is: each goal as a ratio to a baseline that is measured in the same run, turn and turn about."""
