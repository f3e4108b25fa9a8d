"""Accounts that are gone, and what they had is being removed."""

STEPS = ("CREATE TABLE departure (user INTEGER PRIMARY KEY, begun DATETIME NOT NULL)",)


def up(migrator, db):
    for statement in STEPS:
        db.execute_sql(statement)
