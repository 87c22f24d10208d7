"""Everything that leaves the program as a file or comes into it from one."""
