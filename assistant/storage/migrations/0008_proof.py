"""When whoever is logged in last showed that it is them."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE session ADD COLUMN proven DATETIME")
