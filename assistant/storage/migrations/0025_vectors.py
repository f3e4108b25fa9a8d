"""What passages of notes mean, as vectors of a model; made again from the passages at any time.

A set holds those of one version of a model. A new set grows beside the old one, which serves until it is whole.
"""

STATEMENTS = (
    """CREATE TABLE vector_set (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      model VARCHAR(200) NOT NULL,
      digest VARCHAR(100) NOT NULL,
      dimension INTEGER NOT NULL,
      cutter INTEGER NOT NULL,
      counted INTEGER NOT NULL DEFAULT 0,
      mean BLOB NOT NULL,
      whole BOOLEAN NOT NULL DEFAULT FALSE
    )""",
    "CREATE UNIQUE INDEX vector_set_by_model ON vector_set (digest, dimension, cutter)",
    """CREATE TABLE passage_vector (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      set_id INTEGER NOT NULL REFERENCES vector_set (id) ON DELETE CASCADE,
      passage_id INTEGER NOT NULL REFERENCES note_passage (id) ON DELETE CASCADE,
      user INTEGER NOT NULL,
      bits BLOB NOT NULL,
      scale REAL NOT NULL,
      body BLOB NOT NULL
    )""",
    "CREATE UNIQUE INDEX passage_vector_by_passage ON passage_vector (passage_id, set_id)",
    "CREATE INDEX passage_vector_by_user ON passage_vector (set_id, user)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
