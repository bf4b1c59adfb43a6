DROP INDEX cutline_cached_captions_put;
ALTER TABLE cutline_cached_captions DROP COLUMN put_at;
DROP INDEX cutline_records_created;
