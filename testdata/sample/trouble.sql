-- Makes a database whose dump cannot be restored without errors: each kind of
-- error that a restore has to tell and survive. Run it like sample.sql, with
-- two variables: the folder of a tablespace, and roles.sql done before.
--
--     psql -X -v tablespace=/an/empty/folder/of/the/server -f trouble.sql trouble
--
-- Nothing here is a good idea.

\set ON_ERROR_STOP on
SET client_min_messages = error;

CREATE ROLE sample_ghost;
CREATE TABLESPACE sample_disk OWNER sample_ghost LOCATION :'tablespace';
CREATE SCHEMA trouble AUTHORIZATION sample_ghost;
SET search_path = trouble;

-- Its owner and its tablespace are not there where it is restored.
CREATE TABLE on_a_disk (n integer PRIMARY KEY USING INDEX TABLESPACE sample_disk, t text) TABLESPACE sample_disk;
ALTER TABLE on_a_disk OWNER TO sample_ghost;
INSERT INTO on_a_disk SELECT n, 'row ' || n FROM generate_series(1, 10) AS n;
CREATE INDEX on_a_disk_t ON on_a_disk (t);
GRANT SELECT ON on_a_disk TO sample_ghost;
CREATE TABLE split (n integer) PARTITION BY LIST (n) TABLESPACE sample_disk;
CREATE TABLE split_1 PARTITION OF split FOR VALUES IN (1);

-- A label of a provider that is not loaded.
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel VALUES
    ('on_a_disk'::regclass, 'pg_class'::regclass, 0, 'sample_labels', 'top secret; it''s'),
    ('on_a_disk'::regclass, 'pg_class'::regclass, 2, 'sample_labels', 'classified'),
    ('trouble'::regnamespace, 'pg_namespace'::regclass, 0, 'sample_labels', 'unclassified');
RESET allow_system_table_mods;

-- Functions that no longer do what a constraint, an index or a view was made with.
CREATE FUNCTION fine(n integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN true; END$$;
CREATE TABLE bad_row (n integer CHECK (fine(n)), t text);
INSERT INTO bad_row SELECT n, 'row ' || n FROM generate_series(1, 200) AS n;
CREATE OR REPLACE FUNCTION fine(n integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN n <> 150; END$$;

CREATE FUNCTION half(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT n$$;
CREATE TABLE not_unique (n integer, m integer);
INSERT INTO not_unique SELECT n, n FROM generate_series(1, 10) AS n;
CREATE UNIQUE INDEX not_unique_half ON not_unique (half(n));
CREATE OR REPLACE FUNCTION half(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$SELECT n / 2$$;

CREATE FUNCTION count_them() RETURNS integer LANGUAGE plpgsql STABLE AS $$BEGIN RETURN 10; END$$;
CREATE MATERIALIZED VIEW counted AS SELECT count_them() AS n;
CREATE MATERIALIZED VIEW counted_again AS SELECT n + 1 AS n FROM counted;
CREATE OR REPLACE FUNCTION count_them() RETURNS integer LANGUAGE plpgsql STABLE AS $$BEGIN RETURN 10 / 0; END$$;

-- A row without its parent.
CREATE TABLE parents (n integer PRIMARY KEY);
CREATE TABLE children (n integer REFERENCES parents);
INSERT INTO parents VALUES (1);
SET session_replication_role = replica;
INSERT INTO children VALUES (1), (2);
RESET session_replication_role;

-- A type whose values cannot be read back, in the middle of a table.
CREATE DOMAIN small AS text CHECK (true);
CREATE TABLE too_long (n integer, s small);
INSERT INTO too_long SELECT n, repeat('x', n) FROM generate_series(1, 100) AS n;
ALTER DOMAIN small ADD CONSTRAINT short CHECK (length(VALUE) < 60) NOT VALID;

-- Tables that refer to one another, for data-only restores.
CREATE TABLE egg (n integer PRIMARY KEY, hen integer);
CREATE TABLE hen (n integer PRIMARY KEY, egg integer REFERENCES egg);
ALTER TABLE egg ADD FOREIGN KEY (hen) REFERENCES hen DEFERRABLE INITIALLY DEFERRED;
BEGIN;
INSERT INTO egg VALUES (1, 1), (2, NULL);
INSERT INTO hen VALUES (1, 1), (2, 2);
COMMIT;

CREATE TABLE fine_after_all (n integer, t text);
INSERT INTO fine_after_all VALUES (1, 'restored in spite of everything'), (2, 'à la fin: ça va');
-- Names that another encoding has too, for dumps in LATIN1.
CREATE TABLE "prix élevé" ("für Käse" text DEFAULT 'très');
INSERT INTO "prix élevé" VALUES ('crème'), (E'\u00a3 20');
COMMENT ON TABLE "prix élevé" IS '½ ¿';

-- Needs a superuser, and a statement that refuses a transaction block may hide in it.
CREATE PUBLICATION sample_trouble FOR TABLE fine_after_all;
CREATE SUBSCRIPTION sample_feed CONNECTION 'host=feed.example dbname=feed' PUBLICATION sample_trouble WITH (connect = false);
COMMENT ON SUBSCRIPTION sample_feed IS 'never connects';

SELECT lo_from_bytea(420001, 'of a ghost');
ALTER LARGE OBJECT 420001 OWNER TO sample_ghost;
GRANT SELECT ON LARGE OBJECT 420001 TO sample_clerk;
