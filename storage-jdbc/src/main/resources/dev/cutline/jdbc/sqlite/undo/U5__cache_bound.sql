DROP INDEX cutline_cached_captions_age;
ALTER TABLE cutline_owners DROP COLUMN cached_captions;
