"""All that is kept: SQL through SQLAlchemy Core, on SQLite (and, by the same statements, PostgreSQL).

`store.py` is the door: each of its methods is one transaction. The other files hold the statements, by noun.
"""
