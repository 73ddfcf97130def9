"""Measuring how good the program is, and fitting its constants: commands and tables that anyone can run again."""
