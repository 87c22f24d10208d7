"""The words in which a register, a report and a printout are written."""
