"""The exercises as data: one TOML file each."""
