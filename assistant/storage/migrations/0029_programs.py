"""What programs ask for from outside, and which of their keys need no yes."""

STATEMENTS = (
    "ALTER TABLE act ADD COLUMN program VARCHAR(100) NOT NULL DEFAULT ''",
    "CREATE INDEX act_by_program ON act (user, address) WHERE program <> ''",
    "ALTER TABLE api_key ADD COLUMN asks BOOLEAN NOT NULL DEFAULT TRUE",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
