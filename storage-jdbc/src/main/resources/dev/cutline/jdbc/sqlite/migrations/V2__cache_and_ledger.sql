CREATE TABLE cutline_cached_captions (
  owner INTEGER NOT NULL REFERENCES cutline_owners (number),
  key TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;

-- Amounts are billionths of a dollar, days are counted from 1970-01-01.
CREATE TABLE cutline_budget_days (
  account TEXT NOT NULL,
  day INTEGER NOT NULL,
  total INTEGER NOT NULL,
  PRIMARY KEY (account, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE cutline_budget_reservations (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  day INTEGER NOT NULL,
  amount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
