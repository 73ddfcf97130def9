"""What several tests build on: people, files, sets, servers."""
