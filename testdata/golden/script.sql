--
-- PostgreSQL database dump
--

\restrict k

-- Dumped from database version 18.6 (Debian 18.6-3)
-- Dumped by pg_dump version 18.6 (Debian 18.6-3)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: extensions; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA extensions;


ALTER SCHEMA extensions OWNER TO postgres;

--
-- Name: odd "names" & more; Type: SCHEMA; Schema: -; Owner: sample Büro "7"
--

CREATE SCHEMA "odd ""names"" & more";


ALTER SCHEMA "odd ""names"" & more" OWNER TO "sample Büro ""7""";

--
-- Name: report; Type: SCHEMA; Schema: -; Owner: sample_manager
--

CREATE SCHEMA report;


ALTER SCHEMA report OWNER TO sample_manager;

--
-- Name: SCHEMA report; Type: COMMENT; Schema: -; Owner: sample_manager
--

COMMENT ON SCHEMA report IS 'Read by people,
written by nobody';


--
-- Name: shop; Type: SCHEMA; Schema: -; Owner: sample_owner
--

CREATE SCHEMA shop;


ALTER SCHEMA shop OWNER TO sample_owner;

--
-- Name: SCHEMA shop; Type: COMMENT; Schema: -; Owner: sample_owner
--

COMMENT ON SCHEMA shop IS 'What the shops work with';


--
-- Name: plpgsql_check(oid); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.plpgsql_check(oid) RETURNS void
    LANGUAGE c STRICT
    AS '$libdir/plpgsql', 'plpgsql_validator';


ALTER FUNCTION shop.plpgsql_check(oid) OWNER TO postgres;

--
-- Name: plpgsql_handler(); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.plpgsql_handler() RETURNS language_handler
    LANGUAGE c
    AS '$libdir/plpgsql', 'plpgsql_call_handler';


ALTER FUNCTION shop.plpgsql_handler() OWNER TO postgres;

--
-- Name: plpgsql_inline(internal); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.plpgsql_inline(internal) RETURNS void
    LANGUAGE c STRICT
    AS '$libdir/plpgsql', 'plpgsql_inline_handler';


ALTER FUNCTION shop.plpgsql_inline(internal) OWNER TO postgres;

--
-- Name: sample_plpgsql; Type: PROCEDURAL LANGUAGE; Schema: -; Owner: sample_owner
--

CREATE TRUSTED PROCEDURAL LANGUAGE sample_plpgsql HANDLER shop.plpgsql_handler INLINE shop.plpgsql_inline VALIDATOR shop.plpgsql_check;


ALTER PROCEDURAL LANGUAGE sample_plpgsql OWNER TO sample_owner;

--
-- Name: any_case; Type: COLLATION; Schema: shop; Owner: postgres
--

CREATE COLLATION shop.any_case (provider = icu, deterministic = false, locale = 'und-u-ks-level2');


ALTER COLLATION shop.any_case OWNER TO postgres;

--
-- Name: byte_order; Type: COLLATION; Schema: shop; Owner: sample_owner
--

CREATE COLLATION shop.byte_order (provider = libc, locale = 'C');


ALTER COLLATION shop.byte_order OWNER TO sample_owner;

--
-- Name: COLLATION byte_order; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON COLLATION shop.byte_order IS 'As the bytes come';


--
-- Name: phone_book; Type: COLLATION; Schema: shop; Owner: postgres
--

CREATE COLLATION shop.phone_book (provider = icu, locale = 'de-u-co-phonebk');


ALTER COLLATION shop.phone_book OWNER TO postgres;

--
-- Name: TRANSFORM FOR integer LANGUAGE sql; Type: TRANSFORM; Schema: -; Owner: -
--

CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION pg_catalog.prsd_lextype(internal), TO SQL WITH FUNCTION pg_catalog.int4recv(internal));


--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA extensions;


--
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA extensions;


--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- Name: hstore; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA extensions;


--
-- Name: EXTENSION hstore; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION hstore IS 'data type for storing sets of (key, value) pairs';


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pg_trgm IS 'trigrams, for finding misspelt titles';


--
-- Name: postgres_fdw; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS postgres_fdw WITH SCHEMA extensions;


--
-- Name: EXTENSION postgres_fdw; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION postgres_fdw IS 'foreign-data wrapper for remote PostgreSQL servers';


--
-- Name: unaccent; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA extensions;


--
-- Name: EXTENSION unaccent; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';


--
-- Name: an enum; Type: TYPE; Schema: odd "names" & more; Owner: postgres
--

CREATE TYPE "odd ""names"" & more"."an enum" AS ENUM (
    'a,b',
    '"',
    '
',
    ''
);


ALTER TYPE "odd ""names"" & more"."an enum" OWNER TO postgres;

--
-- Name: address; Type: TYPE; Schema: shop; Owner: sample_owner
--

CREATE TYPE shop.address AS (
	street text COLLATE pg_catalog."C",
	town text,
	postcode character varying(12),
	lines text[]
);


ALTER TYPE shop.address OWNER TO sample_owner;

--
-- Name: TYPE address; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON TYPE shop.address IS 'A postal address';


--
-- Name: COLUMN address.lines; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON COLUMN shop.address.lines IS 'as printed on the parcel';


--
-- Name: channel; Type: TYPE; Schema: shop; Owner: sample_owner
--

CREATE TYPE shop.channel AS ENUM (
    'counter',
    'web',
    'phone'
);


ALTER TYPE shop.channel OWNER TO sample_owner;

--
-- Name: isbn; Type: DOMAIN; Schema: shop; Owner: sample_owner
--

CREATE DOMAIN shop.isbn AS character varying(17)
	CONSTRAINT isbn_form CHECK (((VALUE)::text ~ '^97[89]-[0-9-]{10,13}$'::text));


ALTER DOMAIN shop.isbn OWNER TO sample_owner;

--
-- Name: DOMAIN isbn; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON DOMAIN shop.isbn IS 'International Standard Book Number';


--
-- Name: CONSTRAINT isbn_form ON DOMAIN isbn; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON CONSTRAINT isbn_form ON DOMAIN shop.isbn IS 'only the form, not the check digit';


--
-- Name: never_finished; Type: TYPE; Schema: shop; Owner: postgres
--

CREATE TYPE shop.never_finished;


ALTER TYPE shop.never_finished OWNER TO postgres;

--
-- Name: minutes_between(time without time zone, time without time zone); Type: FUNCTION; Schema: shop; Owner: sample_owner
--

CREATE FUNCTION shop.minutes_between(a time without time zone, b time without time zone) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT
    AS $$SELECT extract(epoch FROM (a - b)) / 60.0$$;


ALTER FUNCTION shop.minutes_between(a time without time zone, b time without time zone) OWNER TO sample_owner;

--
-- Name: opening; Type: TYPE; Schema: shop; Owner: sample_owner
--

CREATE TYPE shop.opening AS RANGE (
    subtype = time without time zone,
    multirange_type_name = shop.openings,
    subtype_diff = shop.minutes_between
);


ALTER TYPE shop.opening OWNER TO sample_owner;

--
-- Name: order_status; Type: TYPE; Schema: shop; Owner: sample_owner
--

CREATE TYPE shop.order_status AS ENUM (
    'new',
    'paid',
    'on its way',
    'lost \ stolen',
    'delivered',
    'it''s back'
);


ALTER TYPE shop.order_status OWNER TO sample_owner;

--
-- Name: TYPE order_status; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON TYPE shop.order_status IS 'Where an order is';


--
-- Name: price; Type: DOMAIN; Schema: shop; Owner: sample_owner
--

CREATE DOMAIN shop.price AS numeric(10,2) NOT NULL DEFAULT 0.00
	CONSTRAINT not_negative CHECK ((VALUE >= (0)::numeric));


ALTER DOMAIN shop.price OWNER TO sample_owner;

--
-- Name: shelfmark; Type: SHELL TYPE; Schema: shop; Owner: postgres
--

CREATE TYPE shop.shelfmark;


--
-- Name: shelfmark_in(cstring); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.shelfmark_in(cstring) RETURNS shop.shelfmark
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
    AS $$textin$$;


ALTER FUNCTION shop.shelfmark_in(cstring) OWNER TO postgres;

