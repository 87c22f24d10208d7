"""Starts the program: python -m dentalsales."""

import sys
from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()  # a reading child of a frozen program begins here too, and must go no further
    from dentalsales.cli import main

    sys.exit(main())
