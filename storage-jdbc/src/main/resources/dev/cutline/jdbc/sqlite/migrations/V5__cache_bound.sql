-- How many answers an owner has, so that nobody has to count them.
ALTER TABLE cutline_owners ADD COLUMN cached_captions INTEGER NOT NULL DEFAULT 0;

UPDATE cutline_owners SET cached_captions =
  (SELECT COUNT(*) FROM cutline_cached_captions WHERE owner = number);

-- The oldest answers of an owner. An index ends with the key by itself.
CREATE INDEX cutline_cached_captions_age ON cutline_cached_captions (owner, put_at);
