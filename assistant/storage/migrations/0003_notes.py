"""Notes, what leads back to their earlier texts, their tags, links and pictures, and their index."""

import peewee

# AUTOINCREMENT: an address or a saved draft of a deleted note must never lead to another one.
# Long texts stand last in their rows, so that reading the other columns does not walk through them.
TABLES = (
    """CREATE TABLE note (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      key VARCHAR(64),
      title VARCHAR(300) NOT NULL,
      title_set BOOLEAN NOT NULL,
      title_key TEXT NOT NULL,
      sort_key TEXT NOT NULL,
      excerpt TEXT NOT NULL,
      version INTEGER NOT NULL,
      pinned BOOLEAN NOT NULL,
      archived BOOLEAN NOT NULL,
      colour VARCHAR(10) NOT NULL,
      trashed DATETIME,
      created DATETIME NOT NULL,
      updated DATETIME NOT NULL,
      search_row INTEGER NOT NULL UNIQUE,
      text TEXT NOT NULL
    )""",
    """CREATE TABLE note_step (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      title VARCHAR(300) NOT NULL,
      head INTEGER NOT NULL,
      tail INTEGER NOT NULL,
      size INTEGER NOT NULL,
      created DATETIME NOT NULL,
      middle TEXT NOT NULL
    )""",
    """CREATE TABLE note_version (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      title VARCHAR(300) NOT NULL,
      tags TEXT NOT NULL,
      reason VARCHAR(10) NOT NULL,
      size INTEGER NOT NULL,
      created DATETIME NOT NULL,
      text TEXT NOT NULL
    )""",
    """CREATE TABLE note_tag (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      user INTEGER NOT NULL,
      name VARCHAR(100) NOT NULL,
      key VARCHAR(300) NOT NULL
    )""",
    """CREATE TABLE note_link (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      user INTEGER NOT NULL,
      key TEXT NOT NULL
    )""",
    """CREATE TABLE attachment (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      note_id INTEGER REFERENCES note (id) ON DELETE CASCADE,
      name VARCHAR(200) NOT NULL,
      kind VARCHAR(20) NOT NULL,
      size INTEGER NOT NULL,
      digest VARCHAR(64) NOT NULL,
      created DATETIME NOT NULL,
      data BLOB NOT NULL
    )""",
)

# One index for each order of the lists; a page of a list reads only its own rows.
INDEXES = (
    "CREATE UNIQUE INDEX note_by_key ON note (user, key) WHERE key IS NOT NULL",
    "CREATE INDEX note_by_changed ON note (user, archived, pinned, updated, id) WHERE trashed IS NULL",
    "CREATE INDEX note_by_created ON note (user, archived, pinned, created, id) WHERE trashed IS NULL",
    "CREATE INDEX note_by_alphabet ON note (user, archived, pinned, sort_key, id) WHERE trashed IS NULL",
    "CREATE INDEX note_by_time ON note (user, updated) WHERE trashed IS NULL",
    "CREATE INDEX note_by_title ON note (user, title_key, title) WHERE trashed IS NULL",
    "CREATE INDEX note_by_trashed ON note (user, trashed) WHERE trashed IS NOT NULL",
    "CREATE UNIQUE INDEX note_step_by_version ON note_step (note_id, version)",
    "CREATE INDEX note_step_by_created ON note_step (created)",
    "CREATE INDEX note_version_by_note ON note_version (note_id, id)",
    "CREATE UNIQUE INDEX note_tag_by_note ON note_tag (note_id, key)",
    "CREATE INDEX note_tag_by_key ON note_tag (user, key, name, note_id)",
    "CREATE UNIQUE INDEX note_link_by_note ON note_link (note_id, key)",
    "CREATE INDEX note_link_by_key ON note_link (user, key)",
    "CREATE INDEX attachment_by_note ON attachment (note_id)",
    "CREATE INDEX attachment_by_digest ON attachment (user, digest)",
)

# The owner is a word of its own column, so that the index itself keeps people apart. The texts
# are folded before they come here; marks, symbols and characters newer than the tokenizer's
# tables count as letters, so that every word that is written can be found.
SEARCH = """CREATE VIRTUAL TABLE note_search USING fts5(
  owner, title, tags, body, prefix='1 2 3',
  tokenize="unicode61 remove_diacritics 2 categories 'L* N* M* So Co Cn'"
)"""

# The owner is a word of each vector. Titles and tags have a vector of their own: an index knows no weights, and
# would walk through all texts for a title. What was written is kept for the signs that are no words.
POSTGRES = (
    """CREATE TABLE note_search (
      row_number INTEGER PRIMARY KEY,
      named TSVECTOR NOT NULL,
      document TSVECTOR NOT NULL,
      written TEXT NOT NULL
    )""",
    "CREATE INDEX note_search_by_name ON note_search USING gin (named) WITH (fastupdate = off)",
    "CREATE INDEX note_search_by_word ON note_search USING gin (document) WITH (fastupdate = off)",
)


def up(migrator, db):
    search = (SEARCH,) if isinstance(db, peewee.SqliteDatabase) else POSTGRES
    for statement in (*TABLES, *INDEXES, *search):
        db.execute_sql(statement)
