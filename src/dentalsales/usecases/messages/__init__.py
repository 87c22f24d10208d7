"""An order written as a message: read into lines, matched with what the company sells, and remembered."""
