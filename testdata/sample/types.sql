-- Schemas, extensions, types and what belongs to them.

ALTER DATABASE :"db" SET search_path TO "$user", shop, public;
ALTER DATABASE :"db" SET statement_timeout TO '10min';
ALTER ROLE sample_auditor IN DATABASE :"db" SET default_transaction_read_only TO on;
COMMENT ON DATABASE :"db" IS 'A chain of bookshops; it''s only a sample';
GRANT CREATE ON DATABASE :"db" TO sample_manager;
REVOKE TEMPORARY ON DATABASE :"db" FROM PUBLIC;

CREATE SCHEMA shop AUTHORIZATION sample_owner;
CREATE SCHEMA report AUTHORIZATION sample_manager;
CREATE SCHEMA extensions;
COMMENT ON SCHEMA shop IS 'What the shops work with';
COMMENT ON SCHEMA report IS 'Read by people,
written by nobody';

CREATE EXTENSION pg_trgm WITH SCHEMA extensions;
CREATE EXTENSION citext WITH SCHEMA extensions;
CREATE EXTENSION hstore WITH SCHEMA extensions;
CREATE EXTENSION btree_gist WITH SCHEMA extensions;
CREATE EXTENSION unaccent WITH SCHEMA extensions;
CREATE EXTENSION postgres_fdw WITH SCHEMA extensions;
COMMENT ON EXTENSION pg_trgm IS 'trigrams, for finding misspelt titles';
GRANT USAGE ON SCHEMA extensions TO PUBLIC;
REVOKE EXECUTE ON FUNCTION extensions.show_limit() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION extensions.show_limit() TO sample_clerk;

SET SESSION AUTHORIZATION sample_owner;
SET search_path = shop, extensions, public;

-- Types

CREATE TYPE order_status AS ENUM ('new', 'paid', 'on its way', 'delivered', 'it''s back');
ALTER TYPE order_status ADD VALUE 'lost \ stolen' AFTER 'on its way';
COMMENT ON TYPE order_status IS 'Where an order is';

CREATE TYPE channel AS ENUM ('counter', 'web', 'phone');

CREATE TYPE address AS (street text COLLATE "C", town text, postcode character varying(12), lines text[]);
COMMENT ON TYPE address IS 'A postal address';
COMMENT ON COLUMN address.lines IS 'as printed on the parcel';

CREATE DOMAIN isbn AS character varying(17)
    CONSTRAINT isbn_form CHECK (VALUE ~ '^97[89]-[0-9-]{10,13}$');
COMMENT ON DOMAIN isbn IS 'International Standard Book Number';
COMMENT ON CONSTRAINT isbn_form ON DOMAIN isbn IS 'only the form, not the check digit';

CREATE DOMAIN price AS numeric(10,2) DEFAULT 0.00 NOT NULL CONSTRAINT not_negative CHECK (VALUE >= 0);
ALTER DOMAIN price ADD CONSTRAINT affordable CHECK (VALUE < 100000) NOT VALID;

CREATE FUNCTION minutes_between(a time without time zone, b time without time zone) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT AS $$SELECT extract(epoch FROM (a - b)) / 60.0$$;
\if :v14
CREATE TYPE opening AS RANGE (SUBTYPE = time without time zone, SUBTYPE_DIFF = minutes_between, MULTIRANGE_TYPE_NAME = openings);
\else
CREATE TYPE opening AS RANGE (SUBTYPE = time without time zone, SUBTYPE_DIFF = minutes_between);
\endif

-- A base type, with functions that the server has anyway.
RESET SESSION AUTHORIZATION;
CREATE TYPE shelfmark;
CREATE FUNCTION shelfmark_in(cstring) RETURNS shelfmark LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION shelfmark_out(shelfmark) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE TYPE shelfmark (
    INPUT = shelfmark_in, OUTPUT = shelfmark_out, INTERNALLENGTH = VARIABLE, STORAGE = extended,
    CATEGORY = 'S', DELIMITER = ';', COLLATABLE = true
);
COMMENT ON TYPE shelfmark IS 'Where a book stands';
CREATE TYPE never_finished;

