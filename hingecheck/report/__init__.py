"""A judged set -> what a person reads: page, PDF, tables, terminal, and their words."""
