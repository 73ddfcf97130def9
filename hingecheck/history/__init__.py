"""What is kept of a person's sets: judged sets -> a database and files beside it, and back.

`store.open_history` opens it; `people`, `sets`, `remarks`, `plans`, `queries` and `archive` are functions over the
`History` that it returns; `records` is what they hand out. Nothing outside this package sees SQLAlchemy.
"""
