-- Names that need quoting, hold line ends, look like commands, or are long.

RESET SESSION AUTHORIZATION;
CREATE SCHEMA "odd ""names"" & more" AUTHORIZATION "sample Büro ""7""";
SET search_path = "odd ""names"" & more";

CREATE TABLE U&"two\000Alines" (U&"col\000A-- umn" integer DEFAULT 1 PRIMARY KEY, "select" text, "ÄÖÜ ß" text DEFAULT 'é''è');
COMMENT ON TABLE U&"two\000Alines" IS E'two\nlines; \\restrict x\n\\unrestrict x';
INSERT INTO U&"two\000Alines" VALUES (1, 'one', 'ä'), (2, E'\\restrict', NULL);
ALTER TABLE U&"two\000Alines" OWNER TO "sample Büro ""7""";

CREATE TABLE "table" ("order" integer REFERENCES U&"two\000Alines", "Sp ace" text, "semi;colon" text, "dash--dash" text, "dollar$$" text);
CREATE INDEX "Sp ace; DROP TABLE x; --" ON "table" ("Sp ace", "semi;colon");
INSERT INTO "table" VALUES (1, 'a', 'b', 'c', 'd');
CREATE TABLE "日本語 🐘" ("列" integer);
INSERT INTO "日本語 🐘" SELECT n FROM generate_series(1, 4) AS n;
CREATE TABLE a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long (a_column_whose_name_is_as_long_as_a_name_can_be_also_63_bytes_long serial);
CREATE VIEW "a \ back" AS SELECT "Sp ace" AS "'single'", "order" FROM "table";
CREATE FUNCTION "fn (with, commas)"("a b" integer, text) RETURNS integer LANGUAGE sql AS $$SELECT 1 -- ; $1 $$;
CREATE FUNCTION U&"new\000Aline fn"() RETURNS void LANGUAGE plpgsql AS E'BEGIN\r\n  NULL; -- CR LF\r\nEND\r\n';
CREATE TYPE "an enum" AS ENUM ('a,b', '"', E'\n', '');
CREATE SEQUENCE "It's a sequence";
GRANT SELECT ON "table" TO "sample Büro ""7""" WITH GRANT OPTION;
GRANT UPDATE ("Sp ace") ON "table" TO "sample Büro ""7""";
COMMENT ON FUNCTION "fn (with, commas)"(integer, text) IS '/* not */ the -- end';
