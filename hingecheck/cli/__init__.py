"""The command `hingecheck`: a module a command."""
