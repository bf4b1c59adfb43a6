-- Owners have numbers, so that no other table repeats their names. Numbers are never used again: a
-- reader that looked one up must not meet somebody else's rows with it.
-- skew_min and skew_max bound how far the time of creation of any of their records is from that in
-- the record's id, in milliseconds; a range of time becomes a range of positions by them.
CREATE TABLE cutline_owners (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  skew_min INTEGER NOT NULL DEFAULT 0,
  skew_max INTEGER NOT NULL DEFAULT 0
) STRICT;

-- position: the 48 bits of time of the id, and 15 bits to tell records of one millisecond apart.
-- long_title: the title in lower case, where it is too long to be found by its terms alone.
-- document: everything that is no column, as JSON.
CREATE TABLE cutline_records (
  position INTEGER PRIMARY KEY,
  owner INTEGER NOT NULL REFERENCES cutline_owners (number),
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  storage_state TEXT NOT NULL,
  caption_state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  lease_token TEXT,
  lease_until INTEGER,
  long_title TEXT,
  document TEXT NOT NULL,
  UNIQUE (owner, id)
) STRICT;

CREATE INDEX cutline_records_stored ON cutline_records (owner, position)
  WHERE storage_state = 'STORED';
CREATE INDEX cutline_records_unsettled ON cutline_records (position)
  WHERE storage_state <> 'STORED';
CREATE INDEX cutline_records_pending ON cutline_records (position)
  WHERE storage_state = 'STORED' AND caption_state = 'PENDING';

CREATE TABLE cutline_caption_versions (
  position INTEGER NOT NULL REFERENCES cutline_records (position) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (position, number)
) STRICT, WITHOUT ROWID;

-- The terms that each stored record can be found by, at its position. Neither text nor the places of
-- terms are kept: the index answers which records have all of some terms, newest first.
CREATE VIRTUAL TABLE cutline_terms USING fts5 (
  terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

CREATE TABLE cutline_tombstones (
  owner INTEGER NOT NULL REFERENCES cutline_owners (number),
  id TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX cutline_tombstones_until ON cutline_tombstones (until);