CREATE CAST (text AS shelfmark) WITHOUT FUNCTION;
CREATE CAST (shelfmark AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (channel AS shelfmark) WITH INOUT;
CREATE FUNCTION bool_to_status(boolean) RETURNS order_status LANGUAGE sql IMMUTABLE
    AS $$SELECT (CASE WHEN $1 THEN 'paid' ELSE 'new' END)::shop.order_status$$;
CREATE CAST (boolean AS order_status) WITH FUNCTION bool_to_status(boolean) AS ASSIGNMENT;
COMMENT ON CAST (boolean AS order_status) IS 'true means paid';

-- Collations

CREATE COLLATION byte_order FROM "C";
COMMENT ON COLLATION byte_order IS 'As the bytes come';
ALTER COLLATION byte_order OWNER TO sample_owner;
\if :icu
CREATE COLLATION phone_book (provider = icu, locale = 'de-u-co-phonebk');
CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
\endif

-- Operators on shelfmarks: each names the other before it exists.

CREATE FUNCTION shelfmark_lt(a shelfmark, b shelfmark) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'text_lt';
CREATE FUNCTION shelfmark_le(a shelfmark, b shelfmark) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'text_le';
CREATE FUNCTION shelfmark_eq(a shelfmark, b shelfmark) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'texteq';
CREATE FUNCTION shelfmark_ge(a shelfmark, b shelfmark) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'text_ge';
CREATE FUNCTION shelfmark_gt(a shelfmark, b shelfmark) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'text_gt';
CREATE FUNCTION shelfmark_cmp(a shelfmark, b shelfmark) RETURNS integer LANGUAGE internal IMMUTABLE STRICT LEAKPROOF AS 'bttextcmp';
CREATE OPERATOR < (FUNCTION = shelfmark_lt, LEFTARG = shelfmark, RIGHTARG = shelfmark, COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR > (FUNCTION = shelfmark_gt, LEFTARG = shelfmark, RIGHTARG = shelfmark, COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
CREATE OPERATOR <= (FUNCTION = shelfmark_le, LEFTARG = shelfmark, RIGHTARG = shelfmark, COMMUTATOR = >=, NEGATOR = >);
CREATE OPERATOR >= (FUNCTION = shelfmark_ge, LEFTARG = shelfmark, RIGHTARG = shelfmark, COMMUTATOR = <=, NEGATOR = <);
CREATE OPERATOR = (FUNCTION = shelfmark_eq, LEFTARG = shelfmark, RIGHTARG = shelfmark, COMMUTATOR = =, MERGES, RESTRICT = eqsel, JOIN = eqjoinsel);
COMMENT ON OPERATOR < (shelfmark, shelfmark) IS 'further left on the shelf';
CREATE OPERATOR FAMILY shelfmark_ops USING btree;
COMMENT ON OPERATOR FAMILY shelfmark_ops USING btree IS 'the order on the shelf';
CREATE OPERATOR CLASS shelfmark_ops DEFAULT FOR TYPE shelfmark USING btree FAMILY shelfmark_ops AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 shelfmark_cmp(shelfmark, shelfmark);
ALTER OPERATOR CLASS shelfmark_ops USING btree OWNER TO sample_owner;
CREATE OPERATOR !# (FUNCTION = upper, RIGHTARG = text);
ALTER OPERATOR !# (NONE, text) OWNER TO sample_owner;

-- Access methods, languages, transforms, conversions

CREATE ACCESS METHOD sample_heap TYPE TABLE HANDLER heap_tableam_handler;
COMMENT ON ACCESS METHOD sample_heap IS 'the heap by another name';
CREATE FUNCTION plpgsql_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION plpgsql_inline(internal) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION plpgsql_check(oid) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE sample_plpgsql HANDLER plpgsql_handler INLINE plpgsql_inline VALIDATOR plpgsql_check;
ALTER LANGUAGE sample_plpgsql OWNER TO sample_owner;
GRANT USAGE ON LANGUAGE sample_plpgsql TO sample_clerk;
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE CONVERSION old_tills FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION old_tills IS 'the tills of 1998';

-- Text search

CREATE TEXT SEARCH PARSER title_parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH TEMPLATE title_template (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY title_words (TEMPLATE = title_template, STOPWORDS = english, ACCEPT = 'false');
CREATE TEXT SEARCH DICTIONARY title_stems (TEMPLATE = snowball, LANGUAGE = german);
CREATE TEXT SEARCH CONFIGURATION titles (PARSER = title_parser);
ALTER TEXT SEARCH CONFIGURATION titles ADD MAPPING FOR asciiword, word WITH unaccent, title_words, title_stems;
ALTER TEXT SEARCH CONFIGURATION titles ADD MAPPING FOR int, uint WITH simple;
ALTER TEXT SEARCH CONFIGURATION titles OWNER TO sample_owner;
ALTER TEXT SEARCH DICTIONARY title_words OWNER TO sample_owner;
COMMENT ON TEXT SEARCH CONFIGURATION titles IS 'How titles are searched';
COMMENT ON TEXT SEARCH DICTIONARY title_words IS 'Words that count';

-- Foreign data

CREATE FOREIGN DATA WRAPPER sample_wrapper OPTIONS (debug 'true');
COMMENT ON FOREIGN DATA WRAPPER sample_wrapper IS 'wraps nothing';
GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO sample_owner;
CREATE SERVER warehouse TYPE 'postgres' VERSION '18' FOREIGN DATA WRAPPER postgres_fdw
    OPTIONS (host 'warehouse.example', dbname 'stock', port '5432');
ALTER SERVER warehouse OWNER TO sample_owner;
COMMENT ON SERVER warehouse IS 'where the books come from';
GRANT USAGE ON FOREIGN SERVER warehouse TO sample_manager WITH GRANT OPTION;
CREATE USER MAPPING FOR sample_clerk SERVER warehouse OPTIONS (user 'clerk');
CREATE USER MAPPING FOR PUBLIC SERVER warehouse OPTIONS (user 'it''s anyone');
