"""Puts pose and exercises together for a person: from a file, live, over weeks."""
