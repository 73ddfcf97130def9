"""Compare measured angles with angles measured by hand."""
