-- The oldest stored records of all owners. An index ends with the position by itself.
CREATE INDEX cutline_records_created ON cutline_records (created_at)
  WHERE storage_state = 'STORED';

-- When nobody knows how old an answer is, it is taken for very old.
ALTER TABLE cutline_cached_captions ADD COLUMN put_at INTEGER NOT NULL DEFAULT 0;

CREATE INDEX cutline_cached_captions_put ON cutline_cached_captions (put_at);
