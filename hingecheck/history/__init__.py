"""Save judged sets in a database with files beside it, and read them back.

`store.open_history` returns a `History`. The functions of `people`, `sets`, `remarks`, `hand_angles`, `goals`,
`queries`, `archive_import` and `archive_export` take it and return `records`. Nothing outside this package uses
SQLAlchemy.
"""
