-- The perceptual hash of a record, as it stands in the document.
ALTER TABLE cutline_records ADD COLUMN perceptual_hash INTEGER;

UPDATE cutline_records SET perceptual_hash = json_extract(document, '$.perceptualHash')
  WHERE json_valid(document)
    AND typeof(json_extract(document, '$.perceptualHash')) = 'integer';

-- The hashes of stored records. In each of eight bands the hash is turned by as many bytes, with its
-- first bit the other way round, so that signed numbers sort as unsigned ones would.
CREATE TABLE cutline_hashes (
  owner INTEGER NOT NULL,
  band INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (owner, band, entry, position)
) STRICT, WITHOUT ROWID;

INSERT INTO cutline_hashes (owner, band, entry, position)
  WITH RECURSIVE
    bands (band) AS (SELECT 0 UNION ALL SELECT band + 1 FROM bands WHERE band < 7),
    turned (owner, band, entry, position) AS (
      SELECT owner, band,
        CASE band WHEN 0 THEN perceptual_hash
          ELSE (perceptual_hash << (8 * band))
            | ((perceptual_hash >> (64 - 8 * band)) & ((1 << (8 * band)) - 1)) END,
        position
      FROM cutline_records, bands
      WHERE storage_state = 'STORED' AND perceptual_hash IS NOT NULL)
  SELECT owner, band,
    CASE WHEN entry < 0 THEN entry & 9223372036854775807
      ELSE entry | (-9223372036854775807 - 1) END,
    position
  FROM turned;