--
-- Name: shelfmark_out(shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.shelfmark_out(shop.shelfmark) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
    AS $$textout$$;


ALTER FUNCTION shop.shelfmark_out(shop.shelfmark) OWNER TO postgres;

--
-- Name: shelfmark; Type: TYPE; Schema: shop; Owner: postgres
--

CREATE TYPE shop.shelfmark (
    INTERNALLENGTH = variable,
    INPUT = shop.shelfmark_in,
    OUTPUT = shop.shelfmark_out,
    COLLATABLE = true,
    CATEGORY = 'S',
    DELIMITER = ';',
    ALIGNMENT = int4,
    STORAGE = extended
);


ALTER TYPE shop.shelfmark OWNER TO postgres;

--
-- Name: TYPE shelfmark; Type: COMMENT; Schema: shop; Owner: postgres
--

COMMENT ON TYPE shop.shelfmark IS 'Where a book stands';


--
-- Name: bool_to_status(boolean); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.bool_to_status(boolean) RETURNS shop.order_status
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT (CASE WHEN $1 THEN 'paid' ELSE 'new' END)::shop.order_status$_$;


ALTER FUNCTION shop.bool_to_status(boolean) OWNER TO postgres;

--
-- Name: CAST (boolean AS shop.order_status); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (boolean AS shop.order_status) WITH FUNCTION shop.bool_to_status(boolean) AS ASSIGNMENT;


--
-- Name: CAST (boolean AS shop.order_status); Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON CAST (boolean AS shop.order_status) IS 'true means paid';


--
-- Name: CAST (shop.channel AS shop.shelfmark); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (shop.channel AS shop.shelfmark) WITH INOUT;


--
-- Name: CAST (shop.shelfmark AS text); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (shop.shelfmark AS text) WITHOUT FUNCTION AS IMPLICIT;


--
-- Name: CAST (text AS shop.shelfmark); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (text AS shop.shelfmark) WITHOUT FUNCTION;


--
-- Name: fn (with, commas)(integer, text); Type: FUNCTION; Schema: odd "names" & more; Owner: postgres
--

CREATE FUNCTION "odd ""names"" & more"."fn (with, commas)"("a b" integer, text) RETURNS integer
    LANGUAGE sql
    AS $_$SELECT 1 -- ; $1 $_$;


ALTER FUNCTION "odd ""names"" & more"."fn (with, commas)"("a b" integer, text) OWNER TO postgres;

--
-- Name: FUNCTION "fn (with, commas)"("a b" integer, text); Type: COMMENT; Schema: odd "names" & more; Owner: postgres
--

COMMENT ON FUNCTION "odd ""names"" & more"."fn (with, commas)"("a b" integer, text) IS '/* not */ the -- end';


--
-- Name: new line fn(); Type: FUNCTION; Schema: odd "names" & more; Owner: postgres
--

CREATE FUNCTION "odd ""names"" & more"."new
line fn"() RETURNS void
    LANGUAGE plpgsql
    AS $$BEGIN
  NULL; -- CR LF
END
$$;


ALTER FUNCTION "odd ""names"" & more"."new
line fn"() OWNER TO postgres;

SET default_tablespace = '';

--
-- Name: orders; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.orders (
    order_id bigint NOT NULL,
    placed_on date NOT NULL,
    channel shop.channel DEFAULT 'web'::shop.channel NOT NULL,
    shop_id integer,
    customer extensions.citext,
    status shop.order_status DEFAULT 'new'::shop.order_status,
    remark text
)
PARTITION BY RANGE (placed_on);

ALTER TABLE ONLY shop.orders FORCE ROW LEVEL SECURITY;


ALTER TABLE shop.orders OWNER TO sample_owner;

--
-- Name: TABLE orders; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON TABLE shop.orders IS 'Partitioned by month';


--
-- Name: best_customer(date); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.best_customer(since date) RETURNS extensions.citext
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT orders.customer
    FROM shop.orders
   WHERE ((orders.placed_on >= best_customer.since) AND (orders.remark <> 'a;b'::text))
   GROUP BY orders.customer
   ORDER BY (count(*)) DESC, orders.customer
  LIMIT 1;
END;


ALTER FUNCTION shop.best_customer(since date) OWNER TO postgres;

--
-- Name: cheapest(shop.price); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.cheapest(upto shop.price) RETURNS TABLE(title text, price numeric)
    LANGUAGE sql STABLE ROWS 30
    AS $$ SELECT title, price::numeric FROM shop.products WHERE price <= upto ORDER BY price, title; $$;


ALTER FUNCTION shop.cheapest(upto shop.price) OWNER TO postgres;

--
-- Name: close_day(date, integer); Type: PROCEDURE; Schema: shop; Owner: sample_owner
--

CREATE PROCEDURE shop.close_day(IN day date, INOUT closed integer DEFAULT 0)
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE shop.orders SET status = 'delivered' WHERE placed_on = day AND status = 'on its way';
    GET DIAGNOSTICS closed = ROW_COUNT;
    COMMIT;
END $$;


ALTER PROCEDURE shop.close_day(IN day date, INOUT closed integer) OWNER TO sample_owner;

--
-- Name: PROCEDURE close_day(IN day date, INOUT closed integer); Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON PROCEDURE shop.close_day(IN day date, INOUT closed integer) IS 'run at night';


--
-- Name: double_it(integer); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.double_it(n integer) RETURNS integer
    LANGUAGE sql
    RETURN (n * 2);


ALTER FUNCTION shop.double_it(n integer) OWNER TO postgres;

--
-- Name: first_word(text); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.first_word(t text) RETURNS text
    LANGUAGE sample_plpgsql IMMUTABLE
    AS $$BEGIN RETURN split_part(t, ' ', 1); END$$;


ALTER FUNCTION shop.first_word(t text) OWNER TO postgres;

--
-- Name: gross_price(numeric, numeric); Type: FUNCTION; Schema: shop; Owner: sample_owner
--

CREATE FUNCTION shop.gross_price(net numeric, rate numeric DEFAULT 0.07) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT COST 5 PARALLEL SAFE
    AS $$SELECT round(net * (1 + rate), 2)$$;


ALTER FUNCTION shop.gross_price(net numeric, rate numeric) OWNER TO sample_owner;

--
-- Name: FUNCTION gross_price(net numeric, rate numeric); Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON FUNCTION shop.gross_price(net numeric, rate numeric) IS 'with tax';


--
-- Name: longer(text, text); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.longer(a text, b text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$SELECT CASE WHEN length(coalesce(a, '')) >= length(coalesce(b, '')) THEN a ELSE b END$$;


ALTER FUNCTION shop.longer(a text, b text) OWNER TO postgres;

--
-- Name: note_change(); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.note_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;


ALTER FUNCTION shop.note_change() OWNER TO postgres;

--
-- Name: note_ddl(); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.note_ddl() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$BEGIN NULL; END$$;


ALTER FUNCTION shop.note_ddl() OWNER TO postgres;

--
-- Name: nth_row(); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.nth_row() RETURNS bigint
    LANGUAGE internal WINDOW IMMUTABLE
    AS $$window_row_number$$;


ALTER FUNCTION shop.nth_row() OWNER TO postgres;

--
-- Name: odd_quotes(text[]); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.odd_quotes(VARIADIC what text[]) RETURNS text
    LANGUAGE plpgsql
    AS $_XX$
DECLARE
    a text := $$dollar; quoted$$;
    b text := $_$with $$ inside$_$;
    c text := $function$ and $body$ ; $body$ $function$;
BEGIN
    /* A line that looks like the end of COPY data:
\.
    */
    RETURN a || b || c || E'\\' || array_to_string(what, ';'); /* $_X$ */
EXCEPTION WHEN others THEN
    RETURN 'it''s $1 -- not a comment';
END $_XX$;


ALTER FUNCTION shop.odd_quotes(VARIADIC what text[]) OWNER TO postgres;

--
-- Name: orders_of(extensions.citext); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.orders_of(who extensions.citext) RETURNS SETOF shop.orders
    LANGUAGE sql STABLE
    AS $$SELECT * FROM shop.orders WHERE customer = who$$;


ALTER FUNCTION shop.orders_of(who extensions.citext) OWNER TO postgres;

--
-- Name: restock(integer, integer); Type: FUNCTION; Schema: shop; Owner: sample_owner
--

CREATE FUNCTION shop.restock(INOUT product integer, pieces integer DEFAULT 1, OUT total bigint, OUT "who did it" text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'shop', 'pg_temp'
    SET work_mem TO '8MB'
    AS $$
BEGIN
    total := pieces;
    "who did it" := current_user;
END;
$$;


ALTER FUNCTION shop.restock(INOUT product integer, pieces integer, OUT total bigint, OUT "who did it" text) OWNER TO sample_owner;

--
-- Name: shelfmark_cmp(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.shelfmark_cmp(a shop.shelfmark, b shop.shelfmark) RETURNS integer
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$bttextcmp$$;


ALTER FUNCTION shop.shelfmark_cmp(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- Name: shelfmark_eq(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.shelfmark_eq(a shop.shelfmark, b shop.shelfmark) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$texteq$$;


ALTER FUNCTION shop.shelfmark_eq(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- Name: shelfmark_ge(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.shelfmark_ge(a shop.shelfmark, b shop.shelfmark) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$text_ge$$;


ALTER FUNCTION shop.shelfmark_ge(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- Name: shelfmark_gt(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.shelfmark_gt(a shop.shelfmark, b shop.shelfmark) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$text_gt$$;


ALTER FUNCTION shop.shelfmark_gt(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- Name: shelfmark_le(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.shelfmark_le(a shop.shelfmark, b shop.shelfmark) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$text_le$$;


ALTER FUNCTION shop.shelfmark_le(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- Name: shelfmark_lt(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.shelfmark_lt(a shop.shelfmark, b shop.shelfmark) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$text_lt$$;


ALTER FUNCTION shop.shelfmark_lt(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- Name: trim_title(); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.trim_title() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.title := trim(NEW.title);
    RETURN NEW;
END $$;


ALTER FUNCTION shop.trim_title() OWNER TO postgres;

--
-- Name: longest(text); Type: AGGREGATE; Schema: shop; Owner: sample_owner
--

CREATE AGGREGATE shop.longest(text) (
    SFUNC = shop.longer,
    STYPE = text,
    COMBINEFUNC = shop.longer,
    PARALLEL = safe
);


ALTER AGGREGATE shop.longest(text) OWNER TO sample_owner;

--
-- Name: AGGREGATE longest(text); Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON AGGREGATE shop.longest(text) IS 'the longest text';


--
-- Name: middle(double precision, double precision); Type: AGGREGATE; Schema: shop; Owner: postgres
--

CREATE AGGREGATE shop.middle(double precision ORDER BY double precision) (
    SFUNC = ordered_set_transition,
    STYPE = internal,
    FINALFUNC = percentile_cont_float8_final
);


ALTER AGGREGATE shop.middle(double precision ORDER BY double precision) OWNER TO postgres;

--
-- Name: total_of(numeric); Type: AGGREGATE; Schema: shop; Owner: postgres
--

CREATE AGGREGATE shop.total_of(numeric) (
    SFUNC = numeric_add,
    STYPE = numeric,
    INITCOND = '0',
    MSFUNC = numeric_add,
    MINVFUNC = numeric_sub,
    MSTYPE = numeric,
    MINITCOND = '0'
);


ALTER AGGREGATE shop.total_of(numeric) OWNER TO postgres;

--
-- Name: sample_heap; Type: ACCESS METHOD; Schema: -; Owner: -
--

CREATE ACCESS METHOD sample_heap TYPE TABLE HANDLER heap_tableam_handler;


--
-- Name: ACCESS METHOD sample_heap; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON ACCESS METHOD sample_heap IS 'the heap by another name';


--
-- Name: !#; Type: OPERATOR; Schema: shop; Owner: sample_owner
--

CREATE OPERATOR shop.!# (
    FUNCTION = upper,
    RIGHTARG = text
);


ALTER OPERATOR shop.!# (NONE, text) OWNER TO sample_owner;

--
-- Name: <; Type: OPERATOR; Schema: shop; Owner: postgres
--

CREATE OPERATOR shop.< (
    FUNCTION = shop.shelfmark_lt,
    LEFTARG = shop.shelfmark,
    RIGHTARG = shop.shelfmark,
    COMMUTATOR = OPERATOR(shop.>),
    NEGATOR = OPERATOR(shop.>=),
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);


ALTER OPERATOR shop.< (shop.shelfmark, shop.shelfmark) OWNER TO postgres;

--
-- Name: OPERATOR < (shop.shelfmark, shop.shelfmark); Type: COMMENT; Schema: shop; Owner: postgres
--

COMMENT ON OPERATOR shop.< (shop.shelfmark, shop.shelfmark) IS 'further left on the shelf';


--
-- Name: <=; Type: OPERATOR; Schema: shop; Owner: postgres
--

CREATE OPERATOR shop.<= (
    FUNCTION = shop.shelfmark_le,
    LEFTARG = shop.shelfmark,
    RIGHTARG = shop.shelfmark,
    COMMUTATOR = OPERATOR(shop.>=),
    NEGATOR = OPERATOR(shop.>)
);


ALTER OPERATOR shop.<= (shop.shelfmark, shop.shelfmark) OWNER TO postgres;

--
-- Name: =; Type: OPERATOR; Schema: shop; Owner: postgres
--

CREATE OPERATOR shop.= (
    FUNCTION = shop.shelfmark_eq,
    LEFTARG = shop.shelfmark,
    RIGHTARG = shop.shelfmark,
    COMMUTATOR = OPERATOR(shop.=),
    MERGES,
    RESTRICT = eqsel,
    JOIN = eqjoinsel
);


ALTER OPERATOR shop.= (shop.shelfmark, shop.shelfmark) OWNER TO postgres;

--
-- Name: >; Type: OPERATOR; Schema: shop; Owner: postgres
--

CREATE OPERATOR shop.> (
    FUNCTION = shop.shelfmark_gt,
    LEFTARG = shop.shelfmark,
    RIGHTARG = shop.shelfmark,
    COMMUTATOR = OPERATOR(shop.<),
    NEGATOR = OPERATOR(shop.<=),
    RESTRICT = scalargtsel,
    JOIN = scalargtjoinsel
);


ALTER OPERATOR shop.> (shop.shelfmark, shop.shelfmark) OWNER TO postgres;

--
-- Name: >=; Type: OPERATOR; Schema: shop; Owner: postgres
--

CREATE OPERATOR shop.>= (
    FUNCTION = shop.shelfmark_ge,
    LEFTARG = shop.shelfmark,
    RIGHTARG = shop.shelfmark,
    COMMUTATOR = OPERATOR(shop.<=),
    NEGATOR = OPERATOR(shop.<)
);


ALTER OPERATOR shop.>= (shop.shelfmark, shop.shelfmark) OWNER TO postgres;

--
-- Name: shelfmark_ops; Type: OPERATOR FAMILY; Schema: shop; Owner: postgres
--

CREATE OPERATOR FAMILY shop.shelfmark_ops USING btree;


ALTER OPERATOR FAMILY shop.shelfmark_ops USING btree OWNER TO postgres;

--
-- Name: OPERATOR FAMILY shelfmark_ops USING btree; Type: COMMENT; Schema: shop; Owner: postgres
--

COMMENT ON OPERATOR FAMILY shop.shelfmark_ops USING btree IS 'the order on the shelf';


--
-- Name: shelfmark_ops; Type: OPERATOR CLASS; Schema: shop; Owner: sample_owner
--

CREATE OPERATOR CLASS shop.shelfmark_ops
    DEFAULT FOR TYPE shop.shelfmark USING btree FAMILY shop.shelfmark_ops AS
    OPERATOR 1 shop.<(shop.shelfmark,shop.shelfmark) ,
    OPERATOR 2 shop.<=(shop.shelfmark,shop.shelfmark) ,
    OPERATOR 3 shop.=(shop.shelfmark,shop.shelfmark) ,
    OPERATOR 4 shop.>=(shop.shelfmark,shop.shelfmark) ,
    OPERATOR 5 shop.>(shop.shelfmark,shop.shelfmark) ,
    FUNCTION 1 (shop.shelfmark, shop.shelfmark) shop.shelfmark_cmp(shop.shelfmark,shop.shelfmark);


ALTER OPERATOR CLASS shop.shelfmark_ops USING btree OWNER TO sample_owner;

--
-- Name: old_tills; Type: CONVERSION; Schema: shop; Owner: postgres
--

CREATE CONVERSION shop.old_tills FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;


ALTER CONVERSION shop.old_tills OWNER TO postgres;

--
-- Name: CONVERSION old_tills; Type: COMMENT; Schema: shop; Owner: postgres
--

COMMENT ON CONVERSION shop.old_tills IS 'the tills of 1998';


--
-- Name: title_parser; Type: TEXT SEARCH PARSER; Schema: shop; Owner: -
--

CREATE TEXT SEARCH PARSER shop.title_parser (
    START = prsd_start,
    GETTOKEN = prsd_nexttoken,
    END = prsd_end,
    HEADLINE = prsd_headline,
    LEXTYPES = prsd_lextype );


--
-- Name: title_template; Type: TEXT SEARCH TEMPLATE; Schema: shop; Owner: -
--

CREATE TEXT SEARCH TEMPLATE shop.title_template (
    INIT = dsimple_init,
    LEXIZE = dsimple_lexize );


--
-- Name: title_stems; Type: TEXT SEARCH DICTIONARY; Schema: shop; Owner: postgres
--

CREATE TEXT SEARCH DICTIONARY shop.title_stems (
    TEMPLATE = pg_catalog.snowball,
    language = 'german' );


ALTER TEXT SEARCH DICTIONARY shop.title_stems OWNER TO postgres;

--
-- Name: title_words; Type: TEXT SEARCH DICTIONARY; Schema: shop; Owner: sample_owner
--

CREATE TEXT SEARCH DICTIONARY shop.title_words (
    TEMPLATE = shop.title_template,
    stopwords = 'english', accept = 'false' );


ALTER TEXT SEARCH DICTIONARY shop.title_words OWNER TO sample_owner;

--
-- Name: TEXT SEARCH DICTIONARY title_words; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON TEXT SEARCH DICTIONARY shop.title_words IS 'Words that count';


--
-- Name: titles; Type: TEXT SEARCH CONFIGURATION; Schema: shop; Owner: sample_owner
--

CREATE TEXT SEARCH CONFIGURATION shop.titles (
    PARSER = shop.title_parser );

ALTER TEXT SEARCH CONFIGURATION shop.titles
    ADD MAPPING FOR asciiword WITH extensions.unaccent, shop.title_words, shop.title_stems;

ALTER TEXT SEARCH CONFIGURATION shop.titles
    ADD MAPPING FOR word WITH extensions.unaccent, shop.title_words, shop.title_stems;

ALTER TEXT SEARCH CONFIGURATION shop.titles
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION shop.titles
    ADD MAPPING FOR uint WITH simple;


ALTER TEXT SEARCH CONFIGURATION shop.titles OWNER TO sample_owner;

--
-- Name: TEXT SEARCH CONFIGURATION titles; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON TEXT SEARCH CONFIGURATION shop.titles IS 'How titles are searched';


--
-- Name: sample_wrapper; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: postgres
--

CREATE FOREIGN DATA WRAPPER sample_wrapper OPTIONS (
    debug 'true'
);


ALTER FOREIGN DATA WRAPPER sample_wrapper OWNER TO postgres;

--
-- Name: FOREIGN DATA WRAPPER sample_wrapper; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON FOREIGN DATA WRAPPER sample_wrapper IS 'wraps nothing';


--
-- Name: warehouse; Type: SERVER; Schema: -; Owner: sample_owner
--

CREATE SERVER warehouse TYPE 'postgres' VERSION '18' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (
    dbname 'stock',
    host 'warehouse.example',
    port '5432'
);


ALTER SERVER warehouse OWNER TO sample_owner;

--
-- Name: SERVER warehouse; Type: COMMENT; Schema: -; Owner: sample_owner
--

COMMENT ON SERVER warehouse IS 'where the books come from';


--
-- Name: USER MAPPING public SERVER warehouse; Type: USER MAPPING; Schema: -; Owner: sample_owner
--

CREATE USER MAPPING FOR public SERVER warehouse OPTIONS (
    "user" 'it''s anyone'
);


--
-- Name: USER MAPPING sample_clerk SERVER warehouse; Type: USER MAPPING; Schema: -; Owner: sample_owner
--

CREATE USER MAPPING FOR sample_clerk SERVER warehouse OPTIONS (
    "user" 'clerk'
);


--
-- Name: It's a sequence; Type: SEQUENCE; Schema: odd "names" & more; Owner: postgres
--

CREATE SEQUENCE "odd ""names"" & more"."It's a sequence"
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE "odd ""names"" & more"."It's a sequence" OWNER TO postgres;

SET default_table_access_method = heap;

--
-- Name: table; Type: TABLE; Schema: odd "names" & more; Owner: postgres
--

CREATE TABLE "odd ""names"" & more"."table" (
    "order" integer,
    "Sp ace" text,
    "semi;colon" text,
    "dash--dash" text,
    "dollar$$" text
);


ALTER TABLE "odd ""names"" & more"."table" OWNER TO postgres;

--
-- Name: a \ back; Type: VIEW; Schema: odd "names" & more; Owner: postgres
--

CREATE VIEW "odd ""names"" & more"."a \ back" AS
 SELECT "Sp ace" AS "'single'",
    "order"
   FROM "odd ""names"" & more"."table";


ALTER VIEW "odd ""names"" & more"."a \ back" OWNER TO postgres;

--
-- Name: a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long; Type: TABLE; Schema: odd "names" & more; Owner: postgres
--

CREATE TABLE "odd ""names"" & more".a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long (
    a_column_whose_name_is_as_long_as_a_name_can_be_also_63_bytes_l integer CONSTRAINT a_name_as_long_as_a_name_ca_a_column_whose_name_is_as__not_null NOT NULL
);


ALTER TABLE "odd ""names"" & more".a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long OWNER TO postgres;

--
-- Name: a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq; Type: SEQUENCE; Schema: odd "names" & more; Owner: postgres
--

CREATE SEQUENCE "odd ""names"" & more".a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE "odd ""names"" & more".a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq OWNER TO postgres;

--
-- Name: a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq; Type: SEQUENCE OWNED BY; Schema: odd "names" & more; Owner: postgres
--

ALTER SEQUENCE "odd ""names"" & more".a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq OWNED BY "odd ""names"" & more".a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long.a_column_whose_name_is_as_long_as_a_name_can_be_also_63_bytes_l;


--
-- Name: two lines; Type: TABLE; Schema: odd "names" & more; Owner: sample Büro "7"
--

CREATE TABLE "odd ""names"" & more"."two
lines" (
    "col
-- umn" integer DEFAULT 1 NOT NULL,
    "select" text,
    "ÄÖÜ ß" text DEFAULT 'é''è'::text
);


ALTER TABLE "odd ""names"" & more"."two
lines" OWNER TO "sample Büro ""7""";

--
-- Name: TABLE "two lines"; Type: COMMENT; Schema: odd "names" & more; Owner: sample Büro "7"
--

COMMENT ON TABLE "odd ""names"" & more"."two
lines" IS 'two
lines; \restrict x
\unrestrict x';


--
-- Name: 日本語 🐘; Type: TABLE; Schema: odd "names" & more; Owner: postgres
--

CREATE TABLE "odd ""names"" & more"."日本語 🐘" (
    "列" integer
);


ALTER TABLE "odd ""names"" & more"."日本語 🐘" OWNER TO postgres;

--
-- Name: order_lines; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.order_lines (
    order_id bigint NOT NULL,
    placed_on date NOT NULL,
    channel shop.channel NOT NULL,
    line smallint NOT NULL,
    product_id integer NOT NULL,
    amount smallint DEFAULT 1 NOT NULL,
    price shop.price,
    CONSTRAINT order_lines_amount_check CHECK ((amount > 0))
)
PARTITION BY HASH (order_id);


ALTER TABLE shop.order_lines OWNER TO sample_owner;

--
-- Name: monthly; Type: MATERIALIZED VIEW; Schema: report; Owner: sample_manager
--

CREATE MATERIALIZED VIEW report.monthly AS
 SELECT (date_trunc('month'::text, (placed_on)::timestamp with time zone))::date AS month,
    count(DISTINCT order_id) AS orders
   FROM shop.order_lines
  GROUP BY ((date_trunc('month'::text, (placed_on)::timestamp with time zone))::date)
  ORDER BY ((date_trunc('month'::text, (placed_on)::timestamp with time zone))::date)
  WITH NO DATA;


ALTER MATERIALIZED VIEW report.monthly OWNER TO sample_manager;

--
-- Name: MATERIALIZED VIEW monthly; Type: COMMENT; Schema: report; Owner: sample_manager
--

COMMENT ON MATERIALIZED VIEW report.monthly IS 'refresh at night';


--
-- Name: COLUMN monthly.month; Type: COMMENT; Schema: report; Owner: sample_manager
--

COMMENT ON COLUMN report.monthly.month IS 'its first day';


--
-- Name: product_sales; Type: VIEW; Schema: shop; Owner: sample_owner
--

CREATE VIEW shop.product_sales AS
SELECT
    NULL::integer AS product_id,
    NULL::text AS title,
    NULL::shop.price AS price,
    NULL::bigint AS sold;


ALTER VIEW shop.product_sales OWNER TO sample_owner;

--
-- Name: VIEW product_sales; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON VIEW shop.product_sales IS 'groups by the primary key alone';


--
-- Name: COLUMN product_sales.sold; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON COLUMN shop.product_sales.sold IS 'lines, not pieces';


--
-- Name: best_sellers; Type: VIEW; Schema: shop; Owner: sample_owner
--

CREATE VIEW shop.best_sellers AS
 SELECT title,
    sold
   FROM shop.product_sales
  WHERE (sold > 5);


ALTER VIEW shop.best_sellers OWNER TO sample_owner;

--
-- Name: not_yet; Type: MATERIALIZED VIEW; Schema: report; Owner: postgres
--

CREATE MATERIALIZED VIEW report.not_yet AS
 SELECT title,
    sold
   FROM shop.best_sellers
  WITH NO DATA;


ALTER MATERIALIZED VIEW report.not_yet OWNER TO postgres;

SET default_table_access_method = sample_heap;

--
-- Name: other_heap; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.other_heap (
    n integer NOT NULL,
    t text
);


ALTER TABLE shop.other_heap OWNER TO sample_owner;

--
-- Name: other_heap; Type: MATERIALIZED VIEW; Schema: report; Owner: postgres
--

CREATE MATERIALIZED VIEW report.other_heap AS
 SELECT n
   FROM shop.other_heap
  ORDER BY n
  WITH NO DATA;


ALTER MATERIALIZED VIEW report.other_heap OWNER TO postgres;

SET default_table_access_method = heap;

--
-- Name: yearly; Type: MATERIALIZED VIEW; Schema: report; Owner: sample_manager
--

CREATE MATERIALIZED VIEW report.yearly
WITH (fillfactor='50') AS
 SELECT (EXTRACT(year FROM month))::integer AS year,
    sum(orders) AS orders
   FROM report.monthly
  GROUP BY ((EXTRACT(year FROM month))::integer)
  ORDER BY ((EXTRACT(year FROM month))::integer)
  WITH NO DATA;


ALTER MATERIALIZED VIEW report.yearly OWNER TO sample_manager;

--
-- Name: addresses; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.addresses OF shop.address (
    street NOT NULL COLLATE pg_catalog."C",
    town DEFAULT 'Zürich'::text,
    postcode NOT NULL
);


ALTER TABLE shop.addresses OWNER TO sample_owner;

--
-- Name: baskets; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE UNLOGGED TABLE shop.baskets (
    basket_id uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    content xml
);


ALTER TABLE shop.baskets OWNER TO sample_owner;

--
-- Name: staff; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.staff (
    staff_id integer NOT NULL,
    shop_id integer,
    boss_id integer,
    email extensions.citext,
    name text NOT NULL,
    salary numeric(9,2) DEFAULT 2400.00,
    photo bytea,
    CONSTRAINT paid CHECK ((salary > (0)::numeric)) NO INHERIT
)
WITH (fillfactor='80', autovacuum_enabled='false', toast.autovacuum_enabled='false');
ALTER TABLE ONLY shop.staff ALTER COLUMN name SET STATISTICS 250;
ALTER TABLE ONLY shop.staff ALTER COLUMN name SET (n_distinct=-0.5);
ALTER TABLE ONLY shop.staff ALTER COLUMN photo SET STORAGE EXTERNAL;

ALTER TABLE ONLY shop.staff REPLICA IDENTITY FULL;


ALTER TABLE shop.staff OWNER TO sample_owner;

--
-- Name: COLUMN staff.email; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON COLUMN shop.staff.email IS 'in any case';


--
-- Name: CONSTRAINT paid ON staff; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON CONSTRAINT paid ON shop.staff IS 'Nobody works for free';


--
-- Name: chain_of_command; Type: VIEW; Schema: shop; Owner: sample_owner
--

CREATE VIEW shop.chain_of_command AS
 WITH RECURSIVE chain_of_command(staff_id, depth) AS (
         SELECT staff.staff_id,
            0 AS "?column?"
           FROM shop.staff
          WHERE (staff.boss_id IS NULL)
        UNION ALL
         SELECT s.staff_id,
            (c.depth + 1)
           FROM (shop.staff s
             JOIN chain_of_command c ON (((s.boss_id = c.staff_id) AND (s.staff_id <> c.staff_id))))
        )
 SELECT staff_id,
    depth
   FROM chain_of_command;


ALTER VIEW shop.chain_of_command OWNER TO sample_owner;

--
-- Name: products; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.products (
    product_id integer NOT NULL,
    isbn shop.isbn,
    title text NOT NULL,
    authors text[] DEFAULT '{}'::text[] NOT NULL,
    price shop.price,
    vat numeric(4,3) DEFAULT 0.07,
    gross numeric(12,2) GENERATED ALWAYS AS (round(((price)::numeric * ((1)::numeric + 0.07)), 2)) STORED,
    shelf shop.shelfmark,
    weight_g smallint,
    details jsonb DEFAULT '{}'::jsonb,
    blurb text COLLATE pg_catalog."C",
    weight_kg numeric GENERATED ALWAYS AS (((weight_g)::numeric / 1000.0)),
    CONSTRAINT sane_weight CHECK (((weight_g > 0) AND (weight_g < 20000)))
);
ALTER TABLE ONLY shop.products ALTER COLUMN blurb SET COMPRESSION pglz;


ALTER TABLE shop.products OWNER TO sample_owner;

--
-- Name: cheap_products; Type: VIEW; Schema: shop; Owner: sample_owner
--

CREATE VIEW shop.cheap_products AS
 SELECT product_id,
    title,
    price
   FROM shop.products
  WHERE ((price)::numeric < (20)::numeric)
  WITH LOCAL CHECK OPTION;


ALTER VIEW shop.cheap_products OWNER TO sample_owner;

--
-- Name: clicks; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.clicks (
    kind shop.channel,
    n integer,
    page text
)
PARTITION BY HASH (kind);


ALTER TABLE shop.clicks OWNER TO sample_owner;

--
-- Name: clicks_0; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.clicks_0 (
    kind shop.channel,
    n integer,
    page text
);


ALTER TABLE shop.clicks_0 OWNER TO sample_owner;

--
-- Name: clicks_1; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.clicks_1 (
    kind shop.channel,
    n integer,
    page text
);


ALTER TABLE shop.clicks_1 OWNER TO sample_owner;

--
-- Name: countdown; Type: SEQUENCE; Schema: shop; Owner: sample_owner
--

CREATE SEQUENCE shop.countdown
    AS smallint
    START WITH -1
    INCREMENT BY -1
    MINVALUE -100
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE shop.countdown OWNER TO sample_owner;

--
-- Name: media; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.media (
    media_id integer NOT NULL,
    label text NOT NULL,
    made date,
    CONSTRAINT labelled CHECK ((label <> '-'::text))
);


ALTER TABLE shop.media OWNER TO sample_owner;

--
-- Name: films; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.films (
    minutes integer
)
INHERITS (shop.media);


ALTER TABLE shop.films OWNER TO sample_owner;

--
-- Name: games; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.games (
    label text DEFAULT 'a game'::text,
    players int4range
)
INHERITS (shop.media);


ALTER TABLE shop.games OWNER TO sample_owner;

--
-- Name: film_games; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.film_games (
    rating real
)
INHERITS (shop.films, shop.games);


ALTER TABLE shop.film_games OWNER TO sample_owner;

--
-- Name: leases; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.leases (
    shop_id integer NOT NULL,
    valid daterange NOT NULL,
    landlord text
);


ALTER TABLE shop.leases OWNER TO sample_owner;

--
-- Name: many_types; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.many_types (
    id integer NOT NULL,
    b boolean,
    c character(5),
    v character varying(20),
    t text,
    n numeric,
    r real,
    d double precision,
    bin bytea,
    ts timestamp with time zone,
    iv interval,
    bits bit varying(8),
    net inet,
    mac macaddr,
    p point,
    js json,
    a integer[],
    txt2 text[],
    rng numrange,
    tsv tsvector,
    mon money,
    lsn pg_lsn
);


ALTER TABLE shop.many_types OWNER TO sample_owner;

--
-- Name: nothing_at_all; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.nothing_at_all (
);


ALTER TABLE shop.nothing_at_all OWNER TO sample_owner;

--
-- Name: order_lines_0; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.order_lines_0 (
    order_id bigint CONSTRAINT order_lines_order_id_not_null NOT NULL,
    placed_on date CONSTRAINT order_lines_placed_on_not_null NOT NULL,
    channel shop.channel CONSTRAINT order_lines_channel_not_null NOT NULL,
    line smallint CONSTRAINT order_lines_line_not_null NOT NULL,
    product_id integer CONSTRAINT order_lines_product_id_not_null NOT NULL,
    amount smallint DEFAULT 1 CONSTRAINT order_lines_amount_not_null NOT NULL,
    price shop.price,
    CONSTRAINT order_lines_amount_check CHECK ((amount > 0))
);


ALTER TABLE shop.order_lines_0 OWNER TO sample_owner;

--
-- Name: order_lines_1; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.order_lines_1 (
    order_id bigint CONSTRAINT order_lines_order_id_not_null NOT NULL,
    placed_on date CONSTRAINT order_lines_placed_on_not_null NOT NULL,
    channel shop.channel CONSTRAINT order_lines_channel_not_null NOT NULL,
    line smallint CONSTRAINT order_lines_line_not_null NOT NULL,
    product_id integer CONSTRAINT order_lines_product_id_not_null NOT NULL,
    amount smallint DEFAULT 1 CONSTRAINT order_lines_amount_not_null NOT NULL,
    price shop.price,
    CONSTRAINT order_lines_amount_check CHECK ((amount > 0))
);


ALTER TABLE shop.order_lines_1 OWNER TO sample_owner;

--
-- Name: order_totals; Type: VIEW; Schema: shop; Owner: sample_owner
--

CREATE VIEW shop.order_totals WITH (security_barrier='true') AS
 SELECT o.order_id,
    o.placed_on,
    sum(((l.amount)::numeric * (l.price)::numeric)) AS total
   FROM (shop.orders o
     JOIN shop.order_lines l USING (order_id, placed_on, channel))
  GROUP BY o.order_id, o.placed_on;


ALTER VIEW shop.order_totals OWNER TO sample_owner;

--
-- Name: orders_2025_01; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.orders_2025_01 (
    order_id bigint CONSTRAINT orders_order_id_not_null NOT NULL,
    placed_on date CONSTRAINT orders_placed_on_not_null NOT NULL,
    channel shop.channel DEFAULT 'web'::shop.channel CONSTRAINT orders_channel_not_null NOT NULL,
    shop_id integer,
    customer extensions.citext,
    status shop.order_status DEFAULT 'new'::shop.order_status,
    remark text
);


ALTER TABLE shop.orders_2025_01 OWNER TO sample_owner;

--
-- Name: orders_2025_02; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.orders_2025_02 (
    order_id bigint CONSTRAINT orders_order_id_not_null NOT NULL,
    placed_on date CONSTRAINT orders_placed_on_not_null NOT NULL,
    channel shop.channel DEFAULT 'web'::shop.channel CONSTRAINT orders_channel_not_null NOT NULL,
    shop_id integer,
    customer extensions.citext,
    status shop.order_status DEFAULT 'new'::shop.order_status,
    remark text
)
PARTITION BY LIST (channel);


ALTER TABLE shop.orders_2025_02 OWNER TO sample_owner;

--
-- Name: orders_2025_02_counter; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.orders_2025_02_counter (
    order_id bigint CONSTRAINT orders_order_id_not_null NOT NULL,
    placed_on date CONSTRAINT orders_placed_on_not_null NOT NULL,
    channel shop.channel DEFAULT 'web'::shop.channel CONSTRAINT orders_channel_not_null NOT NULL,
    shop_id integer,
    customer extensions.citext,
    status shop.order_status DEFAULT 'new'::shop.order_status,
    remark text DEFAULT 'paid in cash'::text
);


ALTER TABLE shop.orders_2025_02_counter OWNER TO sample_owner;

--
-- Name: orders_2025_02_other; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.orders_2025_02_other (
    order_id bigint CONSTRAINT orders_order_id_not_null NOT NULL,
    placed_on date CONSTRAINT orders_placed_on_not_null NOT NULL,
    channel shop.channel DEFAULT 'web'::shop.channel CONSTRAINT orders_channel_not_null NOT NULL,
    shop_id integer,
    customer extensions.citext,
    status shop.order_status DEFAULT 'new'::shop.order_status,
    remark text
)
WITH (fillfactor='90');


ALTER TABLE shop.orders_2025_02_other OWNER TO sample_owner;

--
-- Name: orders_2025_03; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.orders_2025_03 (
    status shop.order_status DEFAULT NULL,
    remark text DEFAULT 'march'::text,
    order_id bigint NOT NULL,
    channel shop.channel DEFAULT NULL NOT NULL,
    placed_on date NOT NULL,
    shop_id integer,
    customer extensions.citext
);


ALTER TABLE shop.orders_2025_03 OWNER TO sample_owner;

--
-- Name: orders_rest; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.orders_rest (
    order_id bigint CONSTRAINT orders_order_id_not_null NOT NULL,
    placed_on date CONSTRAINT orders_placed_on_not_null NOT NULL,
    channel shop.channel DEFAULT 'web'::shop.channel CONSTRAINT orders_channel_not_null NOT NULL,
    shop_id integer,
    customer extensions.citext,
    status shop.order_status DEFAULT 'new'::shop.order_status,
    remark text
);


ALTER TABLE shop.orders_rest OWNER TO sample_owner;

--
-- Name: TABLE orders_rest; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON TABLE shop.orders_rest IS 'catches what no month wants';


--
-- Name: own_rights; Type: VIEW; Schema: shop; Owner: sample_owner
--

CREATE VIEW shop.own_rights WITH (security_invoker='true') AS
 SELECT name
   FROM shop.staff;


ALTER VIEW shop.own_rights OWNER TO sample_owner;

--
-- Name: products_product_id_seq; Type: SEQUENCE; Schema: shop; Owner: sample_owner
--

ALTER TABLE shop.products ALTER COLUMN product_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME shop.products_product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: receipt_no; Type: SEQUENCE; Schema: shop; Owner: sample_owner
--

CREATE SEQUENCE shop.receipt_no
    START WITH 1000
    INCREMENT BY 10
    MINVALUE 10
    MAXVALUE 999990
    CACHE 5
    CYCLE;


ALTER SEQUENCE shop.receipt_no OWNER TO sample_owner;

--
-- Name: SEQUENCE receipt_no; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON SEQUENCE shop.receipt_no IS 'Printed on receipts';


--
-- Name: refunds; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.refunds (
    order_id bigint,
    line smallint,
    refunded_at timestamp(0) without time zone DEFAULT '2025-04-01 12:00:00'::timestamp without time zone,
    reason text
);

ALTER TABLE ONLY shop.refunds REPLICA IDENTITY NOTHING;


ALTER TABLE shop.refunds OWNER TO sample_owner;

--
-- Name: rooms; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.rooms (
    room integer,
    during tsrange,
    who text
);


ALTER TABLE shop.rooms OWNER TO sample_owner;

--
-- Name: shops; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.shops (
    shop_id integer NOT NULL,
    name text NOT NULL,
    place shop.address,
    open_hours shop.opening,
    manager_id integer,
    founded date DEFAULT '1999-12-31'::date,
    opened_at timestamp with time zone,
    tags extensions.hstore
);


ALTER TABLE shop.shops OWNER TO sample_owner;

--
-- Name: TABLE shops; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON TABLE shop.shops IS 'One row a shop';


--
-- Name: COLUMN shops.tags; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON COLUMN shop.shops.tags IS 'anything else
-- "quoted", with \ and a tab	here';


--
-- Name: shops_shop_id_seq; Type: SEQUENCE; Schema: shop; Owner: sample_owner
--

ALTER TABLE shop.shops ALTER COLUMN shop_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME shop.shops_shop_id_seq
    START WITH 10
    INCREMENT BY 10
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: staff_staff_id_seq; Type: SEQUENCE; Schema: shop; Owner: sample_owner
--

CREATE SEQUENCE shop.staff_staff_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE shop.staff_staff_id_seq OWNER TO sample_owner;

--
-- Name: staff_staff_id_seq; Type: SEQUENCE OWNED BY; Schema: shop; Owner: sample_owner
--

ALTER SEQUENCE shop.staff_staff_id_seq OWNED BY shop.staff.staff_id;


--
-- Name: sublets; Type: TABLE; Schema: shop; Owner: sample_owner
--

CREATE TABLE shop.sublets (
    shop_id integer,
    valid daterange,
    to_whom text
);


ALTER TABLE shop.sublets OWNER TO sample_owner;

--
-- Name: visits; Type: SEQUENCE; Schema: shop; Owner: sample_owner
--

CREATE UNLOGGED SEQUENCE shop.visits
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE shop.visits OWNER TO sample_owner;

--
-- Name: warehouse_stock; Type: FOREIGN TABLE; Schema: shop; Owner: sample_owner
--

CREATE FOREIGN TABLE shop.warehouse_stock (
    isbn shop.isbn,
    pieces integer DEFAULT 0 NOT NULL,
    CONSTRAINT not_fewer_than_none CHECK ((pieces >= 0))
)
SERVER warehouse
OPTIONS (
    schema_name 'stock',
    table_name 'pieces'
);
ALTER FOREIGN TABLE ONLY shop.warehouse_stock ALTER COLUMN isbn OPTIONS (
    column_name 'book no'
);
ALTER FOREIGN TABLE ONLY shop.warehouse_stock ALTER COLUMN pieces SET STATISTICS 0;


ALTER FOREIGN TABLE shop.warehouse_stock OWNER TO sample_owner;

--
-- Name: FOREIGN TABLE warehouse_stock; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON FOREIGN TABLE shop.warehouse_stock IS 'far away';


--
-- Name: COLUMN warehouse_stock.pieces; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON COLUMN shop.warehouse_stock.pieces IS 'may be late';


--
-- Name: clicks_0; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.clicks ATTACH PARTITION shop.clicks_0 FOR VALUES WITH (modulus 2, remainder 0);


--
-- Name: clicks_1; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.clicks ATTACH PARTITION shop.clicks_1 FOR VALUES WITH (modulus 2, remainder 1);


--
-- Name: order_lines_0; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.order_lines ATTACH PARTITION shop.order_lines_0 FOR VALUES WITH (modulus 2, remainder 0);


--
-- Name: order_lines_1; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.order_lines ATTACH PARTITION shop.order_lines_1 FOR VALUES WITH (modulus 2, remainder 1);


--
-- Name: orders_2025_01; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders ATTACH PARTITION shop.orders_2025_01 FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');


--
-- Name: orders_2025_02; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders ATTACH PARTITION shop.orders_2025_02 FOR VALUES FROM ('2025-02-01') TO ('2025-03-01');


--
-- Name: orders_2025_02_counter; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders_2025_02 ATTACH PARTITION shop.orders_2025_02_counter FOR VALUES IN ('counter');


--
-- Name: orders_2025_02_other; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders_2025_02 ATTACH PARTITION shop.orders_2025_02_other DEFAULT;


--
-- Name: orders_2025_03; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders ATTACH PARTITION shop.orders_2025_03 FOR VALUES FROM ('2025-03-01') TO ('2025-04-01');


--
-- Name: orders_rest; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders ATTACH PARTITION shop.orders_rest DEFAULT;


--
-- Name: a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long a_column_whose_name_is_as_long_as_a_name_can_be_also_63_bytes_l; Type: DEFAULT; Schema: odd "names" & more; Owner: postgres
--

ALTER TABLE ONLY "odd ""names"" & more".a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long ALTER COLUMN a_column_whose_name_is_as_long_as_a_name_can_be_also_63_bytes_l SET DEFAULT nextval('"odd ""names"" & more".a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq'::regclass);


--
-- Name: cheap_products price; Type: DEFAULT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.cheap_products ALTER COLUMN price SET DEFAULT 9.99;


--
-- Name: film_games label; Type: DEFAULT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.film_games ALTER COLUMN label SET DEFAULT 'a game'::text;


--
-- Name: film_games made; Type: DEFAULT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.film_games ALTER COLUMN made SET DEFAULT '2000-01-01'::date;


--
-- Name: staff staff_id; Type: DEFAULT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.staff ALTER COLUMN staff_id SET DEFAULT nextval('shop.staff_staff_id_seq'::regclass);


--
-- Data for Name: a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long; Type: TABLE DATA; Schema: odd "names" & more; Owner: postgres
--

COPY "odd ""names"" & more".a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long (a_column_whose_name_is_as_long_as_a_name_can_be_also_63_bytes_l) FROM stdin;
\.


--
-- Data for Name: table; Type: TABLE DATA; Schema: odd "names" & more; Owner: postgres
--

COPY "odd ""names"" & more"."table" ("order", "Sp ace", "semi;colon", "dash--dash", "dollar$$") FROM stdin;
1	a	b	c	d
\.


--
-- Data for Name: two lines; Type: TABLE DATA; Schema: odd "names" & more; Owner: sample Büro "7"
--

COPY "odd ""names"" & more"."two
lines" ("col
-- umn", "select", "ÄÖÜ ß") FROM stdin;
1	one	ä
2	\\restrict	\N
\.


--
-- Data for Name: 日本語 🐘; Type: TABLE DATA; Schema: odd "names" & more; Owner: postgres
--

COPY "odd ""names"" & more"."日本語 🐘" ("列") FROM stdin;
1
2
3
4
\.


--
-- Data for Name: addresses; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.addresses (street, town, postcode, lines) FROM stdin;
Main St 1	Zürich	AB1	{}
\.


--
-- Data for Name: baskets; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.baskets (basket_id, content) FROM stdin;
11111111-2222-3333-4444-555555555555	<basket><item n="1"/></basket>
\.


--
-- Data for Name: clicks_0; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

-- load via partition root shop.clicks

COPY shop.clicks (kind, n, page) FROM stdin;
web	1	/page/1
phone	2	/page/2
web	4	/page/4
phone	5	/page/5
web	7	/page/7
phone	8	/page/8
web	10	/page/10
phone	11	/page/11
web	13	/page/13
phone	14	/page/14
web	16	/page/16
phone	17	/page/17
web	19	/page/19
phone	20	/page/20
web	22	/page/22
phone	23	/page/23
web	25	/page/25
phone	26	/page/26
web	28	/page/28
phone	29	/page/29
\.


--
-- Data for Name: clicks_1; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

-- load via partition root shop.clicks

COPY shop.clicks (kind, n, page) FROM stdin;
counter	3	/page/3
counter	6	/page/6
counter	9	/page/9
counter	12	/page/12
counter	15	/page/15
counter	18	/page/18
counter	21	/page/21
counter	24	/page/24
counter	27	/page/27
counter	30	/page/30
\.


--
-- Data for Name: film_games; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.film_games (media_id, label, made, minutes, players, rating) FROM stdin;
5	both	2000-01-01	10	\N	4.5
\.


--
-- Data for Name: films; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.films (media_id, label, made, minutes) FROM stdin;
4	a film	\N	90
\.


--
-- Data for Name: games; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.games (media_id, label, made, players) FROM stdin;
2	a game	\N	[2,5)
3	a game	\N	empty
\.


--
-- Data for Name: leases; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.leases (shop_id, valid, landlord) FROM stdin;
10	[2020-01-01,2030-01-01)	the city
10	[2030-01-01,)	the bank
\.


--
-- Data for Name: many_types; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.many_types (id, b, c, v, t, n, r, d, bin, ts, iv, bits, net, mac, p, js, a, txt2, rng, tsv, mon, lsn) FROM stdin;
1	t	abc  	v	tab\there, newline\nthere, return\r, backslash \\, \\N and \\. and quotes ' "	12345678901234567890.123456789	1.5	-0.1	\\x00010203ff	2025-06-07 08:09:10.123456+00	1 year 2 mons -3 days +04:05:06.7	10101	192.0.2.1/24	08:00:2b:01:02:03	(1.5,-2)	{"a": [1, null, "\\u00e9"]}	{{1,2},{3,NULL}}	{"a,b","c\\"d","NULL",NULL,""}	(1.5,)	'fat':2 'rat':3A	$12.34	16/B374D848
2	f	     			NaN	Infinity	-Infinity	\\x	infinity	00:00:00		::1	\N	\N	null	{}	{}	empty		\N	0/0
3	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
4	\N	\N	\N	\\.	0	0	0	\N	0044-03-15 12:00:00+00 BC	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
5	\N	\N	\N	emoji 🐘, combining é, right-to-left שלום, \b\f\v	-1	1e-30	1e+300	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
\.


--
-- Data for Name: media; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.media (media_id, label, made) FROM stdin;
1	a map	2001-02-03
\.


--
-- Data for Name: nothing_at_all; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.nothing_at_all  FROM stdin;



\.


--
-- Data for Name: order_lines_0; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.order_lines_0 (order_id, placed_on, channel, line, product_id, amount, price) FROM stdin;
1	2025-01-26	web	1	21	3	1.50
1	2025-01-26	web	2	34	1	2.50
2	2025-03-04	phone	1	28	1	2.50
2	2025-03-04	phone	2	41	2	4.50
12	2025-03-29	counter	1	8	2	12.50
12	2025-03-29	counter	2	21	3	24.50
13	2025-01-10	web	1	15	3	13.50
13	2025-01-10	web	2	28	1	26.50
14	2025-02-16	phone	1	22	1	14.50
14	2025-02-16	phone	2	35	2	28.50
16	2025-01-06	web	1	36	3	16.50
16	2025-01-06	web	2	49	1	32.50
17	2025-02-12	phone	1	43	1	17.50
17	2025-02-12	phone	2	56	2	34.50
18	2025-03-21	counter	1	50	2	18.50
18	2025-03-21	counter	2	63	3	36.50
23	2025-02-04	phone	1	85	1	23.50
23	2025-02-04	phone	2	8	2	46.50
25	2024-12-25	web	1	9	3	25.50
25	2024-12-25	web	2	22	1	0.50
26	2025-01-31	phone	1	16	1	26.50
26	2025-01-31	phone	2	29	2	2.50
27	2025-03-09	counter	1	23	2	27.50
27	2025-03-09	counter	2	36	3	4.50
28	2024-12-21	web	1	30	3	28.50
28	2024-12-21	web	2	43	1	6.50
30	2025-03-05	counter	1	44	2	30.50
30	2025-03-05	counter	2	57	3	10.50
32	2025-01-23	phone	1	58	1	32.50
32	2025-01-23	phone	2	71	2	14.50
34	2025-04-07	web	1	72	3	34.50
34	2025-04-07	web	2	85	1	18.50
39	2025-02-21	counter	1	17	2	39.50
39	2025-02-21	counter	2	30	3	28.50
42	2025-02-17	counter	1	38	2	42.50
42	2025-02-17	counter	2	51	3	34.50
43	2025-03-26	web	1	45	3	43.50
43	2025-03-26	web	2	58	1	36.50
44	2025-01-07	phone	1	52	1	44.50
44	2025-01-07	phone	2	65	2	38.50
45	2025-02-13	counter	1	59	2	45.50
45	2025-02-13	counter	2	72	3	40.50
47	2025-01-03	phone	1	73	1	47.50
47	2025-01-03	phone	2	86	2	44.50
48	2025-02-09	counter	1	80	2	48.50
48	2025-02-09	counter	2	3	3	46.50
49	2025-03-18	web	1	87	3	49.50
49	2025-03-18	web	2	10	1	48.50
50	2024-12-30	phone	1	4	1	0.50
50	2024-12-30	phone	2	17	2	0.50
51	2025-02-05	counter	1	11	2	1.50
51	2025-02-05	counter	2	24	3	2.50
52	2025-03-14	web	1	18	3	2.50
52	2025-03-14	web	2	31	1	4.50
53	2024-12-26	phone	1	25	1	3.50
53	2024-12-26	phone	2	38	2	6.50
54	2025-02-01	counter	1	32	2	4.50
54	2025-02-01	counter	2	45	3	8.50
59	2025-04-12	phone	1	67	1	9.50
59	2025-04-12	phone	2	80	2	18.50
60	2025-01-24	counter	1	74	2	10.50
60	2025-01-24	counter	2	87	3	20.50
62	2025-04-08	phone	1	88	1	12.50
62	2025-04-08	phone	2	11	2	24.50
63	2025-01-20	counter	1	5	2	13.50
63	2025-01-20	counter	2	18	3	26.50
64	2025-02-26	web	1	12	3	14.50
64	2025-02-26	web	2	25	1	28.50
66	2025-01-16	counter	1	26	2	16.50
66	2025-01-16	counter	2	39	3	32.50
67	2025-02-22	web	1	33	3	17.50
67	2025-02-22	web	2	46	1	34.50
71	2025-03-27	phone	1	61	1	21.50
71	2025-03-27	phone	2	74	2	42.50
74	2025-03-23	phone	1	82	1	24.50
74	2025-03-23	phone	2	5	2	48.50
75	2025-01-04	counter	1	89	2	25.50
75	2025-01-04	counter	2	12	3	0.50
77	2025-03-19	phone	1	13	1	27.50
77	2025-03-19	phone	2	26	2	4.50
79	2025-02-06	web	1	27	3	29.50
79	2025-02-06	web	2	40	1	8.50
80	2025-03-15	phone	1	34	1	30.50
80	2025-03-15	phone	2	47	2	10.50
81	2024-12-27	counter	1	41	2	31.50
81	2024-12-27	counter	2	54	3	12.50
83	2025-03-11	phone	1	55	1	33.50
83	2025-03-11	phone	2	68	2	16.50
84	2024-12-23	counter	1	62	2	34.50
84	2024-12-23	counter	2	75	3	18.50
85	2025-01-29	web	1	69	3	35.50
85	2025-01-29	web	2	82	1	20.50
87	2025-04-13	counter	1	83	2	37.50
87	2025-04-13	counter	2	6	3	24.50
88	2025-01-25	web	1	90	3	38.50
88	2025-01-25	web	2	13	1	26.50
91	2025-01-21	web	1	21	3	41.50
91	2025-01-21	web	2	34	1	32.50
93	2025-04-05	counter	1	35	2	43.50
93	2025-04-05	counter	2	48	3	36.50
94	2025-01-17	web	1	42	3	44.50
94	2025-01-17	web	2	55	1	38.50
99	2025-03-28	counter	1	77	2	49.50
99	2025-03-28	counter	2	90	3	48.50
101	2025-02-15	phone	1	1	1	1.50
101	2025-02-15	phone	2	14	2	2.50
102	2025-03-24	counter	1	8	2	2.50
102	2025-03-24	counter	2	21	3	4.50
104	2025-02-11	phone	1	22	1	4.50
104	2025-02-11	phone	2	35	2	8.50
107	2025-02-07	phone	1	43	1	7.50
107	2025-02-07	phone	2	56	2	14.50
108	2025-03-16	counter	1	50	2	8.50
108	2025-03-16	counter	2	63	3	16.50
112	2024-12-24	web	1	78	3	12.50
112	2024-12-24	web	2	1	1	24.50
113	2025-01-30	phone	1	85	1	13.50
113	2025-01-30	phone	2	8	2	26.50
114	2025-03-08	counter	1	2	2	14.50
114	2025-03-08	counter	2	15	3	28.50
115	2024-12-20	web	1	9	3	15.50
115	2024-12-20	web	2	22	1	30.50
117	2025-03-04	counter	1	23	2	17.50
117	2025-03-04	counter	2	36	3	34.50
119	2025-01-22	phone	1	37	1	19.50
119	2025-01-22	phone	2	50	2	38.50
123	2025-02-24	counter	1	65	2	23.50
123	2025-02-24	counter	2	78	3	46.50
125	2025-01-14	phone	1	79	1	25.50
125	2025-01-14	phone	2	2	2	0.50
126	2025-02-20	counter	1	86	2	26.50
126	2025-02-20	counter	2	9	3	2.50
128	2025-01-10	phone	1	10	1	28.50
128	2025-01-10	phone	2	23	2	6.50
129	2025-02-16	counter	1	17	2	29.50
129	2025-02-16	counter	2	30	3	8.50
131	2025-01-06	phone	1	31	1	31.50
131	2025-01-06	phone	2	44	2	12.50
133	2025-03-21	web	1	45	3	33.50
133	2025-03-21	web	2	58	1	16.50
134	2025-01-02	phone	1	52	1	34.50
134	2025-01-02	phone	2	65	2	18.50
135	2025-02-08	counter	1	59	2	35.50
135	2025-02-08	counter	2	72	3	20.50
136	2025-03-17	web	1	66	3	36.50
136	2025-03-17	web	2	79	1	22.50
138	2025-02-04	counter	1	80	2	38.50
138	2025-02-04	counter	2	3	3	26.50
139	2025-03-13	web	1	87	3	39.50
139	2025-03-13	web	2	10	1	28.50
140	2024-12-25	phone	1	4	1	40.50
140	2024-12-25	phone	2	17	2	30.50
141	2025-01-31	counter	1	11	2	41.50
141	2025-01-31	counter	2	24	3	32.50
142	2025-03-09	web	1	18	3	42.50
142	2025-03-09	web	2	31	1	34.50
143	2024-12-21	phone	1	25	1	43.50
143	2024-12-21	phone	2	38	2	36.50
144	2025-01-27	counter	1	32	2	44.50
144	2025-01-27	counter	2	45	3	38.50
146	2025-04-11	phone	1	46	1	46.50
146	2025-04-11	phone	2	59	2	42.50
149	2025-04-07	phone	1	67	1	49.50
149	2025-04-07	phone	2	80	2	48.50
150	2025-01-19	counter	1	74	2	0.50
150	2025-01-19	counter	2	87	3	0.50
151	2025-02-25	web	1	81	3	1.50
151	2025-02-25	web	2	4	1	2.50
152	2025-04-03	phone	1	88	1	2.50
152	2025-04-03	phone	2	11	2	4.50
153	2025-01-15	counter	1	5	2	3.50
153	2025-01-15	counter	2	18	3	6.50
155	2025-03-30	phone	1	19	1	5.50
155	2025-03-30	phone	2	32	2	10.50
156	2025-01-11	counter	1	26	2	6.50
156	2025-01-11	counter	2	39	3	12.50
157	2025-02-17	web	1	33	3	7.50
157	2025-02-17	web	2	46	1	14.50
158	2025-03-26	phone	1	40	1	8.50
158	2025-03-26	phone	2	53	2	16.50
160	2025-02-13	web	1	54	3	10.50
160	2025-02-13	web	2	67	1	20.50
165	2024-12-30	counter	1	89	2	15.50
165	2024-12-30	counter	2	12	3	30.50
166	2025-02-05	web	1	6	3	16.50
166	2025-02-05	web	2	19	1	32.50
167	2025-03-14	phone	1	13	1	17.50
167	2025-03-14	phone	2	26	2	34.50
168	2024-12-26	counter	1	20	2	18.50
168	2024-12-26	counter	2	33	3	36.50
170	2025-03-10	phone	1	34	1	20.50
170	2025-03-10	phone	2	47	2	40.50
171	2024-12-22	counter	1	41	2	21.50
171	2024-12-22	counter	2	54	3	42.50
172	2025-01-28	web	1	48	3	22.50
172	2025-01-28	web	2	61	1	44.50
174	2025-04-12	counter	1	62	2	24.50
174	2025-04-12	counter	2	75	3	48.50
176	2025-03-02	phone	1	76	1	26.50
176	2025-03-02	phone	2	89	2	2.50
178	2025-01-20	web	1	90	3	28.50
178	2025-01-20	web	2	13	1	6.50
179	2025-02-26	phone	1	7	1	29.50
179	2025-02-26	phone	2	20	2	8.50
180	2025-04-04	counter	1	14	2	30.50
180	2025-04-04	counter	2	27	3	10.50
183	2025-03-31	counter	1	35	2	33.50
183	2025-03-31	counter	2	48	3	16.50
185	2025-02-18	phone	1	49	1	35.50
185	2025-02-18	phone	2	62	2	20.50
186	2025-03-27	counter	1	56	2	36.50
186	2025-03-27	counter	2	69	3	22.50
187	2025-01-08	web	1	63	3	37.50
187	2025-01-08	web	2	76	1	24.50
188	2025-02-14	phone	1	70	1	38.50
188	2025-02-14	phone	2	83	2	26.50
189	2025-03-23	counter	1	77	2	39.50
189	2025-03-23	counter	2	90	3	28.50
192	2025-03-19	counter	1	8	2	42.50
192	2025-03-19	counter	2	21	3	34.50
194	2025-02-06	phone	1	22	1	44.50
194	2025-02-06	phone	2	35	2	38.50
197	2025-02-02	phone	1	43	1	47.50
197	2025-02-02	phone	2	56	2	44.50
198	2025-03-11	counter	1	50	2	48.50
198	2025-03-11	counter	2	63	3	46.50
201	2025-03-07	counter	1	71	2	1.50
201	2025-03-07	counter	2	84	3	2.50
202	2025-04-13	web	1	78	3	2.50
202	2025-04-13	web	2	1	1	4.50
203	2025-01-25	phone	1	85	1	3.50
203	2025-01-25	phone	2	8	2	6.50
204	2025-03-03	counter	1	2	2	4.50
204	2025-03-03	counter	2	15	3	8.50
205	2025-04-09	web	1	9	3	5.50
205	2025-04-09	web	2	22	1	10.50
206	2025-01-21	phone	1	16	1	6.50
206	2025-01-21	phone	2	29	2	12.50
207	2025-02-27	counter	1	23	2	7.50
207	2025-02-27	counter	2	36	3	14.50
208	2025-04-05	web	1	30	3	8.50
208	2025-04-05	web	2	43	1	16.50
209	2025-01-17	phone	1	37	1	9.50
209	2025-01-17	phone	2	50	2	18.50
210	2025-02-23	counter	1	44	2	10.50
210	2025-02-23	counter	2	57	3	20.50
212	2025-01-13	phone	1	58	1	12.50
212	2025-01-13	phone	2	71	2	24.50
213	2025-02-19	counter	1	65	2	13.50
213	2025-02-19	counter	2	78	3	26.50
214	2025-03-28	web	1	72	3	14.50
214	2025-03-28	web	2	85	1	28.50
215	2025-01-09	phone	1	79	1	15.50
215	2025-01-09	phone	2	2	2	30.50
216	2025-02-15	counter	1	86	2	16.50
216	2025-02-15	counter	2	9	3	32.50
219	2025-02-11	counter	1	17	2	19.50
219	2025-02-11	counter	2	30	3	38.50
222	2025-02-07	counter	1	38	2	22.50
222	2025-02-07	counter	2	51	3	44.50
223	2025-03-16	web	1	45	3	23.50
223	2025-03-16	web	2	58	1	46.50
225	2025-02-03	counter	1	59	2	25.50
225	2025-02-03	counter	2	72	3	0.50
226	2025-03-12	web	1	66	3	26.50
226	2025-03-12	web	2	79	1	2.50
227	2024-12-24	phone	1	73	1	27.50
227	2024-12-24	phone	2	86	2	4.50
229	2025-03-08	web	1	87	3	29.50
229	2025-03-08	web	2	10	1	8.50
230	2024-12-20	phone	1	4	1	30.50
230	2024-12-20	phone	2	17	2	10.50
232	2025-03-04	web	1	18	3	32.50
232	2025-03-04	web	2	31	1	14.50
236	2025-04-06	phone	1	46	1	36.50
236	2025-04-06	phone	2	59	2	22.50
238	2025-02-24	web	1	60	3	38.50
238	2025-02-24	web	2	73	1	26.50
239	2025-04-02	phone	1	67	1	39.50
239	2025-04-02	phone	2	80	2	28.50
240	2025-01-14	counter	1	74	2	40.50
240	2025-01-14	counter	2	87	3	30.50
242	2025-03-29	phone	1	88	1	42.50
242	2025-03-29	phone	2	11	2	34.50
247	2025-02-12	web	1	33	3	47.50
247	2025-02-12	web	2	46	1	44.50
248	2025-03-21	phone	1	40	1	48.50
248	2025-03-21	phone	2	53	2	46.50
251	2025-03-17	phone	1	61	1	1.50
251	2025-03-17	phone	2	74	2	2.50
252	2024-12-29	counter	1	68	2	2.50
252	2024-12-29	counter	2	81	3	4.50
255	2024-12-25	counter	1	89	2	5.50
255	2024-12-25	counter	2	12	3	10.50
256	2025-01-31	web	1	6	3	6.50
256	2025-01-31	web	2	19	1	12.50
\.


--
-- Data for Name: order_lines_1; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.order_lines_1 (order_id, placed_on, channel, line, product_id, amount, price) FROM stdin;
3	2025-04-10	counter	1	35	2	3.50
3	2025-04-10	counter	2	48	3	6.50
4	2025-01-22	web	1	42	3	4.50
4	2025-01-22	web	2	55	1	8.50
5	2025-02-28	phone	1	49	1	5.50
5	2025-02-28	phone	2	62	2	10.50
6	2025-04-06	counter	1	56	2	6.50
6	2025-04-06	counter	2	69	3	12.50
7	2025-01-18	web	1	63	3	7.50
7	2025-01-18	web	2	76	1	14.50
8	2025-02-24	phone	1	70	1	8.50
8	2025-02-24	phone	2	83	2	16.50
9	2025-04-02	counter	1	77	2	9.50
9	2025-04-02	counter	2	90	3	18.50
10	2025-01-14	web	1	84	3	10.50
10	2025-01-14	web	2	7	1	20.50
11	2025-02-20	phone	1	1	1	11.50
11	2025-02-20	phone	2	14	2	22.50
15	2025-03-25	counter	1	29	2	15.50
15	2025-03-25	counter	2	42	3	30.50
19	2025-01-02	web	1	57	3	19.50
19	2025-01-02	web	2	70	1	38.50
20	2025-02-08	phone	1	64	1	20.50
20	2025-02-08	phone	2	77	2	40.50
21	2025-03-17	counter	1	71	2	21.50
21	2025-03-17	counter	2	84	3	42.50
22	2024-12-29	web	1	78	3	22.50
22	2024-12-29	web	2	1	1	44.50
24	2025-03-13	counter	1	2	2	24.50
24	2025-03-13	counter	2	15	3	48.50
29	2025-01-27	phone	1	37	1	29.50
29	2025-01-27	phone	2	50	2	8.50
31	2025-04-11	web	1	51	3	31.50
31	2025-04-11	web	2	64	1	12.50
33	2025-03-01	counter	1	65	2	33.50
33	2025-03-01	counter	2	78	3	16.50
35	2025-01-19	phone	1	79	1	35.50
35	2025-01-19	phone	2	2	2	20.50
36	2025-02-25	counter	1	86	2	36.50
36	2025-02-25	counter	2	9	3	22.50
37	2025-04-03	web	1	3	3	37.50
37	2025-04-03	web	2	16	1	24.50
38	2025-01-15	phone	1	10	1	38.50
38	2025-01-15	phone	2	23	2	26.50
40	2025-03-30	web	1	24	3	40.50
40	2025-03-30	web	2	37	1	30.50
41	2025-01-11	phone	1	31	1	41.50
41	2025-01-11	phone	2	44	2	32.50
46	2025-03-22	web	1	66	3	46.50
46	2025-03-22	web	2	79	1	42.50
55	2025-03-10	web	1	39	3	5.50
55	2025-03-10	web	2	52	1	10.50
56	2024-12-22	phone	1	46	1	6.50
56	2024-12-22	phone	2	59	2	12.50
57	2025-01-28	counter	1	53	2	7.50
57	2025-01-28	counter	2	66	3	14.50
58	2025-03-06	web	1	60	3	8.50
58	2025-03-06	web	2	73	1	16.50
61	2025-03-02	web	1	81	3	11.50
61	2025-03-02	web	2	4	1	22.50
65	2025-04-04	phone	1	19	1	15.50
65	2025-04-04	phone	2	32	2	30.50
68	2025-03-31	phone	1	40	1	18.50
68	2025-03-31	phone	2	53	2	36.50
69	2025-01-12	counter	1	47	2	19.50
69	2025-01-12	counter	2	60	3	38.50
70	2025-02-18	web	1	54	3	20.50
70	2025-02-18	web	2	67	1	40.50
72	2025-01-08	counter	1	68	2	22.50
72	2025-01-08	counter	2	81	3	44.50
73	2025-02-14	web	1	75	3	23.50
73	2025-02-14	web	2	88	1	46.50
76	2025-02-10	web	1	6	3	26.50
76	2025-02-10	web	2	19	1	2.50
78	2024-12-31	counter	1	20	2	28.50
78	2024-12-31	counter	2	33	3	6.50
82	2025-02-02	web	1	48	3	32.50
82	2025-02-02	web	2	61	1	14.50
86	2025-03-07	phone	1	76	1	36.50
86	2025-03-07	phone	2	89	2	22.50
89	2025-03-03	phone	1	7	1	39.50
89	2025-03-03	phone	2	20	2	28.50
90	2025-04-09	counter	1	14	2	40.50
90	2025-04-09	counter	2	27	3	30.50
92	2025-02-27	phone	1	28	1	42.50
92	2025-02-27	phone	2	41	2	34.50
95	2025-02-23	phone	1	49	1	45.50
95	2025-02-23	phone	2	62	2	40.50
96	2025-04-01	counter	1	56	2	46.50
96	2025-04-01	counter	2	69	3	42.50
97	2025-01-13	web	1	63	3	47.50
97	2025-01-13	web	2	76	1	44.50
98	2025-02-19	phone	1	70	1	48.50
98	2025-02-19	phone	2	83	2	46.50
100	2025-01-09	web	1	84	3	0.50
100	2025-01-09	web	2	7	1	0.50
103	2025-01-05	web	1	15	3	3.50
103	2025-01-05	web	2	28	1	6.50
105	2025-03-20	counter	1	29	2	5.50
105	2025-03-20	counter	2	42	3	10.50
106	2025-01-01	web	1	36	3	6.50
106	2025-01-01	web	2	49	1	12.50
109	2024-12-28	web	1	57	3	9.50
109	2024-12-28	web	2	70	1	18.50
110	2025-02-03	phone	1	64	1	10.50
110	2025-02-03	phone	2	77	2	20.50
111	2025-03-12	counter	1	71	2	11.50
111	2025-03-12	counter	2	84	3	22.50
116	2025-01-26	phone	1	16	1	16.50
116	2025-01-26	phone	2	29	2	32.50
118	2025-04-10	web	1	30	3	18.50
118	2025-04-10	web	2	43	1	36.50
120	2025-02-28	counter	1	44	2	20.50
120	2025-02-28	counter	2	57	3	40.50
121	2025-04-06	web	1	51	3	21.50
121	2025-04-06	web	2	64	1	42.50
122	2025-01-18	phone	1	58	1	22.50
122	2025-01-18	phone	2	71	2	44.50
124	2025-04-02	web	1	72	3	24.50
124	2025-04-02	web	2	85	1	48.50
127	2025-03-29	web	1	3	3	27.50
127	2025-03-29	web	2	16	1	4.50
130	2025-03-25	web	1	24	3	30.50
130	2025-03-25	web	2	37	1	10.50
132	2025-02-12	counter	1	38	2	32.50
132	2025-02-12	counter	2	51	3	14.50
137	2024-12-29	phone	1	73	1	37.50
137	2024-12-29	phone	2	86	2	24.50
145	2025-03-05	web	1	39	3	45.50
145	2025-03-05	web	2	52	1	40.50
147	2025-01-23	counter	1	53	2	47.50
147	2025-01-23	counter	2	66	3	44.50
148	2025-03-01	web	1	60	3	48.50
148	2025-03-01	web	2	73	1	46.50
154	2025-02-21	web	1	12	3	4.50
154	2025-02-21	web	2	25	1	8.50
159	2025-01-07	counter	1	47	2	9.50
159	2025-01-07	counter	2	60	3	18.50
161	2025-03-22	phone	1	61	1	11.50
161	2025-03-22	phone	2	74	2	22.50
162	2025-01-03	counter	1	68	2	12.50
162	2025-01-03	counter	2	81	3	24.50
163	2025-02-09	web	1	75	3	13.50
163	2025-02-09	web	2	88	1	26.50
164	2025-03-18	phone	1	82	1	14.50
164	2025-03-18	phone	2	5	2	28.50
169	2025-02-01	web	1	27	3	19.50
169	2025-02-01	web	2	40	1	38.50
173	2025-03-06	phone	1	55	1	23.50
173	2025-03-06	phone	2	68	2	46.50
175	2025-01-24	web	1	69	3	25.50
175	2025-01-24	web	2	82	1	0.50
177	2025-04-08	counter	1	83	2	27.50
177	2025-04-08	counter	2	6	3	4.50
181	2025-01-16	web	1	21	3	31.50
181	2025-01-16	web	2	34	1	12.50
182	2025-02-22	phone	1	28	1	32.50
182	2025-02-22	phone	2	41	2	14.50
184	2025-01-12	web	1	42	3	34.50
184	2025-01-12	web	2	55	1	18.50
190	2025-01-04	web	1	84	3	40.50
190	2025-01-04	web	2	7	1	30.50
191	2025-02-10	phone	1	1	1	41.50
191	2025-02-10	phone	2	14	2	32.50
193	2024-12-31	web	1	15	3	43.50
193	2024-12-31	web	2	28	1	36.50
195	2025-03-15	counter	1	29	2	45.50
195	2025-03-15	counter	2	42	3	40.50
196	2024-12-27	web	1	36	3	46.50
196	2024-12-27	web	2	49	1	42.50
199	2024-12-23	web	1	57	3	49.50
199	2024-12-23	web	2	70	1	48.50
200	2025-01-29	phone	1	64	1	0.50
200	2025-01-29	phone	2	77	2	0.50
211	2025-04-01	web	1	51	3	11.50
211	2025-04-01	web	2	64	1	22.50
217	2025-03-24	web	1	3	3	17.50
217	2025-03-24	web	2	16	1	34.50
218	2025-01-05	phone	1	10	1	18.50
218	2025-01-05	phone	2	23	2	36.50
220	2025-03-20	web	1	24	3	20.50
220	2025-03-20	web	2	37	1	40.50
221	2025-01-01	phone	1	31	1	21.50
221	2025-01-01	phone	2	44	2	42.50
224	2024-12-28	phone	1	52	1	24.50
224	2024-12-28	phone	2	65	2	48.50
228	2025-01-30	counter	1	80	2	28.50
228	2025-01-30	counter	2	3	3	6.50
231	2025-01-26	counter	1	11	2	31.50
231	2025-01-26	counter	2	24	3	12.50
233	2025-04-10	phone	1	25	1	33.50
233	2025-04-10	phone	2	38	2	16.50
234	2025-01-22	counter	1	32	2	34.50
234	2025-01-22	counter	2	45	3	18.50
235	2025-02-28	web	1	39	3	35.50
235	2025-02-28	web	2	52	1	20.50
237	2025-01-18	counter	1	53	2	37.50
237	2025-01-18	counter	2	66	3	24.50
241	2025-02-20	web	1	81	3	41.50
241	2025-02-20	web	2	4	1	32.50
243	2025-01-10	counter	1	5	2	43.50
243	2025-01-10	counter	2	18	3	36.50
244	2025-02-16	web	1	12	3	44.50
244	2025-02-16	web	2	25	1	38.50
245	2025-03-25	phone	1	19	1	45.50
245	2025-03-25	phone	2	32	2	40.50
246	2025-01-06	counter	1	26	2	46.50
246	2025-01-06	counter	2	39	3	42.50
249	2025-01-02	counter	1	47	2	49.50
249	2025-01-02	counter	2	60	3	48.50
250	2025-02-08	web	1	54	3	0.50
250	2025-02-08	web	2	67	1	0.50
253	2025-02-04	web	1	75	3	3.50
253	2025-02-04	web	2	88	1	6.50
254	2025-03-13	phone	1	82	1	4.50
254	2025-03-13	phone	2	5	2	8.50
257	2025-03-09	phone	1	13	1	7.50
257	2025-03-09	phone	2	26	2	14.50
258	2024-12-21	counter	1	20	2	8.50
258	2024-12-21	counter	2	33	3	16.50
259	2025-01-27	web	1	27	3	9.50
259	2025-01-27	web	2	40	1	18.50
260	2025-03-05	phone	1	34	1	10.50
260	2025-03-05	phone	2	47	2	20.50
\.


--
-- Data for Name: orders_2025_01; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.orders_2025_01 (order_id, placed_on, channel, shop_id, customer, status, remark) FROM stdin;
1	2025-01-26	web	20	Customer1@mail.example	paid	\N
4	2025-01-22	web	10	Customer4@mail.example	delivered	\N
7	2025-01-18	web	40	Customer7@mail.example	paid	\N
10	2025-01-14	web	30	Customer10@mail.example	delivered	two\nlines
13	2025-01-10	web	20	Customer13@mail.example	paid	\N
16	2025-01-06	web	10	Customer16@mail.example	delivered	\N
19	2025-01-02	web	40	Customer19@mail.example	paid	\N
26	2025-01-31	phone	30	Customer26@mail.example	on its way	\N
29	2025-01-27	phone	20	Customer29@mail.example	it's back	\N
32	2025-01-23	phone	10	Customer32@mail.example	on its way	\N
35	2025-01-19	phone	40	Customer35@mail.example	it's back	\N
38	2025-01-15	phone	30	Customer38@mail.example	on its way	\N
41	2025-01-11	phone	20	Customer1@mail.example	it's back	\N
44	2025-01-07	phone	10	Customer4@mail.example	on its way	\N
47	2025-01-03	phone	40	Customer7@mail.example	it's back	\N
57	2025-01-28	counter	20	Customer17@mail.example	lost \\ stolen	gift 57
60	2025-01-24	counter	10	Customer20@mail.example	new	two\nlines
63	2025-01-20	counter	40	Customer23@mail.example	lost \\ stolen	gift 63
66	2025-01-16	counter	30	Customer26@mail.example	new	gift 66
69	2025-01-12	counter	20	Customer29@mail.example	lost \\ stolen	gift 69
72	2025-01-08	counter	10	Customer32@mail.example	new	gift 72
75	2025-01-04	counter	40	Customer35@mail.example	lost \\ stolen	gift 75
85	2025-01-29	web	20	Customer5@mail.example	paid	\N
88	2025-01-25	web	10	Customer8@mail.example	delivered	\N
91	2025-01-21	web	40	Customer11@mail.example	paid	\N
94	2025-01-17	web	30	Customer14@mail.example	delivered	\N
97	2025-01-13	web	20	Customer17@mail.example	paid	\N
100	2025-01-09	web	10	Customer20@mail.example	delivered	two\nlines
103	2025-01-05	web	40	Customer23@mail.example	paid	\N
106	2025-01-01	web	30	Customer26@mail.example	delivered	\N
113	2025-01-30	phone	20	Customer33@mail.example	it's back	\N
116	2025-01-26	phone	10	Customer36@mail.example	on its way	\N
119	2025-01-22	phone	40	Customer39@mail.example	it's back	\N
122	2025-01-18	phone	30	Customer2@mail.example	on its way	\N
125	2025-01-14	phone	20	Customer5@mail.example	it's back	\N
128	2025-01-10	phone	10	Customer8@mail.example	on its way	\N
131	2025-01-06	phone	40	Customer11@mail.example	it's back	\N
134	2025-01-02	phone	30	Customer14@mail.example	on its way	\N
141	2025-01-31	counter	20	Customer21@mail.example	lost \\ stolen	gift 141
144	2025-01-27	counter	10	Customer24@mail.example	new	gift 144
147	2025-01-23	counter	40	Customer27@mail.example	lost \\ stolen	gift 147
150	2025-01-19	counter	30	Customer30@mail.example	new	two\nlines
153	2025-01-15	counter	20	Customer33@mail.example	lost \\ stolen	gift 153
156	2025-01-11	counter	10	Customer36@mail.example	new	gift 156
159	2025-01-07	counter	40	Customer39@mail.example	lost \\ stolen	gift 159
162	2025-01-03	counter	30	Customer2@mail.example	new	gift 162
172	2025-01-28	web	10	Customer12@mail.example	delivered	\N
175	2025-01-24	web	40	Customer15@mail.example	paid	\N
178	2025-01-20	web	30	Customer18@mail.example	delivered	\N
181	2025-01-16	web	20	Customer21@mail.example	paid	\N
184	2025-01-12	web	10	Customer24@mail.example	delivered	\N
187	2025-01-08	web	40	Customer27@mail.example	paid	\N
190	2025-01-04	web	30	Customer30@mail.example	delivered	two\nlines
200	2025-01-29	phone	10	Customer0@mail.example	on its way	two\nlines
203	2025-01-25	phone	40	Customer3@mail.example	it's back	\N
206	2025-01-21	phone	30	Customer6@mail.example	on its way	\N
209	2025-01-17	phone	20	Customer9@mail.example	it's back	\N
212	2025-01-13	phone	10	Customer12@mail.example	on its way	\N
215	2025-01-09	phone	40	Customer15@mail.example	it's back	\N
218	2025-01-05	phone	30	Customer18@mail.example	on its way	\N
221	2025-01-01	phone	20	Customer21@mail.example	it's back	\N
228	2025-01-30	counter	10	Customer28@mail.example	new	gift 228
231	2025-01-26	counter	40	Customer31@mail.example	lost \\ stolen	gift 231
234	2025-01-22	counter	30	Customer34@mail.example	new	gift 234
237	2025-01-18	counter	20	Customer37@mail.example	lost \\ stolen	gift 237
240	2025-01-14	counter	10	Customer0@mail.example	new	two\nlines
243	2025-01-10	counter	40	Customer3@mail.example	lost \\ stolen	gift 243
246	2025-01-06	counter	30	Customer6@mail.example	new	gift 246
249	2025-01-02	counter	20	Customer9@mail.example	lost \\ stolen	gift 249
256	2025-01-31	web	10	Customer16@mail.example	delivered	\N
259	2025-01-27	web	40	Customer19@mail.example	paid	\N
\.


--
-- Data for Name: orders_2025_02_counter; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.orders_2025_02_counter (order_id, placed_on, channel, shop_id, customer, status, remark) FROM stdin;
36	2025-02-25	counter	10	Customer36@mail.example	new	gift 36
39	2025-02-21	counter	40	Customer39@mail.example	lost \\ stolen	gift 39
42	2025-02-17	counter	30	Customer2@mail.example	new	gift 42
45	2025-02-13	counter	20	Customer5@mail.example	lost \\ stolen	gift 45
48	2025-02-09	counter	10	Customer8@mail.example	new	gift 48
51	2025-02-05	counter	40	Customer11@mail.example	lost \\ stolen	gift 51
54	2025-02-01	counter	30	Customer14@mail.example	new	gift 54
120	2025-02-28	counter	10	Customer0@mail.example	new	two\nlines
123	2025-02-24	counter	40	Customer3@mail.example	lost \\ stolen	gift 123
126	2025-02-20	counter	30	Customer6@mail.example	new	gift 126
129	2025-02-16	counter	20	Customer9@mail.example	lost \\ stolen	gift 129
132	2025-02-12	counter	10	Customer12@mail.example	new	gift 132
135	2025-02-08	counter	40	Customer15@mail.example	lost \\ stolen	gift 135
138	2025-02-04	counter	30	Customer18@mail.example	new	gift 138
207	2025-02-27	counter	40	Customer7@mail.example	lost \\ stolen	gift 207
210	2025-02-23	counter	30	Customer10@mail.example	new	two\nlines
213	2025-02-19	counter	20	Customer13@mail.example	lost \\ stolen	gift 213
216	2025-02-15	counter	10	Customer16@mail.example	new	gift 216
219	2025-02-11	counter	40	Customer19@mail.example	lost \\ stolen	gift 219
222	2025-02-07	counter	30	Customer22@mail.example	new	gift 222
225	2025-02-03	counter	20	Customer25@mail.example	lost \\ stolen	gift 225
\.


--
-- Data for Name: orders_2025_02_other; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.orders_2025_02_other (order_id, placed_on, channel, shop_id, customer, status, remark) FROM stdin;
5	2025-02-28	phone	20	Customer5@mail.example	it's back	\N
8	2025-02-24	phone	10	Customer8@mail.example	on its way	\N
11	2025-02-20	phone	40	Customer11@mail.example	it's back	\N
14	2025-02-16	phone	30	Customer14@mail.example	on its way	\N
17	2025-02-12	phone	20	Customer17@mail.example	it's back	\N
20	2025-02-08	phone	10	Customer20@mail.example	on its way	two\nlines
23	2025-02-04	phone	40	Customer23@mail.example	it's back	\N
64	2025-02-26	web	10	Customer24@mail.example	delivered	\N
67	2025-02-22	web	40	Customer27@mail.example	paid	\N
70	2025-02-18	web	30	Customer30@mail.example	delivered	two\nlines
73	2025-02-14	web	20	Customer33@mail.example	paid	\N
76	2025-02-10	web	10	Customer36@mail.example	delivered	\N
79	2025-02-06	web	40	Customer39@mail.example	paid	\N
82	2025-02-02	web	30	Customer2@mail.example	delivered	\N
92	2025-02-27	phone	10	Customer12@mail.example	on its way	\N
95	2025-02-23	phone	40	Customer15@mail.example	it's back	\N
98	2025-02-19	phone	30	Customer18@mail.example	on its way	\N
101	2025-02-15	phone	20	Customer21@mail.example	it's back	\N
104	2025-02-11	phone	10	Customer24@mail.example	on its way	\N
107	2025-02-07	phone	40	Customer27@mail.example	it's back	\N
110	2025-02-03	phone	30	Customer30@mail.example	on its way	two\nlines
151	2025-02-25	web	40	Customer31@mail.example	paid	\N
154	2025-02-21	web	30	Customer34@mail.example	delivered	\N
157	2025-02-17	web	20	Customer37@mail.example	paid	\N
160	2025-02-13	web	10	Customer0@mail.example	delivered	two\nlines
163	2025-02-09	web	40	Customer3@mail.example	paid	\N
166	2025-02-05	web	30	Customer6@mail.example	delivered	\N
169	2025-02-01	web	20	Customer9@mail.example	paid	\N
179	2025-02-26	phone	40	Customer19@mail.example	it's back	\N
182	2025-02-22	phone	30	Customer22@mail.example	on its way	\N
185	2025-02-18	phone	20	Customer25@mail.example	it's back	\N
188	2025-02-14	phone	10	Customer28@mail.example	on its way	\N
191	2025-02-10	phone	40	Customer31@mail.example	it's back	\N
194	2025-02-06	phone	30	Customer34@mail.example	on its way	\N
197	2025-02-02	phone	20	Customer37@mail.example	it's back	\N
235	2025-02-28	web	40	Customer35@mail.example	paid	\N
238	2025-02-24	web	30	Customer38@mail.example	delivered	\N
241	2025-02-20	web	20	Customer1@mail.example	paid	\N
244	2025-02-16	web	10	Customer4@mail.example	delivered	\N
247	2025-02-12	web	40	Customer7@mail.example	paid	\N
250	2025-02-08	web	30	Customer10@mail.example	delivered	two\nlines
253	2025-02-04	web	20	Customer13@mail.example	paid	\N
\.


--
-- Data for Name: orders_2025_03; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.orders_2025_03 (status, remark, order_id, channel, placed_on, shop_id, customer) FROM stdin;
on its way	\N	2	phone	2025-03-04	30	Customer2@mail.example
new	gift 12	12	counter	2025-03-29	10	Customer12@mail.example
lost \\ stolen	gift 15	15	counter	2025-03-25	40	Customer15@mail.example
new	gift 18	18	counter	2025-03-21	30	Customer18@mail.example
lost \\ stolen	gift 21	21	counter	2025-03-17	20	Customer21@mail.example
new	gift 24	24	counter	2025-03-13	10	Customer24@mail.example
lost \\ stolen	gift 27	27	counter	2025-03-09	40	Customer27@mail.example
new	two\nlines	30	counter	2025-03-05	30	Customer30@mail.example
lost \\ stolen	gift 33	33	counter	2025-03-01	20	Customer33@mail.example
delivered	two\nlines	40	web	2025-03-30	10	Customer0@mail.example
paid	\N	43	web	2025-03-26	40	Customer3@mail.example
delivered	\N	46	web	2025-03-22	30	Customer6@mail.example
paid	\N	49	web	2025-03-18	20	Customer9@mail.example
delivered	\N	52	web	2025-03-14	10	Customer12@mail.example
paid	\N	55	web	2025-03-10	40	Customer15@mail.example
delivered	\N	58	web	2025-03-06	30	Customer18@mail.example
paid	\N	61	web	2025-03-02	20	Customer21@mail.example
on its way	\N	68	phone	2025-03-31	10	Customer28@mail.example
it's back	\N	71	phone	2025-03-27	40	Customer31@mail.example
on its way	\N	74	phone	2025-03-23	30	Customer34@mail.example
it's back	\N	77	phone	2025-03-19	20	Customer37@mail.example
on its way	two\nlines	80	phone	2025-03-15	10	Customer0@mail.example
it's back	\N	83	phone	2025-03-11	40	Customer3@mail.example
on its way	\N	86	phone	2025-03-07	30	Customer6@mail.example
it's back	\N	89	phone	2025-03-03	20	Customer9@mail.example
lost \\ stolen	gift 99	99	counter	2025-03-28	40	Customer19@mail.example
new	gift 102	102	counter	2025-03-24	30	Customer22@mail.example
lost \\ stolen	gift 105	105	counter	2025-03-20	20	Customer25@mail.example
new	gift 108	108	counter	2025-03-16	10	Customer28@mail.example
lost \\ stolen	gift 111	111	counter	2025-03-12	40	Customer31@mail.example
new	gift 114	114	counter	2025-03-08	30	Customer34@mail.example
lost \\ stolen	gift 117	117	counter	2025-03-04	20	Customer37@mail.example
paid	\N	127	web	2025-03-29	40	Customer7@mail.example
delivered	two\nlines	130	web	2025-03-25	30	Customer10@mail.example
paid	\N	133	web	2025-03-21	20	Customer13@mail.example
delivered	\N	136	web	2025-03-17	10	Customer16@mail.example
paid	\N	139	web	2025-03-13	40	Customer19@mail.example
delivered	\N	142	web	2025-03-09	30	Customer22@mail.example
paid	\N	145	web	2025-03-05	20	Customer25@mail.example
delivered	\N	148	web	2025-03-01	10	Customer28@mail.example
it's back	\N	155	phone	2025-03-30	40	Customer35@mail.example
on its way	\N	158	phone	2025-03-26	30	Customer38@mail.example
it's back	\N	161	phone	2025-03-22	20	Customer1@mail.example
on its way	\N	164	phone	2025-03-18	10	Customer4@mail.example
it's back	\N	167	phone	2025-03-14	40	Customer7@mail.example
on its way	two\nlines	170	phone	2025-03-10	30	Customer10@mail.example
it's back	\N	173	phone	2025-03-06	20	Customer13@mail.example
on its way	\N	176	phone	2025-03-02	10	Customer16@mail.example
lost \\ stolen	gift 183	183	counter	2025-03-31	40	Customer23@mail.example
new	gift 186	186	counter	2025-03-27	30	Customer26@mail.example
lost \\ stolen	gift 189	189	counter	2025-03-23	20	Customer29@mail.example
new	gift 192	192	counter	2025-03-19	10	Customer32@mail.example
lost \\ stolen	gift 195	195	counter	2025-03-15	40	Customer35@mail.example
new	gift 198	198	counter	2025-03-11	30	Customer38@mail.example
lost \\ stolen	gift 201	201	counter	2025-03-07	20	Customer1@mail.example
new	gift 204	204	counter	2025-03-03	10	Customer4@mail.example
delivered	\N	214	web	2025-03-28	30	Customer14@mail.example
paid	\N	217	web	2025-03-24	20	Customer17@mail.example
delivered	two\nlines	220	web	2025-03-20	10	Customer20@mail.example
paid	\N	223	web	2025-03-16	40	Customer23@mail.example
delivered	\N	226	web	2025-03-12	30	Customer26@mail.example
paid	\N	229	web	2025-03-08	20	Customer29@mail.example
delivered	\N	232	web	2025-03-04	10	Customer32@mail.example
on its way	\N	242	phone	2025-03-29	30	Customer2@mail.example
it's back	\N	245	phone	2025-03-25	20	Customer5@mail.example
on its way	\N	248	phone	2025-03-21	10	Customer8@mail.example
it's back	\N	251	phone	2025-03-17	40	Customer11@mail.example
on its way	\N	254	phone	2025-03-13	30	Customer14@mail.example
it's back	\N	257	phone	2025-03-09	20	Customer17@mail.example
on its way	two\nlines	260	phone	2025-03-05	10	Customer20@mail.example
\.


--
-- Data for Name: orders_rest; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.orders_rest (order_id, placed_on, channel, shop_id, customer, status, remark) FROM stdin;
3	2025-04-10	counter	40	Customer3@mail.example	lost \\ stolen	gift 3
6	2025-04-06	counter	30	Customer6@mail.example	new	gift 6
9	2025-04-02	counter	20	Customer9@mail.example	lost \\ stolen	gift 9
22	2024-12-29	web	30	Customer22@mail.example	delivered	\N
25	2024-12-25	web	20	Customer25@mail.example	paid	\N
28	2024-12-21	web	10	Customer28@mail.example	delivered	\N
31	2025-04-11	web	40	Customer31@mail.example	paid	\N
34	2025-04-07	web	30	Customer34@mail.example	delivered	\N
37	2025-04-03	web	20	Customer37@mail.example	paid	\N
50	2024-12-30	phone	30	Customer10@mail.example	on its way	two\nlines
53	2024-12-26	phone	20	Customer13@mail.example	it's back	\N
56	2024-12-22	phone	10	Customer16@mail.example	on its way	\N
59	2025-04-12	phone	40	Customer19@mail.example	it's back	\N
62	2025-04-08	phone	30	Customer22@mail.example	on its way	\N
65	2025-04-04	phone	20	Customer25@mail.example	it's back	\N
78	2024-12-31	counter	30	Customer38@mail.example	new	gift 78
81	2024-12-27	counter	20	Customer1@mail.example	lost \\ stolen	gift 81
84	2024-12-23	counter	10	Customer4@mail.example	new	gift 84
87	2025-04-13	counter	40	Customer7@mail.example	lost \\ stolen	gift 87
90	2025-04-09	counter	30	Customer10@mail.example	new	two\nlines
93	2025-04-05	counter	20	Customer13@mail.example	lost \\ stolen	gift 93
96	2025-04-01	counter	10	Customer16@mail.example	new	gift 96
109	2024-12-28	web	20	Customer29@mail.example	paid	\N
112	2024-12-24	web	10	Customer32@mail.example	delivered	\N
115	2024-12-20	web	40	Customer35@mail.example	paid	\N
118	2025-04-10	web	30	Customer38@mail.example	delivered	\N
121	2025-04-06	web	20	Customer1@mail.example	paid	\N
124	2025-04-02	web	10	Customer4@mail.example	delivered	\N
137	2024-12-29	phone	20	Customer17@mail.example	it's back	\N
140	2024-12-25	phone	10	Customer20@mail.example	on its way	two\nlines
143	2024-12-21	phone	40	Customer23@mail.example	it's back	\N
146	2025-04-11	phone	30	Customer26@mail.example	on its way	\N
149	2025-04-07	phone	20	Customer29@mail.example	it's back	\N
152	2025-04-03	phone	10	Customer32@mail.example	on its way	\N
165	2024-12-30	counter	20	Customer5@mail.example	lost \\ stolen	gift 165
168	2024-12-26	counter	10	Customer8@mail.example	new	gift 168
171	2024-12-22	counter	40	Customer11@mail.example	lost \\ stolen	gift 171
174	2025-04-12	counter	30	Customer14@mail.example	new	gift 174
177	2025-04-08	counter	20	Customer17@mail.example	lost \\ stolen	gift 177
180	2025-04-04	counter	10	Customer20@mail.example	new	two\nlines
193	2024-12-31	web	20	Customer33@mail.example	paid	\N
196	2024-12-27	web	10	Customer36@mail.example	delivered	\N
199	2024-12-23	web	40	Customer39@mail.example	paid	\N
202	2025-04-13	web	30	Customer2@mail.example	delivered	\N
205	2025-04-09	web	20	Customer5@mail.example	paid	\N
208	2025-04-05	web	10	Customer8@mail.example	delivered	\N
211	2025-04-01	web	40	Customer11@mail.example	paid	\N
224	2024-12-28	phone	10	Customer24@mail.example	on its way	\N
227	2024-12-24	phone	40	Customer27@mail.example	it's back	\N
230	2024-12-20	phone	30	Customer30@mail.example	on its way	two\nlines
233	2025-04-10	phone	20	Customer33@mail.example	it's back	\N
236	2025-04-06	phone	10	Customer36@mail.example	on its way	\N
239	2025-04-02	phone	40	Customer39@mail.example	it's back	\N
252	2024-12-29	counter	10	Customer12@mail.example	new	gift 252
255	2024-12-25	counter	40	Customer15@mail.example	lost \\ stolen	gift 255
258	2024-12-21	counter	30	Customer18@mail.example	new	gift 258
\.


--
-- Data for Name: other_heap; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.other_heap (n, t) FROM stdin;
1	row 1
2	row 2
3	row 3
4	row 4
5	row 5
6	row 6
7	row 7
8	row 8
9	row 9
10	row 10
11	row 11
12	row 12
13	row 13
14	row 14
15	row 15
16	row 16
17	row 17
18	row 18
19	row 19
20	row 20
\.


--
-- Data for Name: products; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.products (product_id, isbn, title, authors, price, vat, shelf, weight_g, details, blurb) FROM stdin;
1	978-0000007919	Der Château of Stone	{"Author 1","Translator, 1"}	13.99	0.070	B.1	131	{"note": null, "pages": 91, "languages": ["en", "de"]}	Blurb 1
2	978-0000015838	Le Schlüssel, Vol. 2	{"Author 2","Translator, 2"}	26.99	0.070	C.2	162	{"note": null, "pages": 102, "languages": ["en", "de"]}	Blurb 2
3	978-0000023757	Garden (illustrated)	{"Author 3","Translator, 3"}	39.99	0.070	D.3	193	{"note": null, "pages": 113, "languages": ["en", "de"]}	Blurb 3
4	978-0000031676	The Ω and α "quoted"	{"Author 4","Translator, 4"}	52.99	0.070	E.4	224	{"note": null, "pages": 124, "languages": ["en", "de"]}	\N
5	978-0000039595	Der 本	{"Author 5","Translator, 0"}	65.99	0.070	F.5	255	{"note": null, "pages": 135, "languages": ["en", "de"]}	Blurb 5
6	978-0000047514	Le Winter of Stone	{"Author 6","Translator, 1"}	78.99	0.070	G.6	286	{"note": null, "pages": 146, "languages": ["en", "de"]}	Blurb 6
7	978-0000055433	Whale, Vol. 7	{"Author 7","Translator, 2"}	91.99	0.070	H.7	317	{"note": null, "pages": 157, "languages": ["en", "de"]}	Blurb 7
8	978-0000063352	The Château (illustrated)	{"Author 8","Translator, 3"}	7.99	0.070	I.8	348	{"note": null, "pages": 168, "languages": ["en", "de"]}	\N
9	978-0000071271	Der Schlüssel "quoted"	{"Author 9","Translator, 4"}	20.99	0.070	J.9	379	{"note": "line\\nbreak \\\\ \\"q\\"", "pages": 179, "languages": ["en", "de"]}	Blurb 9
10	978-0000079190	Le Garden	{"Author 10","Translator, 0"}	33.99	0.070	K.10	410	{"note": null, "pages": 190, "languages": ["en", "de"]}	Blurb 10
11	978-0000087109	Ω and α of Stone	{"Author 11","Translator, 1"}	46.99	0.070	L.11	441	{"note": null, "pages": 201, "languages": ["en", "de"]}	Blurb 11
12	978-0000095028	The 本, Vol. 12	{"Author 12","Translator, 2"}	59.99	0.070	M.12	472	{"note": null, "pages": 212, "languages": ["en", "de"]}	\N
13	978-0000102947	Der Winter (illustrated)	{"Author 13","Translator, 3"}	72.99	0.070	N.13	503	{"note": null, "pages": 223, "languages": ["en", "de"]}	Blurb 13
14	978-0000110866	Le Whale "quoted"	{"Author 14","Translator, 4"}	85.99	0.070	O.14	534	{"note": null, "pages": 234, "languages": ["en", "de"]}	Blurb 14
15	978-0000118785	Château	{"Author 15","Translator, 0"}	1.99	0.070	P.15	565	{"note": null, "pages": 245, "languages": ["en", "de"]}	Blurb 15
16	978-0000126704	The Schlüssel of Stone	{"Author 16","Translator, 1"}	14.99	0.070	Q.16	596	{"note": null, "pages": 256, "languages": ["en", "de"]}	\N
17	978-0000134623	Der Garden, Vol. 17	{"Author 0","Translator, 2"}	27.99	0.070	R.17	627	{"note": null, "pages": 267, "languages": ["en", "de"]}	Blurb 17
18	978-0000142542	Le Ω and α (illustrated)	{"Author 1","Translator, 3"}	40.99	0.070	S.18	658	{"note": "line\\nbreak \\\\ \\"q\\"", "pages": 278, "languages": ["en", "de"]}	Blurb 18
19	978-0000150461	本 "quoted"	{"Author 2","Translator, 4"}	53.99	0.070	T.19	689	{"note": null, "pages": 289, "languages": ["en", "de"]}	Blurb 19
20	978-0000158380	The Winter	{"Author 3","Translator, 0"}	66.99	0.070	U.20	720	{"note": null, "pages": 300, "languages": ["en", "de"]}	\N
21	978-0000166299	Der Whale of Stone	{"Author 4","Translator, 1"}	79.99	0.070	V.21	751	{"note": null, "pages": 311, "languages": ["en", "de"]}	Blurb 21
22	978-0000174218	Le Château, Vol. 22	{"Author 5","Translator, 2"}	92.99	0.070	W.22	782	{"note": null, "pages": 322, "languages": ["en", "de"]}	Blurb 22
23	978-0000182137	Schlüssel (illustrated)	{"Author 6","Translator, 3"}	8.99	0.070	X.23	813	{"note": null, "pages": 333, "languages": ["en", "de"]}	Blurb 23
24	978-0000190056	The Garden "quoted"	{"Author 7","Translator, 4"}	21.99	0.070	Y.24	844	{"note": null, "pages": 344, "languages": ["en", "de"]}	\N
25	978-0000197975	Der Ω and α	{"Author 8","Translator, 0"}	34.99	0.070	Z.25	875	{"note": null, "pages": 355, "languages": ["en", "de"]}	A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; 
26	978-0000205894	Le 本 of Stone	{"Author 9","Translator, 1"}	47.99	0.070	A.26	906	{"note": null, "pages": 366, "languages": ["en", "de"]}	Blurb 26
27	978-0000213813	Winter, Vol. 27	{"Author 10","Translator, 2"}	60.99	0.070	B.27	937	{"note": "line\\nbreak \\\\ \\"q\\"", "pages": 377, "languages": ["en", "de"]}	Blurb 27
28	978-0000221732	The Whale (illustrated)	{"Author 11","Translator, 3"}	73.99	0.070	C.28	968	{"note": null, "pages": 388, "languages": ["en", "de"]}	\N
29	978-0000229651	Der Château "quoted"	{"Author 12","Translator, 4"}	86.99	0.070	D.29	999	{"note": null, "pages": 399, "languages": ["en", "de"]}	Blurb 29
30	978-0000237570	Le Schlüssel	{"Author 13","Translator, 0"}	2.99	0.070	E.30	130	{"note": null, "pages": 410, "languages": ["en", "de"]}	Blurb 30
31	978-0000245489	Garden of Stone	{"Author 14","Translator, 1"}	15.99	0.070	F.31	161	{"note": null, "pages": 421, "languages": ["en", "de"]}	Blurb 31
32	978-0000253408	The Ω and α, Vol. 32	{"Author 15","Translator, 2"}	28.99	0.070	G.32	192	{"note": null, "pages": 432, "languages": ["en", "de"]}	\N
33	978-0000261327	Der 本 (illustrated)	{"Author 16","Translator, 3"}	41.99	0.070	H.33	223	{"note": null, "pages": 443, "languages": ["en", "de"]}	Blurb 33
34	978-0000269246	Le Winter "quoted"	{"Author 0","Translator, 4"}	54.99	0.070	I.34	254	{"note": null, "pages": 454, "languages": ["en", "de"]}	Blurb 34
35	978-0000277165	Whale	{"Author 1","Translator, 0"}	67.99	0.070	J.35	285	{"note": null, "pages": 465, "languages": ["en", "de"]}	Blurb 35
36	978-0000285084	The Château of Stone	{"Author 2","Translator, 1"}	80.99	0.070	K.36	316	{"note": "line\\nbreak \\\\ \\"q\\"", "pages": 476, "languages": ["en", "de"]}	\N
37	978-0000293003	Der Schlüssel, Vol. 37	{"Author 3","Translator, 2"}	93.99	0.070	L.37	347	{"note": null, "pages": 487, "languages": ["en", "de"]}	Blurb 37
38	978-0000300922	Le Garden (illustrated)	{"Author 4","Translator, 3"}	9.99	0.070	M.38	378	{"note": null, "pages": 498, "languages": ["en", "de"]}	Blurb 38
39	978-0000308841	Ω and α "quoted"	{"Author 5","Translator, 4"}	22.99	0.070	N.39	409	{"note": null, "pages": 509, "languages": ["en", "de"]}	Blurb 39
40	978-0000316760	The 本	{"Author 6","Translator, 0"}	35.99	0.070	O.40	440	{"note": null, "pages": 520, "languages": ["en", "de"]}	\N
41	978-0000324679	Der Winter of Stone	{"Author 7","Translator, 1"}	48.99	0.070	P.41	471	{"note": null, "pages": 531, "languages": ["en", "de"]}	Blurb 41
42	978-0000332598	Le Whale, Vol. 42	{"Author 8","Translator, 2"}	61.99	0.070	Q.42	502	{"note": null, "pages": 542, "languages": ["en", "de"]}	Blurb 42
43	978-0000340517	Château (illustrated)	{"Author 9","Translator, 3"}	74.99	0.070	R.43	533	{"note": null, "pages": 553, "languages": ["en", "de"]}	Blurb 43
44	978-0000348436	The Schlüssel "quoted"	{"Author 10","Translator, 4"}	87.99	0.070	S.44	564	{"note": null, "pages": 564, "languages": ["en", "de"]}	\N
45	978-0000356355	Der Garden	{"Author 11","Translator, 0"}	3.99	0.070	T.45	595	{"note": "line\\nbreak \\\\ \\"q\\"", "pages": 575, "languages": ["en", "de"]}	Blurb 45
46	978-0000364274	Le Ω and α of Stone	{"Author 12","Translator, 1"}	16.99	0.070	U.46	626	{"note": null, "pages": 586, "languages": ["en", "de"]}	Blurb 46
47	978-0000372193	本, Vol. 47	{"Author 13","Translator, 2"}	29.99	0.070	V.47	657	{"note": null, "pages": 597, "languages": ["en", "de"]}	Blurb 47
48	978-0000380112	The Winter (illustrated)	{"Author 14","Translator, 3"}	42.99	0.070	W.48	688	{"note": null, "pages": 608, "languages": ["en", "de"]}	\N
49	978-0000388031	Der Whale "quoted"	{"Author 15","Translator, 4"}	55.99	0.070	X.49	719	{"note": null, "pages": 619, "languages": ["en", "de"]}	Blurb 49
50	978-0000395950	Le Château	{"Author 16","Translator, 0"}	68.99	0.070	Y.50	750	{"note": null, "pages": 630, "languages": ["en", "de"]}	A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; 
51	978-0000403869	Schlüssel of Stone	{"Author 0","Translator, 1"}	81.99	0.070	Z.51	781	{"note": null, "pages": 641, "languages": ["en", "de"]}	Blurb 51
52	978-0000411788	The Garden, Vol. 52	{"Author 1","Translator, 2"}	94.99	0.070	A.52	812	{"note": null, "pages": 652, "languages": ["en", "de"]}	\N
53	978-0000419707	Der Ω and α (illustrated)	{"Author 2","Translator, 3"}	10.99	0.070	B.53	843	{"note": null, "pages": 663, "languages": ["en", "de"]}	Blurb 53
54	978-0000427626	Le 本 "quoted"	{"Author 3","Translator, 4"}	23.99	0.070	C.54	874	{"note": "line\\nbreak \\\\ \\"q\\"", "pages": 674, "languages": ["en", "de"]}	Blurb 54
55	978-0000435545	Winter	{"Author 4","Translator, 0"}	36.99	0.070	D.55	905	{"note": null, "pages": 685, "languages": ["en", "de"]}	Blurb 55
56	978-0000443464	The Whale of Stone	{"Author 5","Translator, 1"}	49.99	0.070	E.56	936	{"note": null, "pages": 696, "languages": ["en", "de"]}	\N
57	978-0000451383	Der Château, Vol. 57	{"Author 6","Translator, 2"}	62.99	0.070	F.57	967	{"note": null, "pages": 707, "languages": ["en", "de"]}	Blurb 57
58	978-0000459302	Le Schlüssel (illustrated)	{"Author 7","Translator, 3"}	75.99	0.070	G.58	998	{"note": null, "pages": 718, "languages": ["en", "de"]}	Blurb 58
59	978-0000467221	Garden "quoted"	{"Author 8","Translator, 4"}	88.99	0.070	H.59	129	{"note": null, "pages": 729, "languages": ["en", "de"]}	Blurb 59
60	978-0000475140	The Ω and α	{"Author 9","Translator, 0"}	4.99	0.070	I.60	160	{"note": null, "pages": 740, "languages": ["en", "de"]}	\N
61	978-0000483059	Der 本 of Stone	{"Author 10","Translator, 1"}	17.99	0.070	J.61	191	{"note": null, "pages": 751, "languages": ["en", "de"]}	Blurb 61
62	978-0000490978	Le Winter, Vol. 62	{"Author 11","Translator, 2"}	30.99	0.070	K.62	222	{"note": null, "pages": 762, "languages": ["en", "de"]}	Blurb 62
63	978-0000498897	Whale (illustrated)	{"Author 12","Translator, 3"}	43.99	0.070	L.63	253	{"note": "line\\nbreak \\\\ \\"q\\"", "pages": 773, "languages": ["en", "de"]}	Blurb 63
64	978-0000506816	The Château "quoted"	{"Author 13","Translator, 4"}	56.99	0.070	M.64	284	{"note": null, "pages": 784, "languages": ["en", "de"]}	\N
65	978-0000514735	Der Schlüssel	{"Author 14","Translator, 0"}	69.99	0.070	N.65	315	{"note": null, "pages": 795, "languages": ["en", "de"]}	Blurb 65
66	978-0000522654	Le Garden of Stone	{"Author 15","Translator, 1"}	82.99	0.070	O.66	346	{"note": null, "pages": 806, "languages": ["en", "de"]}	Blurb 66
67	978-0000530573	Ω and α, Vol. 67	{"Author 16","Translator, 2"}	95.99	0.070	P.67	377	{"note": null, "pages": 817, "languages": ["en", "de"]}	Blurb 67
68	978-0000538492	The 本 (illustrated)	{"Author 0","Translator, 3"}	11.99	0.070	Q.68	408	{"note": null, "pages": 828, "languages": ["en", "de"]}	\N
69	978-0000546411	Der Winter "quoted"	{"Author 1","Translator, 4"}	24.99	0.070	R.69	439	{"note": null, "pages": 839, "languages": ["en", "de"]}	Blurb 69
70	978-0000554330	Le Whale	{"Author 2","Translator, 0"}	37.99	0.070	S.70	470	{"note": null, "pages": 850, "languages": ["en", "de"]}	Blurb 70
71	978-0000562249	Château of Stone	{"Author 3","Translator, 1"}	50.99	0.070	T.71	501	{"note": null, "pages": 861, "languages": ["en", "de"]}	Blurb 71
72	978-0000570168	The Schlüssel, Vol. 72	{"Author 4","Translator, 2"}	63.99	0.070	U.72	532	{"note": "line\\nbreak \\\\ \\"q\\"", "pages": 872, "languages": ["en", "de"]}	\N
73	978-0000578087	Der Garden (illustrated)	{"Author 5","Translator, 3"}	76.99	0.070	V.73	563	{"note": null, "pages": 883, "languages": ["en", "de"]}	Blurb 73
74	978-0000586006	Le Ω and α "quoted"	{"Author 6","Translator, 4"}	89.99	0.070	W.74	594	{"note": null, "pages": 894, "languages": ["en", "de"]}	Blurb 74
75	978-0000593925	本	{"Author 7","Translator, 0"}	5.99	0.070	X.75	625	{"note": null, "pages": 905, "languages": ["en", "de"]}	A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; A long blurb; 
76	978-0000601844	The Winter of Stone	{"Author 8","Translator, 1"}	18.99	0.070	Y.76	656	{"note": null, "pages": 916, "languages": ["en", "de"]}	\N
77	978-0000609763	Der Whale, Vol. 77	{"Author 9","Translator, 2"}	31.99	0.070	Z.77	687	{"note": null, "pages": 927, "languages": ["en", "de"]}	Blurb 77
78	978-0000617682	Le Château (illustrated)	{"Author 10","Translator, 3"}	44.99	0.070	A.78	718	{"note": null, "pages": 938, "languages": ["en", "de"]}	Blurb 78
79	978-0000625601	Schlüssel "quoted"	{"Author 11","Translator, 4"}	57.99	0.070	B.79	749	{"note": null, "pages": 949, "languages": ["en", "de"]}	Blurb 79
80	978-0000633520	The Garden	{"Author 12","Translator, 0"}	70.99	0.070	C.80	780	{"note": null, "pages": 960, "languages": ["en", "de"]}	\N
81	978-0000641439	Der Ω and α of Stone	{"Author 13","Translator, 1"}	83.99	0.070	D.81	811	{"note": "line\\nbreak \\\\ \\"q\\"", "pages": 971, "languages": ["en", "de"]}	Blurb 81
82	978-0000649358	Le 本, Vol. 82	{"Author 14","Translator, 2"}	96.99	0.070	E.82	842	{"note": null, "pages": 982, "languages": ["en", "de"]}	Blurb 82
83	978-0000657277	Winter (illustrated)	{"Author 15","Translator, 3"}	12.99	0.070	F.83	873	{"note": null, "pages": 993, "languages": ["en", "de"]}	Blurb 83
84	978-0000665196	The Whale "quoted"	{"Author 16","Translator, 4"}	25.99	0.070	G.84	904	{"note": null, "pages": 1004, "languages": ["en", "de"]}	\N
85	978-0000673115	Der Château	{"Author 0","Translator, 0"}	38.99	0.070	H.85	935	{"note": null, "pages": 1015, "languages": ["en", "de"]}	Blurb 85
86	978-0000681034	Le Schlüssel of Stone	{"Author 1","Translator, 1"}	51.99	0.070	I.86	966	{"note": null, "pages": 1026, "languages": ["en", "de"]}	Blurb 86
87	978-0000688953	Garden, Vol. 87	{"Author 2","Translator, 2"}	64.99	0.070	J.87	997	{"note": null, "pages": 1037, "languages": ["en", "de"]}	Blurb 87
88	978-0000696872	The Ω and α (illustrated)	{"Author 3","Translator, 3"}	77.99	0.070	K.88	128	{"note": null, "pages": 1048, "languages": ["en", "de"]}	\N
89	978-0000704791	Der 本 "quoted"	{"Author 4","Translator, 4"}	90.99	0.070	L.89	159	{"note": null, "pages": 1059, "languages": ["en", "de"]}	Blurb 89
90	978-0000712710	Le Winter	{"Author 5","Translator, 0"}	6.99	0.070	M.90	190	{"note": "line\\nbreak \\\\ \\"q\\"", "pages": 1070, "languages": ["en", "de"]}	Blurb 90
\.


--
-- Data for Name: refunds; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.refunds (order_id, line, refunded_at, reason) FROM stdin;
5	1	2025-04-01 12:00:00	\N
10	1	2025-04-01 12:00:00	torn
15	1	2025-04-01 12:00:00	\N
20	1	2025-04-01 12:00:00	torn
25	1	2025-04-01 12:00:00	\N
30	1	2025-04-01 12:00:00	torn
35	1	2025-04-01 12:00:00	\N
40	1	2025-04-01 12:00:00	torn
45	1	2025-04-01 12:00:00	\N
50	1	2025-04-01 12:00:00	torn
55	1	2025-04-01 12:00:00	\N
60	1	2025-04-01 12:00:00	torn
65	1	2025-04-01 12:00:00	\N
70	1	2025-04-01 12:00:00	torn
75	1	2025-04-01 12:00:00	\N
80	1	2025-04-01 12:00:00	torn
85	1	2025-04-01 12:00:00	\N
90	1	2025-04-01 12:00:00	torn
95	1	2025-04-01 12:00:00	\N
100	1	2025-04-01 12:00:00	torn
\.


--
-- Data for Name: rooms; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.rooms (room, during, who) FROM stdin;
1	["2025-01-01 00:00:00","2025-01-02 00:00:00")	book club
1	["2025-01-01 12:00:00","2025-01-03 00:00:00")	cat
2	\N	\N
\.


--
-- Data for Name: shops; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.shops (shop_id, name, place, open_hours, manager_id, founded, opened_at, tags) FROM stdin;
10	Zürich 1	("Bahnhofstrasse 1",Zürich,8001,"{""Bahnhofstrasse 1"",""8001 Zürich""}")	[08:00:00,16:30:00)	1	1991-02-05	1991-02-05 09:00:00+00	"no"=>"1"
20	Orléans 2	("rue de l'Étape 2",Orléans,45000,"{""rue de l'Étape 2"",""45000 Orléans""}")	[08:00:00,17:30:00)	2	1992-03-11	1992-03-11 09:00:00+00	"no"=>"2", "café"=>"très \\" bon", "empty"=>NULL
30	東京 3	("神保町 3",東京,101-0051,"{""神保町 3"",""101-0051 東京""}")	[08:00:00,18:30:00)	3	1993-04-15	1993-04-15 09:00:00+00	"no"=>"3"
40	Łódź 4	("Piotrkowska 4",Łódź,90-001,"{""Piotrkowska 4"",""90-001 Łódź""}")	[08:00:00,19:30:00)	4	1994-05-20	1994-05-20 09:00:00+00	"no"=>"4"
\.


--
-- Data for Name: staff; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.staff (staff_id, shop_id, boss_id, email, name, salary, photo) FROM stdin;
1	20	\N	Person1@shop.example	Person 1	2037.50	\\xc40d5239fb4753fad04327fdc129d4bd00ff5c0a
2	30	1	Person2@shop.example	Person 2	2075.00	\\xa44b9c5636e5b42529f923ed5707574800ff5c0a
3	40	1	Person3@shop.example	Person 3	2112.50	\\x5cabec1ffae6fc0ba6f838297c0149b900ff5c0a
4	10	1	Person4@shop.example	Person 4	2150.00	\\xa9e89b539c1c7e36a1c26683901b3abf00ff5c0a
5	20	2	Person5@shop.example	Person 5	2187.50	\\x2624504e344cb000749669835b86d6b600ff5c0a
6	30	2	Person6@shop.example	Person 6	2225.00	\\x9f40e331a776551565a3fa16faa026de00ff5c0a
7	40	2	Person7@shop.example	Person 7	2262.50	\\xb04317d262f7a8ada5e61463716edc5200ff5c0a
8	10	3	Person8@shop.example	Person 8	2300.00	\\xe2faf6bbc88769e8aa40b296eef96e1300ff5c0a
9	20	3	Person9@shop.example	Person 9	2337.50	\\x4f9289b9dfbe37cf7550e9cdac84c78200ff5c0a
10	30	3	Person10@shop.example	Person 10	2375.00	\\xcd939f0e12280c27aa01ea4c9489053800ff5c0a
11	40	4	Person11@shop.example	Person 11	2412.50	\\x145c36c15b34f60bbe38f8053f30f30500ff5c0a
12	10	4	Person12@shop.example	Person 12	2450.00	\\x426c47e730299d49a0939ca1b4f297e400ff5c0a
13	20	4	Person13@shop.example	Person 13	2487.50	\\x1e0afeaacf33523398db47b32e32e50f00ff5c0a
14	30	5	Person14@shop.example	Person 14	2525.00	\\x0a13282848a91a5fe68d0e80c6ed3e7d00ff5c0a
15	40	5	Person15@shop.example	Person 15	2562.50	\\x4521a8e3871558462f048c3410857fb300ff5c0a
16	10	5	Person16@shop.example	Person 16	2600.00	\\x4354ef7219b0d5de9deb5925ec7d8efa00ff5c0a
17	20	6	Person17@shop.example	Person 17	2637.50	\\xfb66a8d73b738e9563ccf70a1b24a4af00ff5c0a
18	30	6	Person18@shop.example	Person 18	2675.00	\\x63ed99ee532f6b23254bebfc60bc0f0700ff5c0a
19	40	6	Person19@shop.example	Person 19	2712.50	\\xbad616e92179cb7b6dfb91fdd96fce5400ff5c0a
20	10	7	Person20@shop.example	Person 20	2750.00	\\x8ac1c7068ab51c764ad4e40fc30d325800ff5c0a
21	20	7	Person21@shop.example	Person 21	2787.50	\\xc7275c106bbcf51180fa445ebde5a40500ff5c0a
22	30	7	Person22@shop.example	Person 22	2825.00	\\x25924fe70658cc9249fc9d4fb26bdf1700ff5c0a
23	40	8	Person23@shop.example	Person 23	2862.50	\\x5e188870f11877cd38b537fc29a2719e00ff5c0a
24	10	8	\N	Person 24	2900.00	\\xa7eaf42038f332c36391103d80fc23da00ff5c0a
\.


--
-- Data for Name: sublets; Type: TABLE DATA; Schema: shop; Owner: sample_owner
--

COPY shop.sublets (shop_id, valid, to_whom) FROM stdin;
10	[2021-01-01,2022-01-01)	a bakery
\.


--
-- Name: It's a sequence; Type: SEQUENCE SET; Schema: odd "names" & more; Owner: postgres
--

SELECT pg_catalog.setval('"odd ""names"" & more"."It''s a sequence"', 1, false);


--
-- Name: a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq; Type: SEQUENCE SET; Schema: odd "names" & more; Owner: postgres
--

SELECT pg_catalog.setval('"odd ""names"" & more".a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq', 1, false);


--
-- Name: countdown; Type: SEQUENCE SET; Schema: shop; Owner: sample_owner
--

SELECT pg_catalog.setval('shop.countdown', -7, false);


--
-- Name: products_product_id_seq; Type: SEQUENCE SET; Schema: shop; Owner: sample_owner
--

SELECT pg_catalog.setval('shop.products_product_id_seq', 500, false);


--
-- Name: receipt_no; Type: SEQUENCE SET; Schema: shop; Owner: sample_owner
--

SELECT pg_catalog.setval('shop.receipt_no', 1230, true);


--
-- Name: shops_shop_id_seq; Type: SEQUENCE SET; Schema: shop; Owner: sample_owner
--

SELECT pg_catalog.setval('shop.shops_shop_id_seq', 40, true);


--
-- Name: staff_staff_id_seq; Type: SEQUENCE SET; Schema: shop; Owner: sample_owner
--

SELECT pg_catalog.setval('shop.staff_staff_id_seq', 24, true);


--
-- Name: visits; Type: SEQUENCE SET; Schema: shop; Owner: sample_owner
--

SELECT pg_catalog.setval('shop.visits', 1, false);


--
-- Name: 410001; Type: BLOB METADATA; Schema: -; Owner: sample_owner
--

SELECT pg_catalog.lo_create('410001');

ALTER LARGE OBJECT 410001 OWNER TO sample_owner;

--
-- Name: LARGE OBJECT 410001; Type: COMMENT; Schema: -; Owner: sample_owner
--

COMMENT ON LARGE OBJECT 410001 IS 'a letter; it''s short';


--
-- Name: 410002..410004; Type: BLOB METADATA; Schema: -; Owner: sample_owner
--

SELECT pg_catalog.lo_create('410002');
SELECT pg_catalog.lo_create('410004');

ALTER LARGE OBJECT 410002 OWNER TO sample_owner;
ALTER LARGE OBJECT 410004 OWNER TO sample_owner;

--
-- Name: 410003; Type: BLOB METADATA; Schema: -; Owner: sample_manager
--

SELECT pg_catalog.lo_create('410003');

ALTER LARGE OBJECT 410003 OWNER TO sample_manager;

--
-- Name: 410005; Type: BLOB METADATA; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('410005');

ALTER LARGE OBJECT 410005 OWNER TO postgres;

--
-- Name: LARGE OBJECT 410005; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON LARGE OBJECT 410005 IS 'all the awkward bytes';


--
-- Data for Name: 410001; Type: BLOBS; Schema: -; Owner: sample_owner
--

BEGIN;

SELECT pg_catalog.lo_open('410001', 131072);
SELECT pg_catalog.lowrite(0, '\x41206c65747465722c206e6f7420636f6d707265737365642e');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Data for Name: 410002..410004; Type: BLOBS; Schema: -; Owner: sample_owner
--

BEGIN;

SELECT pg_catalog.lo_open('410002', 131072);
SELECT pg_catalog.lo_close(0);

SELECT pg_catalog.lo_open('410004', 131072);
SELECT pg_catalog.lowrite(0, '\x5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a5468652073616d65206c696e65206f76657220616e64206f7665722e0a');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Data for Name: 410003; Type: BLOBS; Schema: -; Owner: sample_manager
--

BEGIN;

SELECT pg_catalog.lo_open('410003', 131072);
SELECT pg_catalog.lowrite(0, '\xc4ca4238a0b923820dcc509a6f75849bc81e728d9d4c2f636f067f89cc14862ceccbc87e4b5ce2fe28308fd9f2a7baf3a87ff679a2f3e71d9181a67b7542122ce4da3b7fbbce2345d7772b0674a318d51679091c5a880faf6fb5e6087eb1b2dc8f14e45fceea167a5a36dedd4bea2543c9f0f895fb98ab9159f51fd0297e236d45c48cce2e2d7fbdea1afc51c7c6ad26d3d9446802a44259755d38e6d163e8206512bd43d9caa6e02c990b0a82652dcac20ad4d76fe97759aa27a0c99bff6710c51ce410c124a10e0db5e4b97fc2af39aab3238922bcc25a6f606eb525ffdc569bf31c7ff062936a96d3c8bd1f8f2ff3c74d97b01eae257e44aa9d5bade97baf70efdf2ec9b086079795c442636b55fb6f4922f45568161a8cdf4ad2299f6d231f0e3dad99908345f7439f8ffabdffc498f13708210194c475687be6106a3b843c59dc048e8850243be8079a5c74d079b6d767d2f8ed5d21a44b0e5886680cb937693cfc748049e45d87b8c7d8b9aacd1ff1de774005f8da13f42943881c655f8e296a067a37563370ded05f5a3bf3ec4e732ced3463d06de0ca9a15b615367702e74f10e0327ad868d138f2b4fdd6f033e75ff09dd601bbe69f3510391521896ea9ab1baa0efb9e19094440c317e21b34173cb38f07f89ddbebc2ac9128303fc16a5320fa475530d9583c34fd356ef56364d3f0f495b6ab9dcf8d3b5c6e0b01182be0c5cdcd5072bb1864cdee4d3d6ee369853df766fa44e1ed0ff613f563bd1c383cd30b7c298ab50293adfecb7b1819ca14e7ea6328a42e0eb13d585e4c22a5bfc9e07964f8dddeb95fc584cd965da5771bce93e200c36f7cd9dfd0e5deaad67d8ab4f4c10bf22aa353e27879133cd645920e395fedad7bbbed0eca3fe2e03416a75f4cea9109507cacd8e2f2aefca1d0c6e83f027327d8461063f4ac58a617e62166fc8586dfa4d1bc0e1742c08bf7177163c833dff4b38fc8d2872f1ec66c8349cc7260ae62e3b1396831a8398fd9d4f495e875a2e075a1a4a6e1b9770f67c6a1e7ce56d3d6fa748ab6d9af3fd7642e92efb79421734881b53e1e1b18b6f457c545a9ded88f18ecee47145a72c0c0c7c76d30bd3dcaefc96f40275bdc0a2838023a778dfaecdc212708f721b7889a1158154dfa42caddbd0694a4e9bdc8d82c8d1619ad8176d665453cfb2e55f0a684eceee76fc522773286a895bc8436b53b3a3d6ab90ce0268229151c9bde119f61408e3afb633e50cdf1b20de6f46672b32a1f754ba1c09b3695e0cb6cde7f66f041e16a60928b05a7e228a89c3799093f65e080a295f8076b1c5722a46aa2072b030ba126b2f4b2374f342be9ed447f39f8317fbdb1988ef4c628eba0259144f683a84163b3523afe57c2e008bc8c03afdbd66e7929b125f8597834fa83a4ea5d2f1c4608232e07d3aa3d998e5135fc490ca45c00b1249bbe3554a4fdf6fb3295c76acbf4caaed33c36b1b5fc2cb1735b90b4568125ed6c3f678819b6e058a3f390d88e4c41f2747bfa2f1b5f87db14bfa6bb14875e45bba028a21ed380467cbbc409ec990f19c78c75bd1e06f215e2c420d928d4bf8ce0ff2ec19b37151432bb90e8976aab5298d5da10fe66f21dd2ddea18f00665ce8623e36bd4e3c7c5ad61ab143223efbc24c7d2583be69251d09bf41544a3365a46c9077ebb5e35c3fbd7939d674997cdb4692d34de8633c428dd2c7955ce926456240b2ff0100bde35f4a8d465e6e1edc05f3d8ab658c551d1fe173d08e959397adf34b1d77e88d7f033ab37c30201f73f142449d037028d43ec517d68b6edd3015b3edc9a11367b9778d5d219c5080b9a6a17bef029331cfe9fc289c3ff0af142b6d3bead98a92368d30a9594728bc39aa24be94b319d213ef815416f775098fe977004015c619393db85ed909c13838ff95ccfa94cebd9c7e1249ffc03eb9ded908c236bd1996d2a38a4a9316c49e5a833517c45d310707647966b7343c29048673252e490f7368613985ec49eb8f757ae6439e879bb2a54229abfcfa5649e7003b83dd475529492cc227532d17e56e07902b254dfad1098dce83da57b0395e163467c9dae521bf4b9ec30ad9f68f89b29639786cb62ef812b4ba287f5ee0bc9d43bbf5bbe87fb26657d5ff9020d2abefe558796b99584e2ef524fbf3d9fe611d5a8e90fefdc9ced3d2c21991e3bef5e069713af9fa6caac627ab1ccbdb62ec96e702f07f6425bf899139df5e1059396431415e770c6dd38b3eff8baf56627478ec76a704e9b52ec8956637a99787bd197eacd77acce5e6974ce5ac660610b44d9b9fed0ff9548c9e1074f5b3f9fc8ea15d152add0729465b9eea6e1cc6bb9f0cd2a47751a186ff0935e4cd5920aa6c7c996a5ee53a70fa97da629b098b75c294dffdc3e463904a3c65c2974270fd093ee8a9bf8ae7d0b2723d092b63885e0d7c260cc007e8b9d5f93f983524def3dca464469d2cf9f3e698d51a19d8a121ce581499d7b7016687f6ffaa6bb0b408017b62254211691b573278a4a86960eeb576a8fd4c9ec69975fd0b37cd7dbbb00f97ba6ce92bf5add2b44928ae11fb9384c4cf38708677c48c45147dee729311ef5b5c3003946c48feb160de1de89d9058fcb0b968dbbbd685ef059938ba799aaa845e1c2e8a762bd07e1cd7dca89a1678042477183b7ac3fda4fb5c6e93e74d3df8527599fa626424c56ff4ce4aaf9573aa5dff913df997aa0a080f42e6f13b3a2df133f073095dd202cb962ac59075b964b07152d234b70c8ffe9a587b126f152ed3d89a146b4453def184ad8f4755ff269862ea77393dd069059b7ef840f0c74a814ec9237b6ecec5decca5ed3d6b8079e2e7e7bacc9f276dc611d6ebaafc66cc0879c71b5db5cd1f491a404d6854880943e5c3cd9ca259b8619251a19057cff70779273e95aa61afa34a7f984eeabdbb0a7d494132ee565ded5353c5ee48d0b7d48c591b8f4309fc3d7152ba9336a670e36d0ed79bc4302522a2b2726fb0a03bb19f2d8d9524d7f1de29e6da19d22b51c68001e7e0e5442a0e188f5033bc65bf8d78622277c4e3988c7f88ebcb58c6ce932b957b6f332013d407166ec4fa56eb1e1f8cbe183b9e00da03b685a0dd18fb6a08af0923de01385974ed5904a438616ff7bdb3f74390f28b5d49b3020afeecd95b4009adf4ca8baa56554f96369ab93e4f3bb068c22903ce9225fca3e988c2af215d4e544d30a09c8844ba8f0936c20bd791130d6b62b24d495052a8ce66358eb576b8912c8a5e00132373a7031000fd987a3c9f87b8d5e957f297893487bd98fa830fa641347d1e990583c9c67424d369f3414728ef2217062e9a397a1dca429e7d70bc6ca7ef605fc8dba5425d6965fbd4c8fbe1fa8f15eda80c50adb0e71943adc8015cf37a749d808e46495a8da1e5352d03caeb3e3e393c77e35a4a3f3cbd1e429b5dc1d7f7abc18fcb43975065399b0d1e48e2a79ea27c279e471f4d180b08d62b00a1c9ac0159c94d8d0cbedc973445af2da6c4b761a28b734fe93831e3fb400ce8706409663226af2f3114485aa4e0a23b4140f6969d5213fd0ece03148e62e461eb73ce398c39f506af761d2277d853a92bd4c9ab730f5513206b999ec0d90d1fb82aa4b0af34c2313a562076992e50aa30777d5c17d4066b82ab86dff8a46af6ffa7cdfad1a5aaf8370ebeda47a1ff1c39766527f2b5d3e95d4a733fcfb77bd7e7e7757b1e12abcb736ab9a754ffb617a5878a7ab84fb43402106c575658472fa006f52e9102a8d3be2fe5614f42ba9893636638817772e42b59d74cff571fbb3149e9677a5989fd342ae44213df68868a4a042cf4fd6bfb47701cbc8a1653ada1ff8a7b5dc7a7d1f0ed65aaa29c04b1ef7e6c85504ce6e82442c770f7c8606f0bf8229696f7a3bb4700cfddef19fa23f82161242827b703e6acf9c726942a1e438af86134b65d0f10fe33d30dd76442e96da2f590cd7246bbde0051047b0d6f78f85517967795eeef66c225f7883bdcb8f53295a73878494e9bc8dd6c3c7104f045117b0e0a11a242b9765e79cbf113ffc221309746013ac554571fbd180e1c84c5bde74a8f110656874902f07378009cedebb6e872f539bef8c3f919874e9d76cdd60ea0045eb7a6ec44c54d29ed402eecca5b6365d9607ee5a9d336962c5349872ed9fc22fc182d371c3e9ed31609431fefc0e570cb3860f2a6d4b38c6490d9dcb88e0137649590b755372b040afada2557a7b2e94197ff767970b67041697cfecdb276f634854f3ef915e2e980c310aa1883c6411f7873cb83dacb17b0afc58a2fc6ed39fd083f55d4182bf88826dbd686fd640be98efaae0091fa301e613a597e50502f5ff68e3e25b9114205d4a0336dcbab05b9d5ad24f4333c7658a0e084b6fbb10729ed4da8c3d3f5a3ae7c985d8ce590ad8981ca2c8286f79f599540e65972dce68dad4d52d063967f0a70584d9ee44e457ddef7f2c4f25dc8fa8653644a684f98ea8fe223c713b77189a77757b505cfd34c64c85ca5b5690ee5293854d6fae5ee42911677c739ee1734486e2c0be24560d78c5e599c2a9c9d0bbd2274ad4786c3abca69fa097b85867d9a4eae27d77ca20db309e056e3d2dcd7d697eabe3a1649ffa2b3ff8c02ebfd5659f69adc1e107f7f7d035d7baf04342e1ca091d584fced301b442654dd8c23b3fc9b1d10e7bafa4421218a51b1e1f1b0ba26f3ef77ac0e3619e98159e9b6febf557eb163727917cbba1eea208541a643e741534b76d325a8f591b52d302e7181331979d472a84804b9f647bc185a877a8b5ca46c1b9512a7a8315fa3c5a946e82653b8a614226a953a8cd9526fca6fe9ba545fbc6d3e05ebd93369ce542e8f2322d63dc7ed1010d3c3b8269faf0ba7491d4e96ed478dab8595a7dbda4cbcbee168fc0e190d8267e36708f955d7ab048990dec8ce6abb3e952a85b8551ba726a1227060ad92489947d410d897474079c1477bcbe3365e6ac95ea2c0343a2395834dd115f89503138416a242f40fb7d7f338e13fe9d84310e77f13a6d184dbf1232f3d1c38a09acc34845c6be3a127a5aacaf9cfdf10e8fc047a44b08ed031e1f0ed1705f2172834666788607efbfca35afb374db120f0a8e5646ef5a30154e9f6deb57aeee35c98205091e18d1140e9f38cf6da9003b743b65f4c0ccd295cc484e579b04d152845ec0a378394003c96da594be83ab3ecd0db773eb2dc1b0a17836a1e165421110ba03099a1c0393373c5b43289dff07669d7a23de0ef88d2f7129e7577ef1154f3240ad5b9b413aa7346a1e01161aaa0b6d1345dd8fe4e481144d84539fd53b59e3bb12d203f45a912eeaf2ac1dd209cbcc5e5d1c6e28598e8cbbe8555d6702c950ecb729a966504af0a635335f5352088d7d9bf74191e006d8e24cf340f1b1f65b6df5b5e3f94d95b11dafe4a6222cdb5b34375400904f03d8e6a5cb70ab375662576bd1ac5aaf16b3fca49188905e74c28e489b44e954ec0b9bca0266e33d3f546cb5436a10798e657d9738db3aed920cf82ab059bfccbd02be6a3cec07e9ba5f5bb252d13f5f431e4bbb621bf66ddb7c962aa0d22ac97d69b793077e29b11be80ab57e1a2ecabb7da3306c9882bbac1c7093bd2504188127765819f3cd308f1455b3fa09a282e0d496f403c6b06952c750899bb03d998e631860c24cd76e1ce41366a4bbe8a49b02a028c52f1bd66cc19d05628bd8bf27af3ad6fe131d7f5a6b38b23cc967316c13dae2f718499c1c8cef6730f9fd03c8125cabd96409bf894217686ba124d7356686c9502e4a16930e414107ee22b6198c578fcfa0860e83a4c3a763a7e62d825349f7a4f23670e1833f3fdb077ca70bbd5d66b1a59b315fc9a3002ce38bbe070ec3f536660e59856b4de58a219bcf4e27eba38c19f571e251e61cb8dd3612f26d5ecfd6baf65e0b240ce177cf70da146c8dc8e56954b4f6347e897f954495eab16a88f7664060cc52bc6f3d620bcedc94a4b6eda80a3d5b344bc40f3bc04f65b7a3578f121ce07d74717e0b1f21d122e0452106138bc5af6023646ede0e1f7c1eac7539059724f73a9969845dfe4146c5660e7f100b7b36092fb9b06dfb4fac3609317a614fd06c325499f1680b9896beedeb4734ba6f3de83d861c3176a6273cac6dd947bf06a885db0d477d707121934ff863923f49e5241343aa7acb6a06a751e7db8e1af0cb3aca1ae2d001862420452920f07591c6fcb220ffe637cda29bb3f607cdfd23373b17c6b337251c22b7ea57d395771085aab05244a4fb8fd91bf4ee92c8c96e4c37100777c7190b76d28233e3796ae838835da0b6f6ea37bcf8bcb76a9aeddfc689c1d0e3b9ccc3ab651bc50f49c89d1e7298bb9930789c8ed59d4846ba9f2a6976570b0353203ec44742170e01938fc48a2cfb5f2217fbfb00722d16a5cdae362b8d27a1d8f8c7b78b4330918317b57931b6b7a7d29490fe5ec9f948aedb8880cab8c45637abc7493ecddd839ab46820b524afda05122893c2fe8ef90f2aca5c640289d0a29417bcb63a379c838d2e45b2ad1094d42f4ef36764f61700002963a49da13542e0726b7bb75853c3bce66e43be4f209556518c2fcb546883966fd8f918a4aa29be29d2c386fb49182f81e6a13cf5eaa496d51fea6406d296c101daa88a51f6ca8cfc1ac79b509fd81843ad7f202f26c1a174c735758526e359e83860db1d11b6acca57d8ea88ef0d3930a7b6c95bd2b32ed45989c61f94f6d7e04a4d452035300f18b984988c');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Data for Name: 410005; Type: BLOBS; Schema: -; Owner: postgres
--

BEGIN;

SELECT pg_catalog.lo_open('410005', 131072);
SELECT pg_catalog.lowrite(0, '\x5c27220a0d0009ff');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Name: two lines two lines_pkey; Type: CONSTRAINT; Schema: odd "names" & more; Owner: sample Büro "7"
--

ALTER TABLE ONLY "odd ""names"" & more"."two
lines"
    ADD CONSTRAINT "two
lines_pkey" PRIMARY KEY ("col
-- umn");


--
-- Name: addresses addresses_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.addresses
    ADD CONSTRAINT addresses_pkey PRIMARY KEY (postcode);


--
-- Name: price affordable; Type: CHECK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER DOMAIN shop.price
    ADD CONSTRAINT affordable CHECK ((VALUE < (100000)::numeric)) NOT VALID;


--
-- Name: baskets baskets_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.baskets
    ADD CONSTRAINT baskets_pkey PRIMARY KEY (basket_id);


--
-- Name: products blurb_given; Type: CHECK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE shop.products
    ADD CONSTRAINT blurb_given CHECK ((blurb IS NOT NULL)) NOT ENFORCED;


--
-- Name: films films_media_id_key; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.films
    ADD CONSTRAINT films_media_id_key UNIQUE (media_id);


--
-- Name: leases leases_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (shop_id, valid WITHOUT OVERLAPS);


--
-- Name: many_types many_types_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.many_types
    ADD CONSTRAINT many_types_pkey PRIMARY KEY (id);


--
-- Name: media media_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.media
    ADD CONSTRAINT media_pkey PRIMARY KEY (media_id);


--
-- Name: staff named; Type: CHECK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE shop.staff
    ADD CONSTRAINT named CHECK ((name <> ''::text)) NOT VALID;


--
-- Name: rooms one_at_a_time; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.rooms
    ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (room WITH =, during WITH &&) WHERE ((who <> 'cat'::text)) DEFERRABLE;


--
-- Name: CONSTRAINT one_at_a_time ON rooms; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON CONSTRAINT one_at_a_time ON shop.rooms IS 'cats excepted';


--
-- Name: order_lines order_lines_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.order_lines
    ADD CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, line);


--
-- Name: order_lines_0 order_lines_0_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.order_lines_0
    ADD CONSTRAINT order_lines_0_pkey PRIMARY KEY (order_id, line);


--
-- Name: order_lines_1 order_lines_1_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.order_lines_1
    ADD CONSTRAINT order_lines_1_pkey PRIMARY KEY (order_id, line);


--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- Name: orders_2025_01 orders_2025_01_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders_2025_01
    ADD CONSTRAINT orders_2025_01_pkey PRIMARY KEY (order_id, placed_on, channel);

ALTER TABLE shop.orders_2025_01 CLUSTER ON orders_2025_01_pkey;


--
-- Name: orders_2025_02 orders_2025_02_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders_2025_02
    ADD CONSTRAINT orders_2025_02_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- Name: orders_2025_02_counter orders_2025_02_counter_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders_2025_02_counter
    ADD CONSTRAINT orders_2025_02_counter_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- Name: orders_2025_02_other orders_2025_02_other_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders_2025_02_other
    ADD CONSTRAINT orders_2025_02_other_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- Name: orders_2025_03 orders_2025_03_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders_2025_03
    ADD CONSTRAINT orders_2025_03_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- Name: orders_rest orders_rest_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.orders_rest
    ADD CONSTRAINT orders_rest_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- Name: products products_isbn_key; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.products
    ADD CONSTRAINT products_isbn_key UNIQUE NULLS NOT DISTINCT (isbn);


--
-- Name: products products_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (product_id);


--
-- Name: rooms rooms_key; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.rooms
    ADD CONSTRAINT rooms_key UNIQUE (room, during) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: products shelved; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE shop.products
    ADD CONSTRAINT shelved NOT NULL shelf NOT VALID;


--
-- Name: shops shops_name_key; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.shops
    ADD CONSTRAINT shops_name_key UNIQUE (name);


--
-- Name: shops shops_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.shops
    ADD CONSTRAINT shops_pkey PRIMARY KEY (shop_id);


--
-- Name: staff staff_email_key; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.staff
    ADD CONSTRAINT staff_email_key UNIQUE (email) INCLUDE (name);

ALTER TABLE shop.staff CLUSTER ON staff_email_key;


--
-- Name: staff staff_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (staff_id);


--
-- Name: Sp ace; DROP TABLE x; --; Type: INDEX; Schema: odd "names" & more; Owner: postgres
--

CREATE INDEX "Sp ace; DROP TABLE x; --" ON "odd ""names"" & more"."table" USING btree ("Sp ace", "semi;colon");


--
-- Name: monthly_month; Type: INDEX; Schema: report; Owner: sample_manager
--

CREATE UNIQUE INDEX monthly_month ON report.monthly USING btree (month);

ALTER TABLE report.monthly CLUSTER ON monthly_month;


--
-- Name: orders_open; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX orders_open ON ONLY shop.orders USING btree (status) WHERE (status <> 'delivered'::shop.order_status);


--
-- Name: open_january; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX open_january ON shop.orders_2025_01 USING btree (status) WHERE (status <> 'delivered'::shop.order_status);


--
-- Name: orders_customer; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX orders_customer ON ONLY shop.orders USING btree (customer, placed_on);


--
-- Name: INDEX orders_customer; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON INDEX shop.orders_customer IS 'on each partition';


--
-- Name: orders_2025_01_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX orders_2025_01_customer_placed_on_idx ON shop.orders_2025_01 USING btree (customer, placed_on);


--
-- Name: orders_2025_02_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX orders_2025_02_customer_placed_on_idx ON ONLY shop.orders_2025_02 USING btree (customer, placed_on);


--
-- Name: orders_2025_02_counter_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX orders_2025_02_counter_customer_placed_on_idx ON shop.orders_2025_02_counter USING btree (customer, placed_on);


--
-- Name: orders_2025_02_other_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX orders_2025_02_other_customer_placed_on_idx ON shop.orders_2025_02_other USING btree (customer, placed_on);


--
-- Name: orders_2025_03_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX orders_2025_03_customer_placed_on_idx ON shop.orders_2025_03 USING btree (customer, placed_on);


--
-- Name: orders_rest_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX orders_rest_customer_placed_on_idx ON shop.orders_rest USING btree (customer, placed_on);


--
-- Name: other_heap_n; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE UNIQUE INDEX other_heap_n ON shop.other_heap USING btree (n);

ALTER TABLE ONLY shop.other_heap REPLICA IDENTITY USING INDEX other_heap_n;


--
-- Name: products_details; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX products_details ON shop.products USING gin (details jsonb_path_ops) WITH (fastupdate=off);


--
-- Name: products_hash; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX products_hash ON shop.products USING hash (title);


--
-- Name: products_lower; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX products_lower ON shop.products USING btree (lower(title) text_pattern_ops, price DESC NULLS LAST) INCLUDE (product_id) WITH (fillfactor='70') WHERE ((price)::numeric > (10)::numeric);


--
-- Name: products_shelf; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX products_shelf ON shop.products USING btree (shelf);


--
-- Name: products_title_trgm; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX products_title_trgm ON shop.products USING gin (title extensions.gin_trgm_ops);


--
-- Name: INDEX products_title_trgm; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON INDEX shop.products_title_trgm IS 'finds "Moby Dik"';


--
-- Name: products_vat_brin; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX products_vat_brin ON shop.products USING brin (vat) WITH (pages_per_range='16');


--
-- Name: products_words; Type: INDEX; Schema: shop; Owner: sample_owner
--

CREATE INDEX products_words ON shop.products USING gin (to_tsvector('shop.titles'::regconfig, title));
ALTER INDEX shop.products_words ALTER COLUMN 1 SET STATISTICS 400;


--
-- Name: open_january; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_open ATTACH PARTITION shop.open_january;


--
-- Name: order_lines_0_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.order_lines_pkey ATTACH PARTITION shop.order_lines_0_pkey;


--
-- Name: order_lines_1_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.order_lines_pkey ATTACH PARTITION shop.order_lines_1_pkey;


--
-- Name: orders_2025_01_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_customer ATTACH PARTITION shop.orders_2025_01_customer_placed_on_idx;


--
-- Name: orders_2025_01_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_pkey ATTACH PARTITION shop.orders_2025_01_pkey;


--
-- Name: orders_2025_02_counter_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_2025_02_customer_placed_on_idx ATTACH PARTITION shop.orders_2025_02_counter_customer_placed_on_idx;


--
-- Name: orders_2025_02_counter_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_2025_02_pkey ATTACH PARTITION shop.orders_2025_02_counter_pkey;


--
-- Name: orders_2025_02_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_customer ATTACH PARTITION shop.orders_2025_02_customer_placed_on_idx;


--
-- Name: orders_2025_02_other_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_2025_02_customer_placed_on_idx ATTACH PARTITION shop.orders_2025_02_other_customer_placed_on_idx;


--
-- Name: orders_2025_02_other_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_2025_02_pkey ATTACH PARTITION shop.orders_2025_02_other_pkey;


--
-- Name: orders_2025_02_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_pkey ATTACH PARTITION shop.orders_2025_02_pkey;


--
-- Name: orders_2025_03_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_customer ATTACH PARTITION shop.orders_2025_03_customer_placed_on_idx;


--
-- Name: orders_2025_03_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_pkey ATTACH PARTITION shop.orders_2025_03_pkey;


--
-- Name: orders_rest_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_customer ATTACH PARTITION shop.orders_rest_customer_placed_on_idx;


--
-- Name: orders_rest_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
--

ALTER INDEX shop.orders_pkey ATTACH PARTITION shop.orders_rest_pkey;


--
-- Name: products_expr; Type: STATISTICS; Schema: shop; Owner: sample_owner
--

CREATE STATISTICS shop.products_expr ON lower(title), (price::numeric * 2::numeric) FROM shop.products;


ALTER STATISTICS shop.products_expr OWNER TO sample_owner;

--
-- Name: products_mcv; Type: STATISTICS; Schema: shop; Owner: sample_owner
--

CREATE STATISTICS shop.products_mcv (mcv) ON title, price FROM shop.products;


ALTER STATISTICS shop.products_mcv OWNER TO sample_owner;

--
-- Name: products_stats; Type: STATISTICS; Schema: shop; Owner: sample_owner
--

CREATE STATISTICS shop.products_stats (ndistinct, dependencies) ON vat, weight_g FROM shop.products;
ALTER STATISTICS shop.products_stats SET STATISTICS 50;


ALTER STATISTICS shop.products_stats OWNER TO sample_owner;

--
-- Name: STATISTICS products_stats; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON STATISTICS shop.products_stats IS 'heavy books cost more';


--
-- Name: product_sales _RETURN; Type: RULE; Schema: shop; Owner: sample_owner
--

CREATE OR REPLACE VIEW shop.product_sales AS
 SELECT p.product_id,
    p.title,
    p.price,
    count(l.line) AS sold
   FROM (shop.products p
     LEFT JOIN shop.order_lines l USING (product_id))
  GROUP BY p.product_id;


--
-- Name: other_heap also; Type: RULE; Schema: shop; Owner: sample_owner
--

CREATE RULE also AS
    ON UPDATE TO shop.other_heap
   WHERE (new.n > 5) DO ( DELETE FROM shop.clicks
  WHERE (clicks.n = old.n);
 UPDATE shop.media SET label = 'a;b'::text
  WHERE (media.media_id = old.n);
);
ALTER TABLE shop.other_heap DISABLE RULE also;


--
-- Name: refunds keep_refunds; Type: RULE; Schema: shop; Owner: sample_owner
--

CREATE RULE keep_refunds AS
    ON DELETE TO shop.refunds DO INSTEAD NOTHING;


--
-- Name: RULE keep_refunds ON refunds; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON RULE keep_refunds ON shop.refunds IS 'for the tax office';


--
-- Name: products a_trim; Type: TRIGGER; Schema: shop; Owner: sample_owner
--

CREATE TRIGGER a_trim BEFORE INSERT OR UPDATE OF title, price ON shop.products FOR EACH ROW WHEN ((new.title IS NOT NULL)) EXECUTE FUNCTION shop.trim_title();


--
-- Name: TRIGGER a_trim ON products; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON TRIGGER a_trim ON shop.products IS 'no blanks around titles';


--
-- Name: products b_disabled; Type: TRIGGER; Schema: shop; Owner: sample_owner
--

CREATE TRIGGER b_disabled AFTER DELETE ON shop.products FOR EACH ROW EXECUTE FUNCTION shop.note_change('with', 'arguments; ''quoted''');

ALTER TABLE shop.products DISABLE TRIGGER b_disabled;


--
-- Name: products c_always; Type: TRIGGER; Schema: shop; Owner: sample_owner
--

CREATE TRIGGER c_always BEFORE INSERT ON shop.products FOR EACH ROW EXECUTE FUNCTION shop.note_change();

ALTER TABLE shop.products ENABLE ALWAYS TRIGGER c_always;


--
-- Name: products d_replica; Type: TRIGGER; Schema: shop; Owner: sample_owner
--

CREATE TRIGGER d_replica AFTER UPDATE ON shop.products REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION shop.note_change();

ALTER TABLE shop.products ENABLE REPLICA TRIGGER d_replica;


--
-- Name: products e_checked; Type: TRIGGER; Schema: shop; Owner: sample_owner
--

CREATE CONSTRAINT TRIGGER e_checked AFTER INSERT ON shop.products DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.note_change();


--
-- Name: orders each_partition; Type: TRIGGER; Schema: shop; Owner: sample_owner
--

CREATE TRIGGER each_partition AFTER INSERT ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.note_change();


--
-- Name: orders_2025_01 each_partition; Type: TRIGGER; Schema: shop; Owner: sample_owner
--


ALTER TABLE shop.orders_2025_01 DISABLE TRIGGER each_partition;


--
-- Name: products f_truncated; Type: TRIGGER; Schema: shop; Owner: sample_owner
--

CREATE TRIGGER f_truncated AFTER TRUNCATE ON shop.products FOR EACH STATEMENT EXECUTE FUNCTION shop.note_change();


--
-- Name: best_sellers instead; Type: TRIGGER; Schema: shop; Owner: sample_owner
--

CREATE TRIGGER instead INSTEAD OF UPDATE ON shop.best_sellers FOR EACH ROW EXECUTE FUNCTION shop.note_change();


--
-- Name: table table_order_fkey; Type: FK CONSTRAINT; Schema: odd "names" & more; Owner: postgres
--

ALTER TABLE ONLY "odd ""names"" & more"."table"
    ADD CONSTRAINT table_order_fkey FOREIGN KEY ("order") REFERENCES "odd ""names"" & more"."two
lines"("col
-- umn");


--
-- Name: order_lines order_lines_order_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE shop.order_lines
    ADD CONSTRAINT order_lines_order_fkey FOREIGN KEY (order_id, placed_on, channel) REFERENCES shop.orders(order_id, placed_on, channel) ON DELETE CASCADE;


--
-- Name: order_lines order_lines_product_id_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE shop.order_lines
    ADD CONSTRAINT order_lines_product_id_fkey FOREIGN KEY (product_id) REFERENCES shop.products(product_id);


--
-- Name: orders orders_shop_id_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE shop.orders
    ADD CONSTRAINT orders_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shop.shops(shop_id);


--
-- Name: refunds refunds_hoped; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.refunds
    ADD CONSTRAINT refunds_hoped FOREIGN KEY (line) REFERENCES shop.shops(shop_id) NOT ENFORCED;


--
-- Name: refunds refunds_order_id_line_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.refunds
    ADD CONSTRAINT refunds_order_id_line_fkey FOREIGN KEY (order_id, line) REFERENCES shop.order_lines(order_id, line);


--
-- Name: shops shops_manager_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.shops
    ADD CONSTRAINT shops_manager_fkey FOREIGN KEY (manager_id) REFERENCES shop.staff(staff_id) MATCH FULL DEFERRABLE;


--
-- Name: staff staff_boss_id_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.staff
    ADD CONSTRAINT staff_boss_id_fkey FOREIGN KEY (boss_id) REFERENCES shop.staff(staff_id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: staff staff_shop_id_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.staff
    ADD CONSTRAINT staff_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shop.shops(shop_id) ON UPDATE CASCADE ON DELETE SET NULL;


--
-- Name: sublets sublets_lease; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
--

ALTER TABLE ONLY shop.sublets
    ADD CONSTRAINT sublets_lease FOREIGN KEY (shop_id, PERIOD valid) REFERENCES shop.leases(shop_id, PERIOD valid);


--
-- Name: staff everything; Type: POLICY; Schema: shop; Owner: sample_owner
--

CREATE POLICY everything ON shop.staff TO sample_auditor USING (true) WITH CHECK (false);


--
-- Name: orders insert_only; Type: POLICY; Schema: shop; Owner: sample_owner
--

CREATE POLICY insert_only ON shop.orders FOR INSERT WITH CHECK ((shop_id IN ( SELECT shops.shop_id
   FROM shop.shops)));


--
-- Name: orders not at night; "never"; Type: POLICY; Schema: shop; Owner: sample_owner
--

CREATE POLICY "not at night; ""never""" ON shop.orders AS RESTRICTIVE FOR UPDATE USING ((placed_on > '2025-01-01'::date)) WITH CHECK ((status <> 'new'::shop.order_status));


--
-- Name: orders; Type: ROW SECURITY; Schema: shop; Owner: sample_owner
--

ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;

--
-- Name: staff own_row; Type: POLICY; Schema: shop; Owner: sample_owner
--

CREATE POLICY own_row ON shop.staff FOR SELECT TO sample_manager, sample_clerk USING ((email OPERATOR(extensions.=) (CURRENT_USER)::extensions.citext));


--
-- Name: POLICY own_row ON staff; Type: COMMENT; Schema: shop; Owner: sample_owner
--

COMMENT ON POLICY own_row ON shop.staff IS 'nobody sees the others'' salaries';


--
-- Name: staff; Type: ROW SECURITY; Schema: shop; Owner: sample_owner
--

ALTER TABLE shop.staff ENABLE ROW LEVEL SECURITY;

--
-- Name: sample_all; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION sample_all FOR ALL TABLES WITH (publish = 'insert, update');


ALTER PUBLICATION sample_all OWNER TO postgres;

--
-- Name: sample_columns; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION sample_columns WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION sample_columns OWNER TO postgres;

--
-- Name: sample_schema; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION sample_schema WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION sample_schema OWNER TO postgres;

--
-- Name: sample_some; Type: PUBLICATION; Schema: -; Owner: sample_manager
--

CREATE PUBLICATION sample_some WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);


ALTER PUBLICATION sample_some OWNER TO sample_manager;

--
-- Name: PUBLICATION sample_some; Type: COMMENT; Schema: -; Owner: sample_manager
--

COMMENT ON PUBLICATION sample_some IS 'for the web shop';


--
-- Name: sample_schema film_games; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
--

ALTER PUBLICATION sample_schema ADD TABLE ONLY shop.film_games;


--
-- Name: sample_schema films; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
--

ALTER PUBLICATION sample_schema ADD TABLE ONLY shop.films;


--
-- Name: sample_schema games; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
--

ALTER PUBLICATION sample_schema ADD TABLE ONLY shop.games;


--
-- Name: sample_schema media; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
--

ALTER PUBLICATION sample_schema ADD TABLE ONLY shop.media;


--
-- Name: sample_some orders; Type: PUBLICATION TABLE; Schema: shop; Owner: sample_manager
--

ALTER PUBLICATION sample_some ADD TABLE ONLY shop.orders;


--
-- Name: sample_columns products; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
--

ALTER PUBLICATION sample_columns ADD TABLE ONLY shop.products WHERE ((product_id > 10));


--
-- Name: sample_some products; Type: PUBLICATION TABLE; Schema: shop; Owner: sample_manager
--

ALTER PUBLICATION sample_some ADD TABLE ONLY shop.products;


--
-- Name: sample_columns shops; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
--

ALTER PUBLICATION sample_columns ADD TABLE ONLY shop.shops (shop_id, name);


--
-- Name: sample_schema report; Type: PUBLICATION TABLES IN SCHEMA; Schema: report; Owner: postgres
--

ALTER PUBLICATION sample_schema ADD TABLES IN SCHEMA report;


--
-- Name: SCHEMA extensions; Type: ACL; Schema: -; Owner: postgres
--

GRANT USAGE ON SCHEMA extensions TO PUBLIC;


--
-- Name: SCHEMA report; Type: ACL; Schema: -; Owner: sample_manager
--

GRANT USAGE ON SCHEMA report TO sample_clerk;
GRANT USAGE ON SCHEMA report TO sample_auditor;
GRANT CREATE ON SCHEMA report TO sample_auditor WITH GRANT OPTION;


--
-- Name: SCHEMA shop; Type: ACL; Schema: -; Owner: sample_owner
--

GRANT USAGE ON SCHEMA shop TO sample_manager;
GRANT USAGE ON SCHEMA shop TO sample_clerk;
GRANT USAGE ON SCHEMA shop TO sample_auditor;


--
-- Name: LANGUAGE sample_plpgsql; Type: ACL; Schema: -; Owner: sample_owner
--

GRANT ALL ON LANGUAGE sample_plpgsql TO sample_clerk;


--
-- Name: TYPE address; Type: ACL; Schema: shop; Owner: sample_owner
--

REVOKE ALL ON TYPE shop.address FROM PUBLIC;


--
-- Name: TYPE isbn; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT ALL ON TYPE shop.isbn TO sample_auditor WITH GRANT OPTION;


--
-- Name: TYPE order_status; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT ALL ON TYPE shop.order_status TO sample_clerk;


--
-- Name: FUNCTION show_limit(); Type: ACL; Schema: extensions; Owner: postgres
--

REVOKE ALL ON FUNCTION extensions.show_limit() FROM PUBLIC;
GRANT ALL ON FUNCTION extensions.show_limit() TO sample_clerk;


--
-- Name: TABLE orders; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT ALL ON TABLE shop.orders TO sample_manager;


--
-- Name: COLUMN orders.order_id; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT SELECT(order_id),REFERENCES(order_id) ON TABLE shop.orders TO sample_clerk WITH GRANT OPTION;


--
-- Name: COLUMN orders.status; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT SELECT(status) ON TABLE shop.orders TO sample_clerk WITH GRANT OPTION;
SET SESSION AUTHORIZATION sample_clerk;
GRANT SELECT(status) ON TABLE shop.orders TO sample_auditor;
RESET SESSION AUTHORIZATION;


--
-- Name: COLUMN orders.remark; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT INSERT(remark) ON TABLE shop.orders TO sample_clerk WITH GRANT OPTION;


--
-- Name: FUNCTION restock(INOUT product integer, pieces integer, OUT total bigint, OUT "who did it" text); Type: ACL; Schema: shop; Owner: sample_owner
--

REVOKE ALL ON FUNCTION shop.restock(INOUT product integer, pieces integer, OUT total bigint, OUT "who did it" text) FROM PUBLIC;
GRANT ALL ON FUNCTION shop.restock(INOUT product integer, pieces integer, OUT total bigint, OUT "who did it" text) TO sample_clerk;


--
-- Name: FUNCTION total_of(numeric); Type: ACL; Schema: shop; Owner: postgres
--

GRANT ALL ON FUNCTION shop.total_of(numeric) TO sample_auditor;


--
-- Name: FOREIGN DATA WRAPPER postgres_fdw; Type: ACL; Schema: -; Owner: postgres
--

GRANT ALL ON FOREIGN DATA WRAPPER postgres_fdw TO sample_owner;


--
-- Name: FOREIGN SERVER warehouse; Type: ACL; Schema: -; Owner: sample_owner
--

GRANT ALL ON FOREIGN SERVER warehouse TO sample_manager WITH GRANT OPTION;


--
-- Name: TABLE "table"; Type: ACL; Schema: odd "names" & more; Owner: postgres
--

GRANT SELECT ON TABLE "odd ""names"" & more"."table" TO "sample Büro ""7""" WITH GRANT OPTION;


--
-- Name: COLUMN "table"."Sp ace"; Type: ACL; Schema: odd "names" & more; Owner: postgres
--

GRANT UPDATE("Sp ace") ON TABLE "odd ""names"" & more"."table" TO "sample Büro ""7""";


--
-- Name: TABLE order_lines; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT ALL ON TABLE shop.order_lines TO sample_manager;


--
-- Name: TABLE monthly; Type: ACL; Schema: report; Owner: sample_manager
--

GRANT SELECT ON TABLE report.monthly TO sample_auditor;


--
-- Name: TABLE best_sellers; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT SELECT ON TABLE shop.best_sellers TO sample_manager;


--
-- Name: TABLE not_yet; Type: ACL; Schema: report; Owner: postgres
--

GRANT SELECT ON TABLE report.not_yet TO sample_auditor;


--
-- Name: TABLE other_heap; Type: ACL; Schema: report; Owner: postgres
--

GRANT SELECT ON TABLE report.other_heap TO sample_auditor;


--
-- Name: TABLE yearly; Type: ACL; Schema: report; Owner: sample_manager
--

GRANT SELECT ON TABLE report.yearly TO sample_auditor;


--
-- Name: TABLE staff; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT MAINTAIN ON TABLE shop.staff TO sample_manager;


--
-- Name: TABLE products; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT SELECT ON TABLE shop.products TO PUBLIC;


--
-- Name: SEQUENCE countdown; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT SELECT,UPDATE ON SEQUENCE shop.countdown TO sample_auditor;


--
-- Name: SEQUENCE receipt_no; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT USAGE ON SEQUENCE shop.receipt_no TO sample_clerk;


--
-- Name: TABLE refunds; Type: ACL; Schema: shop; Owner: sample_owner
--

REVOKE ALL ON TABLE shop.refunds FROM sample_owner;
GRANT TRIGGER,TRUNCATE ON TABLE shop.refunds TO sample_auditor;


--
-- Name: TABLE shops; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT SELECT,INSERT ON TABLE shop.shops TO sample_manager WITH GRANT OPTION;
SET SESSION AUTHORIZATION sample_manager;
GRANT SELECT ON TABLE shop.shops TO sample_clerk WITH GRANT OPTION;
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION sample_clerk;
GRANT SELECT ON TABLE shop.shops TO sample_auditor;
RESET SESSION AUTHORIZATION;


--
-- Name: COLUMN shops.name; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT SELECT(name) ON TABLE shop.shops TO sample_auditor;


--
-- Name: COLUMN shops.place; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT SELECT(place) ON TABLE shop.shops TO sample_auditor;


--
-- Name: COLUMN shops.tags; Type: ACL; Schema: shop; Owner: sample_owner
--

GRANT UPDATE(tags) ON TABLE shop.shops TO sample_auditor;


--
-- Name: LARGE OBJECT 410001; Type: ACL; Schema: -; Owner: sample_owner
--

GRANT SELECT ON LARGE OBJECT 410001 TO sample_clerk;


--
-- Name: LARGE OBJECT 410003; Type: ACL; Schema: -; Owner: sample_manager
--

REVOKE ALL ON LARGE OBJECT 410003 FROM sample_manager;
GRANT ALL ON LARGE OBJECT 410003 TO sample_manager WITH GRANT OPTION;


--
-- Name: DEFAULT PRIVILEGES FOR SEQUENCES; Type: DEFAULT ACL; Schema: shop; Owner: sample_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner IN SCHEMA shop GRANT USAGE ON SEQUENCES TO sample_clerk WITH GRANT OPTION;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: shop; Owner: sample_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner IN SCHEMA shop GRANT SELECT ON TABLES TO sample_auditor;


--
-- Name: DEFAULT PRIVILEGES FOR LARGE OBJECTS; Type: DEFAULT ACL; Schema: -; Owner: sample_manager
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_manager GRANT SELECT ON LARGE OBJECTS TO sample_auditor;


--
-- Name: DEFAULT PRIVILEGES FOR TYPES; Type: DEFAULT ACL; Schema: -; Owner: sample_manager
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_manager GRANT ALL ON TYPES TO sample_clerk;


--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: sample_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;


--
-- Name: DEFAULT PRIVILEGES FOR SCHEMAS; Type: DEFAULT ACL; Schema: -; Owner: sample_manager
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_manager GRANT USAGE ON SCHEMAS TO sample_clerk;


--
-- Name: sample_ddl; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER sample_ddl ON ddl_command_end
         WHEN TAG IN ('CREATE TABLE', 'DROP TABLE')
   EXECUTE FUNCTION shop.note_ddl();


ALTER EVENT TRIGGER sample_ddl OWNER TO postgres;

--
-- Name: EVENT TRIGGER sample_ddl; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON EVENT TRIGGER sample_ddl IS 'who made what';


--
-- Name: sample_drop; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER sample_drop ON sql_drop
   EXECUTE FUNCTION shop.note_ddl();

ALTER EVENT TRIGGER sample_drop DISABLE;


ALTER EVENT TRIGGER sample_drop OWNER TO postgres;

--
-- Name: monthly; Type: MATERIALIZED VIEW DATA; Schema: report; Owner: sample_manager
--

REFRESH MATERIALIZED VIEW report.monthly;


--
-- Name: other_heap; Type: MATERIALIZED VIEW DATA; Schema: report; Owner: postgres
--

REFRESH MATERIALIZED VIEW report.other_heap;


--
-- Name: yearly; Type: MATERIALIZED VIEW DATA; Schema: report; Owner: sample_manager
--

REFRESH MATERIALIZED VIEW report.yearly;


--
-- PostgreSQL database dump complete
--

\unrestrict k

