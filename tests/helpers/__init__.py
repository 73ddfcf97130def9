"""Shared parts of tests: people, files, sets, servers."""
