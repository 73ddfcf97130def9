"""The command `hingecheck`, one module per command."""
