DROP TABLE cutline_tombstones;
DROP TABLE cutline_terms;
DROP TABLE cutline_caption_versions;
DROP TABLE cutline_records;
DROP TABLE cutline_owners;
