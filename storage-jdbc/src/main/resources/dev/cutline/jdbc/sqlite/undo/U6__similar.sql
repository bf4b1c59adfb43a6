DROP TABLE cutline_hashes;
ALTER TABLE cutline_records DROP COLUMN perceptual_hash;
