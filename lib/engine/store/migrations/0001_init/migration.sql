-- Store of the embedded verification service. Records are written once and never changed.
-- Every list the API offers is read from an index in its final order, so page one costs the same at ten records and at millions.

CREATE SEQUENCE engine.verification_id;

-- One row a record: the nine columns people sort by, and the record itself as the JSON text the API sends,
-- but for the origin in front of its file URLs. "C" collation: names sort by code point, the same on every machine.
CREATE TABLE engine.verification (
  verification_id  bigint PRIMARY KEY,
  id_file_name     text COLLATE "C" NOT NULL,
  id_file_size     bigint NOT NULL,
  id_file_type     text COLLATE "C" NOT NULL,
  selfie_file_name text COLLATE "C" NOT NULL,
  selfie_file_size bigint NOT NULL,
  selfie_file_type text COLLATE "C" NOT NULL,
  verified         boolean NOT NULL,
  "timestamp"      bigint NOT NULL,
  record           text NOT NULL
);

-- One index serves both directions: ties are broken by the id in the same direction.
CREATE INDEX verification_by_id_file_name     ON engine.verification (id_file_name, verification_id);
CREATE INDEX verification_by_id_file_size     ON engine.verification (id_file_size, verification_id);
CREATE INDEX verification_by_id_file_type     ON engine.verification (id_file_type, verification_id);
CREATE INDEX verification_by_selfie_file_name ON engine.verification (selfie_file_name, verification_id);
CREATE INDEX verification_by_selfie_file_size ON engine.verification (selfie_file_size, verification_id);
CREATE INDEX verification_by_selfie_file_type ON engine.verification (selfie_file_type, verification_id);
CREATE INDEX verification_by_verified         ON engine.verification (verified, verification_id);
CREATE INDEX verification_by_timestamp        ON engine.verification ("timestamp", verification_id);

-- What the file endpoint needs to answer without opening a record.
CREATE TABLE engine.file (
  verification_id bigint NOT NULL REFERENCES engine.verification ON DELETE CASCADE,
  category        text NOT NULL CHECK (category IN ('id', 'face')),
  file_name       text NOT NULL,
  file_size       bigint NOT NULL,
  content_type    text NOT NULL,
  sha256          text NOT NULL,
  PRIMARY KEY (verification_id, category)
);

-- Every distinct tag once, with the number of records that carry it.
CREATE TABLE engine.tag (
  tag_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name   text COLLATE "C" NOT NULL,
  value  text COLLATE "C" NOT NULL,
  total  bigint NOT NULL DEFAULT 0,
  UNIQUE (name, value)
);

-- Which record carries which tag, with the sort columns repeated: a filtered list in any order is one index range too.
CREATE TABLE engine.verification_tag (
  tag_id           bigint NOT NULL REFERENCES engine.tag,
  verification_id  bigint NOT NULL REFERENCES engine.verification ON DELETE CASCADE,
  id_file_name     text COLLATE "C" NOT NULL,
  id_file_size     bigint NOT NULL,
  id_file_type     text COLLATE "C" NOT NULL,
  selfie_file_name text COLLATE "C" NOT NULL,
  selfie_file_size bigint NOT NULL,
  selfie_file_type text COLLATE "C" NOT NULL,
  verified         boolean NOT NULL,
  "timestamp"      bigint NOT NULL,
  PRIMARY KEY (tag_id, verification_id)
);

CREATE INDEX tagged_by_verification     ON engine.verification_tag (verification_id);
CREATE INDEX tagged_by_id_file_name     ON engine.verification_tag (tag_id, id_file_name, verification_id);
CREATE INDEX tagged_by_id_file_size     ON engine.verification_tag (tag_id, id_file_size, verification_id);
CREATE INDEX tagged_by_id_file_type     ON engine.verification_tag (tag_id, id_file_type, verification_id);
CREATE INDEX tagged_by_selfie_file_name ON engine.verification_tag (tag_id, selfie_file_name, verification_id);
CREATE INDEX tagged_by_selfie_file_size ON engine.verification_tag (tag_id, selfie_file_size, verification_id);
CREATE INDEX tagged_by_selfie_file_type ON engine.verification_tag (tag_id, selfie_file_type, verification_id);
CREATE INDEX tagged_by_verified         ON engine.verification_tag (tag_id, verified, verification_id);
CREATE INDEX tagged_by_timestamp        ON engine.verification_tag (tag_id, "timestamp", verification_id);

-- totalCount must be exact, and counting a million rows for every page is not an option: the totals are kept by
-- the database itself, in the same transaction as the rows, whoever writes them.
CREATE TABLE engine.verification_total (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  total    bigint NOT NULL
);
INSERT INTO engine.verification_total (total) VALUES (0);

CREATE FUNCTION engine.count_verifications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE engine.verification_total
     SET total = total + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END * (SELECT count(*) FROM changed);
  RETURN NULL;
END $$;

CREATE TRIGGER count_inserted AFTER INSERT ON engine.verification
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION engine.count_verifications();
CREATE TRIGGER count_deleted AFTER DELETE ON engine.verification
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION engine.count_verifications();

CREATE FUNCTION engine.count_tagged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE engine.tag
     SET total = tag.total + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END * each.n
    FROM (SELECT tag_id, count(*) AS n FROM changed GROUP BY tag_id) AS each
   WHERE tag.tag_id = each.tag_id;
  RETURN NULL;
END $$;

CREATE TRIGGER count_inserted AFTER INSERT ON engine.verification_tag
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION engine.count_tagged();
CREATE TRIGGER count_deleted AFTER DELETE ON engine.verification_tag
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION engine.count_tagged();

-- A list reads its page of ids from the index alone; that needs pages marked all-visible, which only vacuum does,
-- and by default a table that is only inserted into is vacuumed too rarely for that.
ALTER TABLE engine.verification SET (autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE engine.verification_tag SET (autovacuum_vacuum_insert_scale_factor = 0.02);
