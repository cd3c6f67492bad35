--
-- PostgreSQL database dump
--

\restrict k

-- Dumped from database version 18.6 (Debian 18.6-3)
-- Dumped by pg_dump version 18.6 (Debian 18.6-3)

-- Started on 2026-11-22 15:36:23 UTC

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

DROP DATABASE IF EXISTS sample;
--
-- TOC entry 4551 (class 1262 OID 16390)
-- Name: sample; Type: DATABASE; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

CREATE DATABASE sample WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = libc LOCALE = 'C';


ALTER DATABASE sample OWNER TO sample_owner;

\unrestrict k
\connect sample
\restrict k

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
-- TOC entry 4552 (class 0 OID 0)
-- Dependencies: 4551
-- Name: DATABASE sample; Type: COMMENT; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON DATABASE sample IS 'A chain of bookshops; it''s only a sample';


--
-- TOC entry 4554 (class 0 OID 0)
-- Name: sample; Type: DATABASE PROPERTIES; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

ALTER DATABASE sample SET search_path TO '$user', 'shop', 'public';
ALTER DATABASE sample SET statement_timeout TO '10min';
ALTER ROLE sample_auditor IN DATABASE sample SET default_transaction_read_only TO 'on';


\unrestrict k
\connect sample
\restrict k

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
-- TOC entry 12 (class 2615 OID 16394)
-- Name: extensions; Type: SCHEMA; Schema: -; Owner: postgres
-- Data Pos: 0
--

CREATE SCHEMA extensions;


ALTER SCHEMA extensions OWNER TO postgres;

--
-- TOC entry 15 (class 2615 OID 18076)
-- Name: odd "names" & more; Type: SCHEMA; Schema: -; Owner: sample Büro "7"
-- Data Pos: 0
--

CREATE SCHEMA "odd ""names"" & more";


ALTER SCHEMA "odd ""names"" & more" OWNER TO "sample Büro ""7""";

--
-- TOC entry 14 (class 2615 OID 16393)
-- Name: report; Type: SCHEMA; Schema: -; Owner: sample_manager
-- Data Pos: 0
--

CREATE SCHEMA report;


ALTER SCHEMA report OWNER TO sample_manager;

--
-- TOC entry 4556 (class 0 OID 0)
-- Dependencies: 14
-- Name: SCHEMA report; Type: COMMENT; Schema: -; Owner: sample_manager
-- Data Pos: 0
--

COMMENT ON SCHEMA report IS 'Read by people,
written by nobody';


--
-- TOC entry 13 (class 2615 OID 16392)
-- Name: shop; Type: SCHEMA; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

CREATE SCHEMA shop;


ALTER SCHEMA shop OWNER TO sample_owner;

--
-- TOC entry 4558 (class 0 OID 0)
-- Dependencies: 13
-- Name: SCHEMA shop; Type: COMMENT; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON SCHEMA shop IS 'What the shops work with';


--
-- TOC entry 294 (class 1255 OID 17527)
-- Dependencies: 13
-- Name: plpgsql_check(oid); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.plpgsql_check(oid) RETURNS void
    LANGUAGE c STRICT
    AS '$libdir/plpgsql', 'plpgsql_validator';


ALTER FUNCTION shop.plpgsql_check(oid) OWNER TO postgres;

--
-- TOC entry 285 (class 1255 OID 17525)
-- Dependencies: 13
-- Name: plpgsql_handler(); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.plpgsql_handler() RETURNS language_handler
    LANGUAGE c
    AS '$libdir/plpgsql', 'plpgsql_call_handler';


ALTER FUNCTION shop.plpgsql_handler() OWNER TO postgres;

--
-- TOC entry 302 (class 1255 OID 17526)
-- Dependencies: 13
-- Name: plpgsql_inline(internal); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.plpgsql_inline(internal) RETURNS void
    LANGUAGE c STRICT
    AS '$libdir/plpgsql', 'plpgsql_inline_handler';


ALTER FUNCTION shop.plpgsql_inline(internal) OWNER TO postgres;

--
-- TOC entry 1493 (class 2612 OID 17528)
-- Dependencies: 294 302 285
-- Name: sample_plpgsql; Type: PROCEDURAL LANGUAGE; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

CREATE TRUSTED PROCEDURAL LANGUAGE sample_plpgsql HANDLER shop.plpgsql_handler INLINE shop.plpgsql_inline VALIDATOR shop.plpgsql_check;


ALTER PROCEDURAL LANGUAGE sample_plpgsql OWNER TO sample_owner;

--
-- TOC entry 3774 (class 3456 OID 17503)
-- Dependencies: 13
-- Name: any_case; Type: COLLATION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE COLLATION shop.any_case (provider = icu, deterministic = false, locale = 'und-u-ks-level2');


ALTER COLLATION shop.any_case OWNER TO postgres;

--
-- TOC entry 3772 (class 3456 OID 17501)
-- Dependencies: 13
-- Name: byte_order; Type: COLLATION; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE COLLATION shop.byte_order (provider = libc, locale = 'C');


ALTER COLLATION shop.byte_order OWNER TO sample_owner;

--
-- TOC entry 4561 (class 0 OID 0)
-- Dependencies: 3772
-- Name: COLLATION byte_order; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON COLLATION shop.byte_order IS 'As the bytes come';


--
-- TOC entry 3773 (class 3456 OID 17502)
-- Dependencies: 13
-- Name: phone_book; Type: COLLATION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE COLLATION shop.phone_book (provider = icu, locale = 'de-u-co-phonebk');


ALTER COLLATION shop.phone_book OWNER TO postgres;

--
-- TOC entry 4148 (class 3576 OID 17529)
-- Name: TRANSFORM FOR integer LANGUAGE sql; Type: TRANSFORM; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION pg_catalog.prsd_lextype(internal), TO SQL WITH FUNCTION pg_catalog.int4recv(internal));


--
-- TOC entry 5 (class 3079 OID 16709)
-- Dependencies: 12
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA extensions;


--
-- TOC entry 4562 (class 0 OID 0)
-- Dependencies: 5
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: 
-- Data Pos: 0
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


--
-- TOC entry 3 (class 3079 OID 16476)
-- Dependencies: 12
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA extensions;


--
-- TOC entry 4563 (class 0 OID 0)
-- Dependencies: 3
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: 
-- Data Pos: 0
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- TOC entry 4 (class 3079 OID 16581)
-- Dependencies: 12
-- Name: hstore; Type: EXTENSION; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA extensions;


--
-- TOC entry 4564 (class 0 OID 0)
-- Dependencies: 4
-- Name: EXTENSION hstore; Type: COMMENT; Schema: -; Owner: 
-- Data Pos: 0
--

COMMENT ON EXTENSION hstore IS 'data type for storing sets of (key, value) pairs';


--
-- TOC entry 2 (class 3079 OID 16395)
-- Dependencies: 12
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;


--
-- TOC entry 4565 (class 0 OID 0)
-- Dependencies: 2
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
-- Data Pos: 0
--

COMMENT ON EXTENSION pg_trgm IS 'trigrams, for finding misspelt titles';


--
-- TOC entry 7 (class 3079 OID 17442)
-- Dependencies: 12
-- Name: postgres_fdw; Type: EXTENSION; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE EXTENSION IF NOT EXISTS postgres_fdw WITH SCHEMA extensions;


--
-- TOC entry 4566 (class 0 OID 0)
-- Dependencies: 7
-- Name: EXTENSION postgres_fdw; Type: COMMENT; Schema: -; Owner: 
-- Data Pos: 0
--

COMMENT ON EXTENSION postgres_fdw IS 'foreign-data wrapper for remote PostgreSQL servers';


--
-- TOC entry 6 (class 3079 OID 17435)
-- Dependencies: 12
-- Name: unaccent; Type: EXTENSION; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA extensions;


--
-- TOC entry 4567 (class 0 OID 0)
-- Dependencies: 6
-- Name: EXTENSION unaccent; Type: COMMENT; Schema: -; Owner: 
-- Data Pos: 0
--

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';


--
-- TOC entry 1489 (class 1247 OID 18114)
-- Dependencies: 15
-- Name: an enum; Type: TYPE; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 1471 (class 1247 OID 17471)
-- Dependencies: 13
-- Name: address; Type: TYPE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TYPE shop.address AS (
	street text COLLATE pg_catalog."C",
	town text,
	postcode character varying(12),
	lines text[]
);


ALTER TYPE shop.address OWNER TO sample_owner;

--
-- TOC entry 4568 (class 0 OID 0)
-- Dependencies: 1471
-- Name: TYPE address; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON TYPE shop.address IS 'A postal address';


--
-- TOC entry 4570 (class 0 OID 0)
-- Dependencies: 1471
-- Name: COLUMN address.lines; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON COLUMN shop.address.lines IS 'as printed on the parcel';


--
-- TOC entry 1325 (class 1247 OID 17463)
-- Dependencies: 13
-- Name: channel; Type: TYPE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TYPE shop.channel AS ENUM (
    'counter',
    'web',
    'phone'
);


ALTER TYPE shop.channel OWNER TO sample_owner;

--
-- TOC entry 1472 (class 1247 OID 17473)
-- Dependencies: 13
-- Name: isbn; Type: DOMAIN; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE DOMAIN shop.isbn AS character varying(17)
	CONSTRAINT isbn_form CHECK (((VALUE)::text ~ '^97[89]-[0-9-]{10,13}$'::text));


ALTER DOMAIN shop.isbn OWNER TO sample_owner;

--
-- TOC entry 4571 (class 0 OID 0)
-- Dependencies: 1472
-- Name: DOMAIN isbn; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON DOMAIN shop.isbn IS 'International Standard Book Number';


--
-- TOC entry 4573 (class 0 OID 0)
-- Dependencies: 1472
-- Name: CONSTRAINT isbn_form ON DOMAIN isbn; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON CONSTRAINT isbn_form ON DOMAIN shop.isbn IS 'only the form, not the check digit';


--
-- TOC entry 1349 (class 1247 OID 17495)
-- Dependencies: 13
-- Name: never_finished; Type: TYPE; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE TYPE shop.never_finished;


ALTER TYPE shop.never_finished OWNER TO postgres;

--
-- TOC entry 420 (class 1255 OID 17480)
-- Dependencies: 13
-- Name: minutes_between(time without time zone, time without time zone); Type: FUNCTION; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE FUNCTION shop.minutes_between(a time without time zone, b time without time zone) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT
    AS $$SELECT extract(epoch FROM (a - b)) / 60.0$$;


ALTER FUNCTION shop.minutes_between(a time without time zone, b time without time zone) OWNER TO sample_owner;

--
-- TOC entry 1338 (class 1247 OID 17484)
-- Dependencies: 420 13
-- Name: opening; Type: TYPE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TYPE shop.opening AS RANGE (
    subtype = time without time zone,
    multirange_type_name = shop.openings,
    subtype_diff = shop.minutes_between
);


ALTER TYPE shop.opening OWNER TO sample_owner;

--
-- TOC entry 1470 (class 1247 OID 17451)
-- Dependencies: 13
-- Name: order_status; Type: TYPE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4574 (class 0 OID 0)
-- Dependencies: 1470
-- Name: TYPE order_status; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON TYPE shop.order_status IS 'Where an order is';


--
-- TOC entry 1332 (class 1247 OID 17476)
-- Dependencies: 13
-- Name: price; Type: DOMAIN; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE DOMAIN shop.price AS numeric(10,2) NOT NULL DEFAULT 0.00
	CONSTRAINT not_negative CHECK ((VALUE >= (0)::numeric));


ALTER DOMAIN shop.price OWNER TO sample_owner;

--
-- TOC entry 1346 (class 0 OID 0)
-- Name: shelfmark; Type: SHELL TYPE; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE TYPE shop.shelfmark;


--
-- TOC entry 463 (class 1255 OID 17492)
-- Dependencies: 13 1346
-- Name: shelfmark_in(cstring); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.shelfmark_in(cstring) RETURNS shop.shelfmark
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
    AS $$textin$$;


ALTER FUNCTION shop.shelfmark_in(cstring) OWNER TO postgres;

--
-- TOC entry 623 (class 1255 OID 17493)
-- Dependencies: 13 1346
-- Name: shelfmark_out(shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.shelfmark_out(shop.shelfmark) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
    AS $$textout$$;


ALTER FUNCTION shop.shelfmark_out(shop.shelfmark) OWNER TO postgres;

--
-- TOC entry 1345 (class 1247 OID 17491)
-- Dependencies: 13 623 463
-- Name: shelfmark; Type: TYPE; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 4576 (class 0 OID 0)
-- Dependencies: 1345
-- Name: TYPE shelfmark; Type: COMMENT; Schema: shop; Owner: postgres
-- Data Pos: 0
--

COMMENT ON TYPE shop.shelfmark IS 'Where a book stands';


--
-- TOC entry 656 (class 1255 OID 17499)
-- Dependencies: 1470 13
-- Name: bool_to_status(boolean); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.bool_to_status(boolean) RETURNS shop.order_status
    LANGUAGE sql IMMUTABLE
    AS $_$SELECT (CASE WHEN $1 THEN 'paid' ELSE 'new' END)::shop.order_status$_$;


ALTER FUNCTION shop.bool_to_status(boolean) OWNER TO postgres;

--
-- TOC entry 3909 (class 2605 OID 17500)
-- Dependencies: 656 1470
-- Name: CAST (boolean AS shop.order_status); Type: CAST; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE CAST (boolean AS shop.order_status) WITH FUNCTION shop.bool_to_status(boolean) AS ASSIGNMENT;


--
-- TOC entry 4577 (class 0 OID 0)
-- Dependencies: 3909
-- Name: CAST (boolean AS shop.order_status); Type: COMMENT; Schema: -; Owner: 
-- Data Pos: 0
--

COMMENT ON CAST (boolean AS shop.order_status) IS 'true means paid';


--
-- TOC entry 4146 (class 2605 OID 17498)
-- Dependencies: 1345 1325
-- Name: CAST (shop.channel AS shop.shelfmark); Type: CAST; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE CAST (shop.channel AS shop.shelfmark) WITH INOUT;


--
-- TOC entry 4147 (class 2605 OID 17497)
-- Dependencies: 1345
-- Name: CAST (shop.shelfmark AS text); Type: CAST; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE CAST (shop.shelfmark AS text) WITHOUT FUNCTION AS IMPLICIT;


--
-- TOC entry 3991 (class 2605 OID 17496)
-- Dependencies: 1345
-- Name: CAST (text AS shop.shelfmark); Type: CAST; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE CAST (text AS shop.shelfmark) WITHOUT FUNCTION;


--
-- TOC entry 575 (class 1255 OID 18111)
-- Dependencies: 15
-- Name: fn (with, commas)(integer, text); Type: FUNCTION; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION "odd ""names"" & more"."fn (with, commas)"("a b" integer, text) RETURNS integer
    LANGUAGE sql
    AS $_$SELECT 1 -- ; $1 $_$;


ALTER FUNCTION "odd ""names"" & more"."fn (with, commas)"("a b" integer, text) OWNER TO postgres;

--
-- TOC entry 4579 (class 0 OID 0)
-- Dependencies: 575
-- Name: FUNCTION "fn (with, commas)"("a b" integer, text); Type: COMMENT; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

COMMENT ON FUNCTION "odd ""names"" & more"."fn (with, commas)"("a b" integer, text) IS '/* not */ the -- end';


--
-- TOC entry 584 (class 1255 OID 18112)
-- Dependencies: 15
-- Name: new line fn(); Type: FUNCTION; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 239 (class 1259 OID 17619)
-- Dependencies: 1325 1470 3 3 12 3 12 12 3 12 3 12 1325 13 1470
-- Name: orders; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4580 (class 0 OID 0)
-- Dependencies: 239
-- Name: TABLE orders; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON TABLE shop.orders IS 'Partitioned by month';


--
-- TOC entry 434 (class 1255 OID 17964)
-- Dependencies: 239 3 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 12 12 3 12 3 12 13 239 239
-- Name: best_customer(date); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 481 (class 1255 OID 17960)
-- Dependencies: 13 1332
-- Name: cheapest(shop.price); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.cheapest(upto shop.price) RETURNS TABLE(title text, price numeric)
    LANGUAGE sql STABLE ROWS 30
    AS $$ SELECT title, price::numeric FROM shop.products WHERE price <= upto ORDER BY price, title; $$;


ALTER FUNCTION shop.cheapest(upto shop.price) OWNER TO postgres;

--
-- TOC entry 597 (class 1255 OID 17966)
-- Dependencies: 13
-- Name: close_day(date, integer); Type: PROCEDURE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4585 (class 0 OID 0)
-- Dependencies: 597
-- Name: PROCEDURE close_day(IN day date, INOUT closed integer); Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON PROCEDURE shop.close_day(IN day date, INOUT closed integer) IS 'run at night';


--
-- TOC entry 385 (class 1255 OID 17965)
-- Dependencies: 13
-- Name: double_it(integer); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.double_it(n integer) RETURNS integer
    LANGUAGE sql
    RETURN (n * 2);


ALTER FUNCTION shop.double_it(n integer) OWNER TO postgres;

--
-- TOC entry 327 (class 1255 OID 17962)
-- Dependencies: 13 1493
-- Name: first_word(text); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.first_word(t text) RETURNS text
    LANGUAGE sample_plpgsql IMMUTABLE
    AS $$BEGIN RETURN split_part(t, ' ', 1); END$$;


ALTER FUNCTION shop.first_word(t text) OWNER TO postgres;

--
-- TOC entry 384 (class 1255 OID 17957)
-- Dependencies: 13
-- Name: gross_price(numeric, numeric); Type: FUNCTION; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE FUNCTION shop.gross_price(net numeric, rate numeric DEFAULT 0.07) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT COST 5 PARALLEL SAFE
    AS $$SELECT round(net * (1 + rate), 2)$$;


ALTER FUNCTION shop.gross_price(net numeric, rate numeric) OWNER TO sample_owner;

--
-- TOC entry 4586 (class 0 OID 0)
-- Dependencies: 384
-- Name: FUNCTION gross_price(net numeric, rate numeric); Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON FUNCTION shop.gross_price(net numeric, rate numeric) IS 'with tax';


--
-- TOC entry 411 (class 1255 OID 17967)
-- Dependencies: 13
-- Name: longer(text, text); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.longer(a text, b text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$SELECT CASE WHEN length(coalesce(a, '')) >= length(coalesce(b, '')) THEN a ELSE b END$$;


ALTER FUNCTION shop.longer(a text, b text) OWNER TO postgres;

--
-- TOC entry 618 (class 1255 OID 18031)
-- Dependencies: 13
-- Name: note_change(); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 582 (class 1255 OID 18050)
-- Dependencies: 13
-- Name: note_ddl(); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.note_ddl() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$BEGIN NULL; END$$;


ALTER FUNCTION shop.note_ddl() OWNER TO postgres;

--
-- TOC entry 507 (class 1255 OID 17963)
-- Dependencies: 13
-- Name: nth_row(); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.nth_row() RETURNS bigint
    LANGUAGE internal WINDOW IMMUTABLE
    AS $$window_row_number$$;


ALTER FUNCTION shop.nth_row() OWNER TO postgres;

--
-- TOC entry 332 (class 1255 OID 17958)
-- Dependencies: 13
-- Name: odd_quotes(text[]); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 651 (class 1255 OID 17961)
-- Dependencies: 13 3 3 12 3 12 12 3 12 3 12 239
-- Name: orders_of(extensions.citext); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.orders_of(who extensions.citext) RETURNS SETOF shop.orders
    LANGUAGE sql STABLE
    AS $$SELECT * FROM shop.orders WHERE customer = who$$;


ALTER FUNCTION shop.orders_of(who extensions.citext) OWNER TO postgres;

--
-- TOC entry 500 (class 1255 OID 17959)
-- Dependencies: 13
-- Name: restock(integer, integer); Type: FUNCTION; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 578 (class 1255 OID 17509)
-- Dependencies: 13 1345
-- Name: shelfmark_cmp(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.shelfmark_cmp(a shop.shelfmark, b shop.shelfmark) RETURNS integer
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$bttextcmp$$;


ALTER FUNCTION shop.shelfmark_cmp(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- TOC entry 369 (class 1255 OID 17506)
-- Dependencies: 1345 13
-- Name: shelfmark_eq(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.shelfmark_eq(a shop.shelfmark, b shop.shelfmark) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$texteq$$;


ALTER FUNCTION shop.shelfmark_eq(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- TOC entry 593 (class 1255 OID 17507)
-- Dependencies: 13 1345
-- Name: shelfmark_ge(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.shelfmark_ge(a shop.shelfmark, b shop.shelfmark) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$text_ge$$;


ALTER FUNCTION shop.shelfmark_ge(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- TOC entry 487 (class 1255 OID 17508)
-- Dependencies: 1345 13
-- Name: shelfmark_gt(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.shelfmark_gt(a shop.shelfmark, b shop.shelfmark) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$text_gt$$;


ALTER FUNCTION shop.shelfmark_gt(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- TOC entry 363 (class 1255 OID 17505)
-- Dependencies: 13 1345
-- Name: shelfmark_le(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.shelfmark_le(a shop.shelfmark, b shop.shelfmark) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$text_le$$;


ALTER FUNCTION shop.shelfmark_le(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- TOC entry 504 (class 1255 OID 17504)
-- Dependencies: 1345 13
-- Name: shelfmark_lt(shop.shelfmark, shop.shelfmark); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE FUNCTION shop.shelfmark_lt(a shop.shelfmark, b shop.shelfmark) RETURNS boolean
    LANGUAGE internal IMMUTABLE STRICT LEAKPROOF
    AS $$text_lt$$;


ALTER FUNCTION shop.shelfmark_lt(a shop.shelfmark, b shop.shelfmark) OWNER TO postgres;

--
-- TOC entry 470 (class 1255 OID 18032)
-- Dependencies: 13
-- Name: trim_title(); Type: FUNCTION; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 1496 (class 1255 OID 17968)
-- Dependencies: 411 13
-- Name: longest(text); Type: AGGREGATE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE AGGREGATE shop.longest(text) (
    SFUNC = shop.longer,
    STYPE = text,
    COMBINEFUNC = shop.longer,
    PARALLEL = safe
);


ALTER AGGREGATE shop.longest(text) OWNER TO sample_owner;

--
-- TOC entry 4588 (class 0 OID 0)
-- Dependencies: 1496
-- Name: AGGREGATE longest(text); Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON AGGREGATE shop.longest(text) IS 'the longest text';


--
-- TOC entry 1497 (class 1255 OID 17970)
-- Dependencies: 13
-- Name: middle(double precision, double precision); Type: AGGREGATE; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE AGGREGATE shop.middle(double precision ORDER BY double precision) (
    SFUNC = ordered_set_transition,
    STYPE = internal,
    FINALFUNC = percentile_cont_float8_final
);


ALTER AGGREGATE shop.middle(double precision ORDER BY double precision) OWNER TO postgres;

--
-- TOC entry 1498 (class 1255 OID 17969)
-- Dependencies: 13
-- Name: total_of(numeric); Type: AGGREGATE; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 2379 (class 2601 OID 17524)
-- Name: sample_heap; Type: ACCESS METHOD; Schema: -; Owner: -
-- Data Pos: 0
--

CREATE ACCESS METHOD sample_heap TYPE TABLE HANDLER heap_tableam_handler;


--
-- TOC entry 4590 (class 0 OID 0)
-- Dependencies: 2379
-- Name: ACCESS METHOD sample_heap; Type: COMMENT; Schema: -; Owner: 
-- Data Pos: 0
--

COMMENT ON ACCESS METHOD sample_heap IS 'the heap by another name';


--
-- TOC entry 2371 (class 2617 OID 17523)
-- Dependencies: 13
-- Name: !#; Type: OPERATOR; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE OPERATOR shop.!# (
    FUNCTION = upper,
    RIGHTARG = text
);


ALTER OPERATOR shop.!# (NONE, text) OWNER TO sample_owner;

--
-- TOC entry 2366 (class 2617 OID 17512)
-- Dependencies: 13 504 1345
-- Name: <; Type: OPERATOR; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 4591 (class 0 OID 0)
-- Dependencies: 2366
-- Name: OPERATOR < (shop.shelfmark, shop.shelfmark); Type: COMMENT; Schema: shop; Owner: postgres
-- Data Pos: 0
--

COMMENT ON OPERATOR shop.< (shop.shelfmark, shop.shelfmark) IS 'further left on the shelf';


--
-- TOC entry 2368 (class 2617 OID 17513)
-- Dependencies: 13 363 1345
-- Name: <=; Type: OPERATOR; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 2370 (class 2617 OID 17514)
-- Dependencies: 1345 13 369
-- Name: =; Type: OPERATOR; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 2367 (class 2617 OID 17510)
-- Dependencies: 13 1345 487
-- Name: >; Type: OPERATOR; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 2369 (class 2617 OID 17511)
-- Dependencies: 13 593 1345
-- Name: >=; Type: OPERATOR; Schema: shop; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 2774 (class 2753 OID 17515)
-- Dependencies: 2369 2367 578 2368 13 2366 2370
-- Name: shelfmark_ops; Type: OPERATOR FAMILY; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE OPERATOR FAMILY shop.shelfmark_ops USING btree;


ALTER OPERATOR FAMILY shop.shelfmark_ops USING btree OWNER TO postgres;

--
-- TOC entry 4592 (class 0 OID 0)
-- Dependencies: 2774
-- Name: OPERATOR FAMILY shelfmark_ops USING btree; Type: COMMENT; Schema: shop; Owner: postgres
-- Data Pos: 0
--

COMMENT ON OPERATOR FAMILY shop.shelfmark_ops USING btree IS 'the order on the shelf';


--
-- TOC entry 2592 (class 2616 OID 17516)
-- Dependencies: 2774 1345 13
-- Name: shelfmark_ops; Type: OPERATOR CLASS; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 3903 (class 2607 OID 17530)
-- Dependencies: 13
-- Name: old_tills; Type: CONVERSION; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE CONVERSION shop.old_tills FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;


ALTER CONVERSION shop.old_tills OWNER TO postgres;

--
-- TOC entry 4593 (class 0 OID 0)
-- Dependencies: 3903
-- Name: CONVERSION old_tills; Type: COMMENT; Schema: shop; Owner: postgres
-- Data Pos: 0
--

COMMENT ON CONVERSION shop.old_tills IS 'the tills of 1998';


--
-- TOC entry 2776 (class 3601 OID 17531)
-- Dependencies: 13
-- Name: title_parser; Type: TEXT SEARCH PARSER; Schema: shop; Owner: -
-- Data Pos: 0
--

CREATE TEXT SEARCH PARSER shop.title_parser (
    START = prsd_start,
    GETTOKEN = prsd_nexttoken,
    END = prsd_end,
    HEADLINE = prsd_headline,
    LEXTYPES = prsd_lextype );


--
-- TOC entry 2783 (class 3764 OID 17532)
-- Dependencies: 13
-- Name: title_template; Type: TEXT SEARCH TEMPLATE; Schema: shop; Owner: -
-- Data Pos: 0
--

CREATE TEXT SEARCH TEMPLATE shop.title_template (
    INIT = dsimple_init,
    LEXIZE = dsimple_lexize );


--
-- TOC entry 2815 (class 3600 OID 17534)
-- Dependencies: 13
-- Name: title_stems; Type: TEXT SEARCH DICTIONARY; Schema: shop; Owner: postgres
-- Data Pos: 0
--

CREATE TEXT SEARCH DICTIONARY shop.title_stems (
    TEMPLATE = pg_catalog.snowball,
    language = 'german' );


ALTER TEXT SEARCH DICTIONARY shop.title_stems OWNER TO postgres;

--
-- TOC entry 2816 (class 3600 OID 17533)
-- Dependencies: 2783 13
-- Name: title_words; Type: TEXT SEARCH DICTIONARY; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TEXT SEARCH DICTIONARY shop.title_words (
    TEMPLATE = shop.title_template,
    stopwords = 'english', accept = 'false' );


ALTER TEXT SEARCH DICTIONARY shop.title_words OWNER TO sample_owner;

--
-- TOC entry 4594 (class 0 OID 0)
-- Dependencies: 2816
-- Name: TEXT SEARCH DICTIONARY title_words; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON TEXT SEARCH DICTIONARY shop.title_words IS 'Words that count';


--
-- TOC entry 2847 (class 3602 OID 17535)
-- Dependencies: 13 2816 2815 2776 6 6 6 12 12 6 12 12
-- Name: titles; Type: TEXT SEARCH CONFIGURATION; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4595 (class 0 OID 0)
-- Dependencies: 2847
-- Name: TEXT SEARCH CONFIGURATION titles; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON TEXT SEARCH CONFIGURATION shop.titles IS 'How titles are searched';


--
-- TOC entry 2848 (class 2328 OID 17536)
-- Name: sample_wrapper; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: postgres
-- Data Pos: 0
--

CREATE FOREIGN DATA WRAPPER sample_wrapper OPTIONS (
    debug 'true'
);


ALTER FOREIGN DATA WRAPPER sample_wrapper OWNER TO postgres;

--
-- TOC entry 4597 (class 0 OID 0)
-- Dependencies: 2848
-- Name: FOREIGN DATA WRAPPER sample_wrapper; Type: COMMENT; Schema: -; Owner: postgres
-- Data Pos: 0
--

COMMENT ON FOREIGN DATA WRAPPER sample_wrapper IS 'wraps nothing';


--
-- TOC entry 2850 (class 1417 OID 17537)
-- Dependencies: 7 7 12 7 12
-- Name: warehouse; Type: SERVER; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

CREATE SERVER warehouse TYPE 'postgres' VERSION '18' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (
    dbname 'stock',
    host 'warehouse.example',
    port '5432'
);


ALTER SERVER warehouse OWNER TO sample_owner;

--
-- TOC entry 4598 (class 0 OID 0)
-- Dependencies: 2850
-- Name: SERVER warehouse; Type: COMMENT; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON SERVER warehouse IS 'where the books come from';


--
-- TOC entry 4600 (class 0 OID 0)
-- Name: USER MAPPING public SERVER warehouse; Type: USER MAPPING; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

CREATE USER MAPPING FOR public SERVER warehouse OPTIONS (
    "user" 'it''s anyone'
);


--
-- TOC entry 4601 (class 0 OID 0)
-- Name: USER MAPPING sample_clerk SERVER warehouse; Type: USER MAPPING; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

CREATE USER MAPPING FOR sample_clerk SERVER warehouse OPTIONS (
    "user" 'clerk'
);


--
-- TOC entry 282 (class 1259 OID 18123)
-- Dependencies: 15
-- Name: It's a sequence; Type: SEQUENCE; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 277 (class 1259 OID 18087)
-- Dependencies: 15
-- Name: table; Type: TABLE; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 281 (class 1259 OID 18107)
-- Dependencies: 277 277 15
-- Name: a \ back; Type: VIEW; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

CREATE VIEW "odd ""names"" & more"."a \ back" AS
 SELECT "Sp ace" AS "'single'",
    "order"
   FROM "odd ""names"" & more"."table";


ALTER VIEW "odd ""names"" & more"."a \ back" OWNER TO postgres;

--
-- TOC entry 280 (class 1259 OID 18102)
-- Dependencies: 15
-- Name: a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long; Type: TABLE; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

CREATE TABLE "odd ""names"" & more".a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long (
    a_column_whose_name_is_as_long_as_a_name_can_be_also_63_bytes_l integer CONSTRAINT a_name_as_long_as_a_name_ca_a_column_whose_name_is_as__not_null NOT NULL
);


ALTER TABLE "odd ""names"" & more".a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long OWNER TO postgres;

--
-- TOC entry 279 (class 1259 OID 18101)
-- Dependencies: 15 280
-- Name: a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq; Type: SEQUENCE; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
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
-- TOC entry 4604 (class 0 OID 0)
-- Dependencies: 279
-- Name: a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq; Type: SEQUENCE OWNED BY; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

ALTER SEQUENCE "odd ""names"" & more".a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq OWNED BY "odd ""names"" & more".a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long.a_column_whose_name_is_as_long_as_a_name_can_be_also_63_bytes_l;


--
-- TOC entry 276 (class 1259 OID 18077)
-- Dependencies: 15
-- Name: two lines; Type: TABLE; Schema: odd "names" & more; Owner: sample Büro "7"
-- Data Pos: 0
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
-- TOC entry 4605 (class 0 OID 0)
-- Dependencies: 276
-- Name: TABLE "two lines"; Type: COMMENT; Schema: odd "names" & more; Owner: sample Büro "7"
-- Data Pos: 0
--

COMMENT ON TABLE "odd ""names"" & more"."two
lines" IS 'two
lines; \restrict x
\unrestrict x';


--
-- TOC entry 278 (class 1259 OID 18098)
-- Dependencies: 15
-- Name: 日本語 🐘; Type: TABLE; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

CREATE TABLE "odd ""names"" & more"."日本語 🐘" (
    "列" integer
);


ALTER TABLE "odd ""names"" & more"."日本語 🐘" OWNER TO postgres;

--
-- TOC entry 246 (class 1259 OID 17731)
-- Dependencies: 1325 1332 13
-- Name: order_lines; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 272 (class 1259 OID 17999)
-- Dependencies: 246 246 14
-- Name: monthly; Type: MATERIALIZED VIEW; Schema: report; Owner: sample_manager
-- Data Pos: 0
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
-- TOC entry 4607 (class 0 OID 0)
-- Dependencies: 272
-- Name: MATERIALIZED VIEW monthly; Type: COMMENT; Schema: report; Owner: sample_manager
-- Data Pos: 0
--

COMMENT ON MATERIALIZED VIEW report.monthly IS 'refresh at night';


--
-- TOC entry 4608 (class 0 OID 0)
-- Dependencies: 272
-- Name: COLUMN monthly.month; Type: COMMENT; Schema: report; Owner: sample_manager
-- Data Pos: 0
--

COMMENT ON COLUMN report.monthly.month IS 'its first day';


--
-- TOC entry 267 (class 1259 OID 17976)
-- Dependencies: 1332 13
-- Name: product_sales; Type: VIEW; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE VIEW shop.product_sales AS
SELECT
    NULL::integer AS product_id,
    NULL::text AS title,
    NULL::shop.price AS price,
    NULL::bigint AS sold;


ALTER VIEW shop.product_sales OWNER TO sample_owner;

--
-- TOC entry 4610 (class 0 OID 0)
-- Dependencies: 267
-- Name: VIEW product_sales; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON VIEW shop.product_sales IS 'groups by the primary key alone';


--
-- TOC entry 4611 (class 0 OID 0)
-- Dependencies: 267
-- Name: COLUMN product_sales.sold; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON COLUMN shop.product_sales.sold IS 'lines, not pieces';


--
-- TOC entry 268 (class 1259 OID 17981)
-- Dependencies: 267 267 13
-- Name: best_sellers; Type: VIEW; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE VIEW shop.best_sellers AS
 SELECT title,
    sold
   FROM shop.product_sales
  WHERE (sold > 5);


ALTER VIEW shop.best_sellers OWNER TO sample_owner;

--
-- TOC entry 274 (class 1259 OID 18018)
-- Dependencies: 268 268 14
-- Name: not_yet; Type: MATERIALIZED VIEW; Schema: report; Owner: postgres
-- Data Pos: 0
--

CREATE MATERIALIZED VIEW report.not_yet AS
 SELECT title,
    sold
   FROM shop.best_sellers
  WITH NO DATA;


ALTER MATERIALIZED VIEW report.not_yet OWNER TO postgres;

SET default_table_access_method = sample_heap;

--
-- TOC entry 260 (class 1259 OID 17905)
-- Dependencies: 13 2379
-- Name: other_heap; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.other_heap (
    n integer NOT NULL,
    t text
);


ALTER TABLE shop.other_heap OWNER TO sample_owner;

--
-- TOC entry 275 (class 1259 OID 18024)
-- Dependencies: 260 14 2379
-- Name: other_heap; Type: MATERIALIZED VIEW; Schema: report; Owner: postgres
-- Data Pos: 0
--

CREATE MATERIALIZED VIEW report.other_heap AS
 SELECT n
   FROM shop.other_heap
  ORDER BY n
  WITH NO DATA;


ALTER MATERIALIZED VIEW report.other_heap OWNER TO postgres;

SET default_table_access_method = heap;

--
-- TOC entry 273 (class 1259 OID 18007)
-- Dependencies: 272 272 14
-- Name: yearly; Type: MATERIALIZED VIEW; Schema: report; Owner: sample_manager
-- Data Pos: 0
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
-- TOC entry 257 (class 1259 OID 17883)
-- Dependencies: 13 1471
-- Name: addresses; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.addresses OF shop.address (
    street NOT NULL COLLATE pg_catalog."C",
    town DEFAULT 'Zürich'::text,
    postcode NOT NULL
);


ALTER TABLE shop.addresses OWNER TO sample_owner;

--
-- TOC entry 258 (class 1259 OID 17893)
-- Dependencies: 13
-- Name: baskets; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE UNLOGGED TABLE shop.baskets (
    basket_id uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    content xml
);


ALTER TABLE shop.baskets OWNER TO sample_owner;

--
-- TOC entry 235 (class 1259 OID 17556)
-- Dependencies: 13 3 3 12 3 12 12 3 12 3 12
-- Name: staff; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4616 (class 0 OID 0)
-- Dependencies: 235
-- Name: COLUMN staff.email; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON COLUMN shop.staff.email IS 'in any case';


--
-- TOC entry 4617 (class 0 OID 0)
-- Dependencies: 235
-- Name: CONSTRAINT paid ON staff; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON CONSTRAINT paid ON shop.staff IS 'Nobody works for free';


--
-- TOC entry 270 (class 1259 OID 17990)
-- Dependencies: 235 235 13
-- Name: chain_of_command; Type: VIEW; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 237 (class 1259 OID 17587)
-- Dependencies: 13 1472 1332 1345
-- Name: products; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 269 (class 1259 OID 17985)
-- Dependencies: 237 237 237 13 1332
-- Name: cheap_products; Type: VIEW; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 250 (class 1259 OID 17831)
-- Dependencies: 1325 13
-- Name: clicks; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.clicks (
    kind shop.channel,
    n integer,
    page text
)
PARTITION BY HASH (kind);


ALTER TABLE shop.clicks OWNER TO sample_owner;

--
-- TOC entry 251 (class 1259 OID 17834)
-- Dependencies: 13 1325 250
-- Name: clicks_0; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.clicks_0 (
    kind shop.channel,
    n integer,
    page text
);


ALTER TABLE shop.clicks_0 OWNER TO sample_owner;

--
-- TOC entry 252 (class 1259 OID 17839)
-- Dependencies: 250 13 1325
-- Name: clicks_1; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.clicks_1 (
    kind shop.channel,
    n integer,
    page text
);


ALTER TABLE shop.clicks_1 OWNER TO sample_owner;

--
-- TOC entry 231 (class 1259 OID 17541)
-- Dependencies: 13
-- Name: countdown; Type: SEQUENCE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 253 (class 1259 OID 17844)
-- Dependencies: 13
-- Name: media; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.media (
    media_id integer NOT NULL,
    label text NOT NULL,
    made date,
    CONSTRAINT labelled CHECK ((label <> '-'::text))
);


ALTER TABLE shop.media OWNER TO sample_owner;

--
-- TOC entry 255 (class 1259 OID 17863)
-- Dependencies: 13 253
-- Name: films; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.films (
    minutes integer
)
INHERITS (shop.media);


ALTER TABLE shop.films OWNER TO sample_owner;

--
-- TOC entry 254 (class 1259 OID 17854)
-- Dependencies: 253 13
-- Name: games; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.games (
    label text DEFAULT 'a game'::text,
    players int4range
)
INHERITS (shop.media);


ALTER TABLE shop.games OWNER TO sample_owner;

--
-- TOC entry 256 (class 1259 OID 17873)
-- Dependencies: 13 254 255
-- Name: film_games; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.film_games (
    rating real
)
INHERITS (shop.films, shop.games);


ALTER TABLE shop.film_games OWNER TO sample_owner;

--
-- TOC entry 264 (class 1259 OID 17937)
-- Dependencies: 13
-- Name: leases; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.leases (
    shop_id integer NOT NULL,
    valid daterange NOT NULL,
    landlord text
);


ALTER TABLE shop.leases OWNER TO sample_owner;

--
-- TOC entry 263 (class 1259 OID 17929)
-- Dependencies: 13
-- Name: many_types; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 259 (class 1259 OID 17902)
-- Dependencies: 13
-- Name: nothing_at_all; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.nothing_at_all (
);


ALTER TABLE shop.nothing_at_all OWNER TO sample_owner;

--
-- TOC entry 247 (class 1259 OID 17772)
-- Dependencies: 1332 13 1325 246
-- Name: order_lines_0; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 248 (class 1259 OID 17793)
-- Dependencies: 1325 13 246 1332
-- Name: order_lines_1; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 266 (class 1259 OID 17971)
-- Dependencies: 246 246 246 246 246 239 239 239 13
-- Name: order_totals; Type: VIEW; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 240 (class 1259 OID 17634)
-- Dependencies: 1325 1470 239 13 1325 3 3 12 3 12 12 3 12 3 12 1470
-- Name: orders_2025_01; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 241 (class 1259 OID 17649)
-- Dependencies: 1325 1470 239 3 3 12 3 12 12 3 12 3 12 1325 13 1470
-- Name: orders_2025_02; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 242 (class 1259 OID 17662)
-- Dependencies: 1325 1470 1325 13 241 3 3 12 3 12 12 3 12 3 12 1470
-- Name: orders_2025_02_counter; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 243 (class 1259 OID 17678)
-- Dependencies: 1325 1470 1325 13 241 1470 3 3 12 3 12 12 3 12 3 12
-- Name: orders_2025_02_other; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 244 (class 1259 OID 17693)
-- Dependencies: 1470 1325 239 13 3 3 12 3 12 12 3 12 3 12
-- Name: orders_2025_03; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 245 (class 1259 OID 17707)
-- Dependencies: 1325 1470 3 3 12 3 12 12 3 12 3 12 1470 13 239 1325
-- Name: orders_rest; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4621 (class 0 OID 0)
-- Dependencies: 245
-- Name: TABLE orders_rest; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON TABLE shop.orders_rest IS 'catches what no month wants';


--
-- TOC entry 271 (class 1259 OID 17995)
-- Dependencies: 235 13
-- Name: own_rights; Type: VIEW; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE VIEW shop.own_rights WITH (security_invoker='true') AS
 SELECT name
   FROM shop.staff;


ALTER VIEW shop.own_rights OWNER TO sample_owner;

--
-- TOC entry 236 (class 1259 OID 17586)
-- Dependencies: 237 13
-- Name: products_product_id_seq; Type: SEQUENCE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 230 (class 1259 OID 17540)
-- Dependencies: 13
-- Name: receipt_no; Type: SEQUENCE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4622 (class 0 OID 0)
-- Dependencies: 230
-- Name: SEQUENCE receipt_no; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON SEQUENCE shop.receipt_no IS 'Printed on receipts';


--
-- TOC entry 249 (class 1259 OID 17814)
-- Dependencies: 13
-- Name: refunds; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 262 (class 1259 OID 17918)
-- Dependencies: 13
-- Name: rooms; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.rooms (
    room integer,
    during tsrange,
    who text
);


ALTER TABLE shop.rooms OWNER TO sample_owner;

--
-- TOC entry 233 (class 1259 OID 17543)
-- Dependencies: 1338 13 4 4 12 4 12 4 12 4 12 12 4 12 1471
-- Name: shops; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4625 (class 0 OID 0)
-- Dependencies: 233
-- Name: TABLE shops; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON TABLE shop.shops IS 'One row a shop';


--
-- TOC entry 4626 (class 0 OID 0)
-- Dependencies: 233
-- Name: COLUMN shops.tags; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON COLUMN shop.shops.tags IS 'anything else
-- "quoted", with \ and a tab	here';


--
-- TOC entry 232 (class 1259 OID 17542)
-- Dependencies: 13 233
-- Name: shops_shop_id_seq; Type: SEQUENCE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 234 (class 1259 OID 17555)
-- Dependencies: 13 235
-- Name: staff_staff_id_seq; Type: SEQUENCE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4631 (class 0 OID 0)
-- Dependencies: 234
-- Name: staff_staff_id_seq; Type: SEQUENCE OWNED BY; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER SEQUENCE shop.staff_staff_id_seq OWNED BY shop.staff.staff_id;


--
-- TOC entry 265 (class 1259 OID 17946)
-- Dependencies: 13
-- Name: sublets; Type: TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TABLE shop.sublets (
    shop_id integer,
    valid daterange,
    to_whom text
);


ALTER TABLE shop.sublets OWNER TO sample_owner;

--
-- TOC entry 238 (class 1259 OID 17604)
-- Dependencies: 13
-- Name: visits; Type: SEQUENCE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE UNLOGGED SEQUENCE shop.visits
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE shop.visits OWNER TO sample_owner;

--
-- TOC entry 261 (class 1259 OID 17912)
-- Dependencies: 2850 13 1472
-- Name: warehouse_stock; Type: FOREIGN TABLE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4632 (class 0 OID 0)
-- Dependencies: 261
-- Name: FOREIGN TABLE warehouse_stock; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON FOREIGN TABLE shop.warehouse_stock IS 'far away';


--
-- TOC entry 4633 (class 0 OID 0)
-- Dependencies: 261
-- Name: COLUMN warehouse_stock.pieces; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON COLUMN shop.warehouse_stock.pieces IS 'may be late';


--
-- TOC entry 4159 (class 0 OID 0)
-- Dependencies: 251 250
-- Name: clicks_0; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.clicks ATTACH PARTITION shop.clicks_0 FOR VALUES WITH (modulus 2, remainder 0);


--
-- TOC entry 4160 (class 0 OID 0)
-- Dependencies: 252 250
-- Name: clicks_1; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.clicks ATTACH PARTITION shop.clicks_1 FOR VALUES WITH (modulus 2, remainder 1);


--
-- TOC entry 4157 (class 0 OID 0)
-- Dependencies: 247 246
-- Name: order_lines_0; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.order_lines ATTACH PARTITION shop.order_lines_0 FOR VALUES WITH (modulus 2, remainder 0);


--
-- TOC entry 4158 (class 0 OID 0)
-- Dependencies: 248 246
-- Name: order_lines_1; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.order_lines ATTACH PARTITION shop.order_lines_1 FOR VALUES WITH (modulus 2, remainder 1);


--
-- TOC entry 4151 (class 0 OID 0)
-- Dependencies: 240 239
-- Name: orders_2025_01; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders ATTACH PARTITION shop.orders_2025_01 FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');


--
-- TOC entry 4152 (class 0 OID 0)
-- Dependencies: 241 239
-- Name: orders_2025_02; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders ATTACH PARTITION shop.orders_2025_02 FOR VALUES FROM ('2025-02-01') TO ('2025-03-01');


--
-- TOC entry 4153 (class 0 OID 0)
-- Dependencies: 242 241
-- Name: orders_2025_02_counter; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders_2025_02 ATTACH PARTITION shop.orders_2025_02_counter FOR VALUES IN ('counter');


--
-- TOC entry 4154 (class 0 OID 0)
-- Dependencies: 243 241
-- Name: orders_2025_02_other; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders_2025_02 ATTACH PARTITION shop.orders_2025_02_other DEFAULT;


--
-- TOC entry 4155 (class 0 OID 0)
-- Dependencies: 244 239
-- Name: orders_2025_03; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders ATTACH PARTITION shop.orders_2025_03 FOR VALUES FROM ('2025-03-01') TO ('2025-04-01');


--
-- TOC entry 4156 (class 0 OID 0)
-- Dependencies: 245 239
-- Name: orders_rest; Type: TABLE ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders ATTACH PARTITION shop.orders_rest DEFAULT;


--
-- TOC entry 4196 (class 2604 OID 18105)
-- Dependencies: 279 280 280
-- Name: a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long a_column_whose_name_is_as_long_as_a_name_can_be_also_63_bytes_l; Type: DEFAULT; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

ALTER TABLE ONLY "odd ""names"" & more".a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_long ALTER COLUMN a_column_whose_name_is_as_long_as_a_name_can_be_also_63_bytes_l SET DEFAULT nextval('"odd ""names"" & more".a_name_as_long_as_a_name_can__a_column_whose_name_is_as_lon_seq'::regclass);


--
-- TOC entry 4193 (class 2604 OID 17989)
-- Dependencies: 1332 269
-- Name: cheap_products price; Type: DEFAULT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.cheap_products ALTER COLUMN price SET DEFAULT 9.99;


--
-- TOC entry 4188 (class 2604 OID 17876)
-- Dependencies: 256
-- Name: film_games label; Type: DEFAULT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.film_games ALTER COLUMN label SET DEFAULT 'a game'::text;


--
-- TOC entry 4189 (class 2604 OID 17882)
-- Dependencies: 256
-- Name: film_games made; Type: DEFAULT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.film_games ALTER COLUMN made SET DEFAULT '2000-01-01'::date;


--
-- TOC entry 4162 (class 2604 OID 17559)
-- Dependencies: 234 235 235
-- Name: staff staff_id; Type: DEFAULT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.staff ALTER COLUMN staff_id SET DEFAULT nextval('shop.staff_staff_id_seq'::regclass);


--
-- TOC entry 4279 (class 2606 OID 18086)
-- Dependencies: 276
-- Name: two lines two lines_pkey; Type: CONSTRAINT; Schema: odd "names" & more; Owner: sample Büro "7"
-- Data Pos: 0
--

ALTER TABLE ONLY "odd ""names"" & more"."two
lines"
    ADD CONSTRAINT "two
lines_pkey" PRIMARY KEY ("col
-- umn");


--
-- TOC entry 4265 (class 2606 OID 17892)
-- Dependencies: 257
-- Name: addresses addresses_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.addresses
    ADD CONSTRAINT addresses_pkey PRIMARY KEY (postcode);


--
-- TOC entry 1333 (class 2606 OID 17479)
-- Dependencies: 1332
-- Name: price affordable; Type: CHECK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER DOMAIN shop.price
    ADD CONSTRAINT affordable CHECK ((VALUE < (100000)::numeric)) NOT VALID;


--
-- TOC entry 4267 (class 2606 OID 17901)
-- Dependencies: 258
-- Name: baskets baskets_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.baskets
    ADD CONSTRAINT baskets_pkey PRIMARY KEY (basket_id);


--
-- TOC entry 4200 (class 2606 OID 17606)
-- Dependencies: 237 237
-- Name: products blurb_given; Type: CHECK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE shop.products
    ADD CONSTRAINT blurb_given CHECK ((blurb IS NOT NULL)) NOT ENFORCED;


--
-- TOC entry 4263 (class 2606 OID 17872)
-- Dependencies: 255
-- Name: films films_media_id_key; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.films
    ADD CONSTRAINT films_media_id_key UNIQUE (media_id);


--
-- TOC entry 4276 (class 2606 OID 17945)
-- Dependencies: 264 264
-- Name: leases leases_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (shop_id, valid WITHOUT OVERLAPS);


--
-- TOC entry 4274 (class 2606 OID 17936)
-- Dependencies: 263
-- Name: many_types many_types_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.many_types
    ADD CONSTRAINT many_types_pkey PRIMARY KEY (id);


--
-- TOC entry 4261 (class 2606 OID 17853)
-- Dependencies: 253
-- Name: media media_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.media
    ADD CONSTRAINT media_pkey PRIMARY KEY (media_id);


--
-- TOC entry 4198 (class 2606 OID 17585)
-- Dependencies: 235 235
-- Name: staff named; Type: CHECK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE shop.staff
    ADD CONSTRAINT named CHECK ((name <> ''::text)) NOT VALID;


--
-- TOC entry 4270 (class 2606 OID 17924)
-- Dependencies: 262 262
-- Name: rooms one_at_a_time; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.rooms
    ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (room WITH =, during WITH &&) WHERE ((who <> 'cat'::text)) DEFERRABLE;


--
-- TOC entry 4646 (class 0 OID 0)
-- Dependencies: 4270
-- Name: CONSTRAINT one_at_a_time ON rooms; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON CONSTRAINT one_at_a_time ON shop.rooms IS 'cats excepted';


--
-- TOC entry 4255 (class 2606 OID 17743)
-- Dependencies: 246 246
-- Name: order_lines order_lines_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.order_lines
    ADD CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, line);


--
-- TOC entry 4257 (class 2606 OID 17778)
-- Dependencies: 4255 247 247 247
-- Name: order_lines_0 order_lines_0_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.order_lines_0
    ADD CONSTRAINT order_lines_0_pkey PRIMARY KEY (order_id, line);


--
-- TOC entry 4259 (class 2606 OID 17799)
-- Dependencies: 248 4255 248 248
-- Name: order_lines_1 order_lines_1_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.order_lines_1
    ADD CONSTRAINT order_lines_1_pkey PRIMARY KEY (order_id, line);


--
-- TOC entry 4234 (class 2606 OID 17628)
-- Dependencies: 239 239 239
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- TOC entry 4238 (class 2606 OID 17640)
-- Dependencies: 4234 240 240 240 240
-- Name: orders_2025_01 orders_2025_01_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders_2025_01
    ADD CONSTRAINT orders_2025_01_pkey PRIMARY KEY (order_id, placed_on, channel);

ALTER TABLE shop.orders_2025_01 CLUSTER ON orders_2025_01_pkey;


--
-- TOC entry 4241 (class 2606 OID 17655)
-- Dependencies: 241 241 241 4234 241
-- Name: orders_2025_02 orders_2025_02_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders_2025_02
    ADD CONSTRAINT orders_2025_02_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- TOC entry 4244 (class 2606 OID 17669)
-- Dependencies: 242 242 4241 242 242
-- Name: orders_2025_02_counter orders_2025_02_counter_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders_2025_02_counter
    ADD CONSTRAINT orders_2025_02_counter_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- TOC entry 4247 (class 2606 OID 17684)
-- Dependencies: 243 243 243 4241 243
-- Name: orders_2025_02_other orders_2025_02_other_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders_2025_02_other
    ADD CONSTRAINT orders_2025_02_other_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- TOC entry 4250 (class 2606 OID 17703)
-- Dependencies: 244 4234 244 244 244
-- Name: orders_2025_03 orders_2025_03_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders_2025_03
    ADD CONSTRAINT orders_2025_03_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- TOC entry 4253 (class 2606 OID 17713)
-- Dependencies: 245 245 245 4234 245
-- Name: orders_rest orders_rest_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.orders_rest
    ADD CONSTRAINT orders_rest_pkey PRIMARY KEY (order_id, placed_on, channel);


--
-- TOC entry 4223 (class 2606 OID 17603)
-- Dependencies: 237
-- Name: products products_isbn_key; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.products
    ADD CONSTRAINT products_isbn_key UNIQUE NULLS NOT DISTINCT (isbn);


--
-- TOC entry 4226 (class 2606 OID 17601)
-- Dependencies: 237
-- Name: products products_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (product_id);


--
-- TOC entry 4272 (class 2606 OID 17927)
-- Dependencies: 262 262
-- Name: rooms rooms_key; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.rooms
    ADD CONSTRAINT rooms_key UNIQUE (room, during) DEFERRABLE INITIALLY DEFERRED;


--
-- TOC entry 4197 (class 2606 OID 17607)
-- Dependencies: 237
-- Name: products shelved; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE shop.products
    ADD CONSTRAINT shelved NOT NULL shelf NOT VALID;


--
-- TOC entry 4213 (class 2606 OID 17554)
-- Dependencies: 233
-- Name: shops shops_name_key; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.shops
    ADD CONSTRAINT shops_name_key UNIQUE (name);


--
-- TOC entry 4215 (class 2606 OID 17552)
-- Dependencies: 233
-- Name: shops shops_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.shops
    ADD CONSTRAINT shops_pkey PRIMARY KEY (shop_id);


--
-- TOC entry 4217 (class 2606 OID 17569)
-- Dependencies: 235 235
-- Name: staff staff_email_key; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.staff
    ADD CONSTRAINT staff_email_key UNIQUE (email) INCLUDE (name);

ALTER TABLE shop.staff CLUSTER ON staff_email_key;


--
-- TOC entry 4219 (class 2606 OID 17567)
-- Dependencies: 235
-- Name: staff staff_pkey; Type: CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (staff_id);


--
-- TOC entry 4280 (class 1259 OID 18097)
-- Dependencies: 277 277
-- Name: Sp ace; DROP TABLE x; --; Type: INDEX; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

CREATE INDEX "Sp ace; DROP TABLE x; --" ON "odd ""names"" & more"."table" USING btree ("Sp ace", "semi;colon");


--
-- TOC entry 4277 (class 1259 OID 18006)
-- Dependencies: 272
-- Name: monthly_month; Type: INDEX; Schema: report; Owner: sample_manager
-- Data Pos: 0
--

CREATE UNIQUE INDEX monthly_month ON report.monthly USING btree (month);

ALTER TABLE report.monthly CLUSTER ON monthly_month;


--
-- TOC entry 4232 (class 1259 OID 17729)
-- Dependencies: 239 1470 239
-- Name: orders_open; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX orders_open ON ONLY shop.orders USING btree (status) WHERE (status <> 'delivered'::shop.order_status);


--
-- TOC entry 4235 (class 1259 OID 17730)
-- Dependencies: 240 240 1470 4232 240
-- Name: open_january; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX open_january ON shop.orders_2025_01 USING btree (status) WHERE (status <> 'delivered'::shop.order_status);


--
-- TOC entry 4231 (class 1259 OID 17722)
-- Dependencies: 3 12 3 3 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 3 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 12 3 3 3 12 3 12 12 3 12 3 12 12 3 12 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 3 3 12 3 12 12 3 12 3 12 239 239
-- Name: orders_customer; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX orders_customer ON ONLY shop.orders USING btree (customer, placed_on);


--
-- TOC entry 4647 (class 0 OID 0)
-- Dependencies: 4231
-- Name: INDEX orders_customer; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON INDEX shop.orders_customer IS 'on each partition';


--
-- TOC entry 4236 (class 1259 OID 17723)
-- Dependencies: 4231 240 240 240 3 12 3 3 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 3 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 12 3 3 3 12 3 12 12 3 12 3 12 12 3 12 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 3 3 12 3 12 12 3 12 3 12
-- Name: orders_2025_01_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX orders_2025_01_customer_placed_on_idx ON shop.orders_2025_01 USING btree (customer, placed_on);


--
-- TOC entry 4239 (class 1259 OID 17724)
-- Dependencies: 241 3 12 3 3 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 3 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 12 3 3 3 12 3 12 12 3 12 3 12 12 3 12 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 3 3 12 3 12 12 3 12 3 12 4231 241 241
-- Name: orders_2025_02_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX orders_2025_02_customer_placed_on_idx ON ONLY shop.orders_2025_02 USING btree (customer, placed_on);


--
-- TOC entry 4242 (class 1259 OID 17725)
-- Dependencies: 242 3 12 3 3 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 3 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 12 3 3 3 12 3 12 12 3 12 3 12 12 3 12 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 3 3 12 3 12 12 3 12 3 12 242 242 4239
-- Name: orders_2025_02_counter_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX orders_2025_02_counter_customer_placed_on_idx ON shop.orders_2025_02_counter USING btree (customer, placed_on);


--
-- TOC entry 4245 (class 1259 OID 17726)
-- Dependencies: 4239 243 243 243 3 12 3 3 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 3 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 12 3 3 3 12 3 12 12 3 12 3 12 12 3 12 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 3 3 12 3 12 12 3 12 3 12
-- Name: orders_2025_02_other_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX orders_2025_02_other_customer_placed_on_idx ON shop.orders_2025_02_other USING btree (customer, placed_on);


--
-- TOC entry 4248 (class 1259 OID 17727)
-- Dependencies: 4231 3 12 3 3 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 3 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 12 3 3 3 12 3 12 12 3 12 3 12 12 3 12 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 3 3 12 3 12 12 3 12 3 12 244 244 244
-- Name: orders_2025_03_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX orders_2025_03_customer_placed_on_idx ON shop.orders_2025_03 USING btree (customer, placed_on);


--
-- TOC entry 4251 (class 1259 OID 17728)
-- Dependencies: 3 12 3 3 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 3 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 12 3 3 12 3 3 12 3 12 12 3 12 3 12 3 3 12 3 12 12 3 12 3 12 12 12 3 3 3 12 3 12 12 3 12 3 12 12 3 12 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 3 3 12 3 12 12 3 12 3 12 245 4231 245 245
-- Name: orders_rest_customer_placed_on_idx; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX orders_rest_customer_placed_on_idx ON shop.orders_rest USING btree (customer, placed_on);


--
-- TOC entry 4268 (class 1259 OID 17910)
-- Dependencies: 260
-- Name: other_heap_n; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE UNIQUE INDEX other_heap_n ON shop.other_heap USING btree (n);

ALTER TABLE ONLY shop.other_heap REPLICA IDENTITY USING INDEX other_heap_n;


--
-- TOC entry 4220 (class 1259 OID 17611)
-- Dependencies: 237
-- Name: products_details; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX products_details ON shop.products USING gin (details jsonb_path_ops) WITH (fastupdate=off);


--
-- TOC entry 4221 (class 1259 OID 17614)
-- Dependencies: 237
-- Name: products_hash; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX products_hash ON shop.products USING hash (title);


--
-- TOC entry 4224 (class 1259 OID 17610)
-- Dependencies: 237 237 237 237
-- Name: products_lower; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX products_lower ON shop.products USING btree (lower(title) text_pattern_ops, price DESC NULLS LAST) INCLUDE (product_id) WITH (fillfactor='70') WHERE ((price)::numeric > (10)::numeric);


--
-- TOC entry 4227 (class 1259 OID 17612)
-- Dependencies: 237 2592
-- Name: products_shelf; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX products_shelf ON shop.products USING btree (shelf);


--
-- TOC entry 4228 (class 1259 OID 17608)
-- Dependencies: 237 2 2 2 12 2 2 12 12 2 12 2 12 2 12 2 2 12 12 2 2 12 12 12 12
-- Name: products_title_trgm; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX products_title_trgm ON shop.products USING gin (title extensions.gin_trgm_ops);


--
-- TOC entry 4648 (class 0 OID 0)
-- Dependencies: 4228
-- Name: INDEX products_title_trgm; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON INDEX shop.products_title_trgm IS 'finds "Moby Dik"';


--
-- TOC entry 4229 (class 1259 OID 17613)
-- Dependencies: 237
-- Name: products_vat_brin; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX products_vat_brin ON shop.products USING brin (vat) WITH (pages_per_range='16');


--
-- TOC entry 4230 (class 1259 OID 17609)
-- Dependencies: 2847 237 237
-- Name: products_words; Type: INDEX; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE INDEX products_words ON shop.products USING gin (to_tsvector('shop.titles'::regconfig, title));
ALTER INDEX shop.products_words ALTER COLUMN 1 SET STATISTICS 400;


--
-- TOC entry 4281 (class 0 OID 0)
-- Dependencies: 4235 4232 240 239
-- Name: open_january; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_open ATTACH PARTITION shop.open_january;


--
-- TOC entry 4294 (class 0 OID 0)
-- Dependencies: 247 4257 4255 4255 247 246
-- Name: order_lines_0_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.order_lines_pkey ATTACH PARTITION shop.order_lines_0_pkey;


--
-- TOC entry 4295 (class 0 OID 0)
-- Dependencies: 4259 4255 248 4255 248 246
-- Name: order_lines_1_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.order_lines_pkey ATTACH PARTITION shop.order_lines_1_pkey;


--
-- TOC entry 4282 (class 0 OID 0)
-- Dependencies: 4236 4231 240 239
-- Name: orders_2025_01_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_customer ATTACH PARTITION shop.orders_2025_01_customer_placed_on_idx;


--
-- TOC entry 4283 (class 0 OID 0)
-- Dependencies: 240 4234 4238 4234 240 239
-- Name: orders_2025_01_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_pkey ATTACH PARTITION shop.orders_2025_01_pkey;


--
-- TOC entry 4286 (class 0 OID 0)
-- Dependencies: 4242 4239 242 241
-- Name: orders_2025_02_counter_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_2025_02_customer_placed_on_idx ATTACH PARTITION shop.orders_2025_02_counter_customer_placed_on_idx;


--
-- TOC entry 4287 (class 0 OID 0)
-- Dependencies: 4241 241 4234 4244 242 4241 241 4234 242 241
-- Name: orders_2025_02_counter_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_2025_02_pkey ATTACH PARTITION shop.orders_2025_02_counter_pkey;


--
-- TOC entry 4284 (class 0 OID 0)
-- Dependencies: 4239 4231 241 239
-- Name: orders_2025_02_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_customer ATTACH PARTITION shop.orders_2025_02_customer_placed_on_idx;


--
-- TOC entry 4288 (class 0 OID 0)
-- Dependencies: 4245 4239 243 241
-- Name: orders_2025_02_other_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_2025_02_customer_placed_on_idx ATTACH PARTITION shop.orders_2025_02_other_customer_placed_on_idx;


--
-- TOC entry 4289 (class 0 OID 0)
-- Dependencies: 4247 4241 241 4234 243 4241 241 4234 243 241
-- Name: orders_2025_02_other_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_2025_02_pkey ATTACH PARTITION shop.orders_2025_02_other_pkey;


--
-- TOC entry 4285 (class 0 OID 0)
-- Dependencies: 4241 241 4234 4234 241 239
-- Name: orders_2025_02_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_pkey ATTACH PARTITION shop.orders_2025_02_pkey;


--
-- TOC entry 4290 (class 0 OID 0)
-- Dependencies: 4248 4231 244 239
-- Name: orders_2025_03_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_customer ATTACH PARTITION shop.orders_2025_03_customer_placed_on_idx;


--
-- TOC entry 4291 (class 0 OID 0)
-- Dependencies: 4250 244 4234 4234 244 239
-- Name: orders_2025_03_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_pkey ATTACH PARTITION shop.orders_2025_03_pkey;


--
-- TOC entry 4292 (class 0 OID 0)
-- Dependencies: 4251 4231 245 239
-- Name: orders_rest_customer_placed_on_idx; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_customer ATTACH PARTITION shop.orders_rest_customer_placed_on_idx;


--
-- TOC entry 4293 (class 0 OID 0)
-- Dependencies: 4253 4234 245 4234 245 239
-- Name: orders_rest_pkey; Type: INDEX ATTACH; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER INDEX shop.orders_pkey ATTACH PARTITION shop.orders_rest_pkey;


--
-- TOC entry 4298 (class 3381 OID 17618)
-- Dependencies: 237 237 237 13
-- Name: products_expr; Type: STATISTICS; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE STATISTICS shop.products_expr ON lower(title), (price::numeric * 2::numeric) FROM shop.products;


ALTER STATISTICS shop.products_expr OWNER TO sample_owner;

--
-- TOC entry 4297 (class 3381 OID 17617)
-- Dependencies: 237 13 237
-- Name: products_mcv; Type: STATISTICS; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE STATISTICS shop.products_mcv (mcv) ON title, price FROM shop.products;


ALTER STATISTICS shop.products_mcv OWNER TO sample_owner;

--
-- TOC entry 4296 (class 3381 OID 17616)
-- Dependencies: 13 237 237
-- Name: products_stats; Type: STATISTICS; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE STATISTICS shop.products_stats (ndistinct, dependencies) ON vat, weight_g FROM shop.products;
ALTER STATISTICS shop.products_stats SET STATISTICS 50;


ALTER STATISTICS shop.products_stats OWNER TO sample_owner;

--
-- TOC entry 4649 (class 0 OID 0)
-- Dependencies: 4296
-- Name: STATISTICS products_stats; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON STATISTICS shop.products_stats IS 'heavy books cost more';


--
-- TOC entry 4466 (class 2618 OID 17979)
-- Dependencies: 4226 246 237 237 237 246 267
-- Name: product_sales _RETURN; Type: RULE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4476 (class 2618 OID 18049)
-- Dependencies: 260 260 260 260 250 253 253
-- Name: other_heap also; Type: RULE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
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
-- TOC entry 4475 (class 2618 OID 18048)
-- Dependencies: 249 249 249
-- Name: refunds keep_refunds; Type: RULE; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE RULE keep_refunds AS
    ON DELETE TO shop.refunds DO INSTEAD NOTHING;


--
-- TOC entry 4650 (class 0 OID 0)
-- Dependencies: 4475
-- Name: RULE keep_refunds ON refunds; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON RULE keep_refunds ON shop.refunds IS 'for the tax office';


--
-- TOC entry 4309 (class 2620 OID 18033)
-- Dependencies: 237 237 470 237 237
-- Name: products a_trim; Type: TRIGGER; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TRIGGER a_trim BEFORE INSERT OR UPDATE OF title, price ON shop.products FOR EACH ROW WHEN ((new.title IS NOT NULL)) EXECUTE FUNCTION shop.trim_title();


--
-- TOC entry 4651 (class 0 OID 0)
-- Dependencies: 4309
-- Name: TRIGGER a_trim ON products; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON TRIGGER a_trim ON shop.products IS 'no blanks around titles';


--
-- TOC entry 4310 (class 2620 OID 18034)
-- Dependencies: 237 618
-- Name: products b_disabled; Type: TRIGGER; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TRIGGER b_disabled AFTER DELETE ON shop.products FOR EACH ROW EXECUTE FUNCTION shop.note_change('with', 'arguments; ''quoted''');

ALTER TABLE shop.products DISABLE TRIGGER b_disabled;


--
-- TOC entry 4311 (class 2620 OID 18035)
-- Dependencies: 237 618
-- Name: products c_always; Type: TRIGGER; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TRIGGER c_always BEFORE INSERT ON shop.products FOR EACH ROW EXECUTE FUNCTION shop.note_change();

ALTER TABLE shop.products ENABLE ALWAYS TRIGGER c_always;


--
-- TOC entry 4312 (class 2620 OID 18036)
-- Dependencies: 237 618
-- Name: products d_replica; Type: TRIGGER; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TRIGGER d_replica AFTER UPDATE ON shop.products REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION shop.note_change();

ALTER TABLE shop.products ENABLE REPLICA TRIGGER d_replica;


--
-- TOC entry 4313 (class 2620 OID 18037)
-- Dependencies: 618 237
-- Name: products e_checked; Type: TRIGGER; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE CONSTRAINT TRIGGER e_checked AFTER INSERT ON shop.products DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.note_change();


--
-- TOC entry 4315 (class 2620 OID 18041)
-- Dependencies: 618 239
-- Name: orders each_partition; Type: TRIGGER; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TRIGGER each_partition AFTER INSERT ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.note_change();


--
-- TOC entry 4316 (class 2620 OID 18042)
-- Dependencies: 618 240 4315 240
-- Name: orders_2025_01 each_partition; Type: TRIGGER; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--


ALTER TABLE shop.orders_2025_01 DISABLE TRIGGER each_partition;


--
-- TOC entry 4314 (class 2620 OID 18039)
-- Dependencies: 618 237
-- Name: products f_truncated; Type: TRIGGER; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TRIGGER f_truncated AFTER TRUNCATE ON shop.products FOR EACH STATEMENT EXECUTE FUNCTION shop.note_change();


--
-- TOC entry 4317 (class 2620 OID 18040)
-- Dependencies: 268 618
-- Name: best_sellers instead; Type: TRIGGER; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE TRIGGER instead INSTEAD OF UPDATE ON shop.best_sellers FOR EACH ROW EXECUTE FUNCTION shop.note_change();


--
-- TOC entry 4308 (class 2606 OID 18092)
-- Dependencies: 277 276 4279
-- Name: table table_order_fkey; Type: FK CONSTRAINT; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

ALTER TABLE ONLY "odd ""names"" & more"."table"
    ADD CONSTRAINT table_order_fkey FOREIGN KEY ("order") REFERENCES "odd ""names"" & more"."two
lines"("col
-- umn");


--
-- TOC entry 4303 (class 2606 OID 17749)
-- Dependencies: 4283 4285 4287 4289 4291 4293 246 246 246 4234 239 239 239
-- Name: order_lines order_lines_order_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE shop.order_lines
    ADD CONSTRAINT order_lines_order_fkey FOREIGN KEY (order_id, placed_on, channel) REFERENCES shop.orders(order_id, placed_on, channel) ON DELETE CASCADE;


--
-- TOC entry 4304 (class 2606 OID 17744)
-- Dependencies: 246 4226 237
-- Name: order_lines order_lines_product_id_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE shop.order_lines
    ADD CONSTRAINT order_lines_product_id_fkey FOREIGN KEY (product_id) REFERENCES shop.products(product_id);


--
-- TOC entry 4302 (class 2606 OID 17629)
-- Dependencies: 239 233 4215
-- Name: orders orders_shop_id_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE shop.orders
    ADD CONSTRAINT orders_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shop.shops(shop_id);


--
-- TOC entry 4305 (class 2606 OID 17956)
-- Dependencies: 233 4215 249
-- Name: refunds refunds_hoped; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.refunds
    ADD CONSTRAINT refunds_hoped FOREIGN KEY (line) REFERENCES shop.shops(shop_id) NOT ENFORCED;


--
-- TOC entry 4306 (class 2606 OID 17820)
-- Dependencies: 4294 4295 249 246 246 4255 249
-- Name: refunds refunds_order_id_line_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.refunds
    ADD CONSTRAINT refunds_order_id_line_fkey FOREIGN KEY (order_id, line) REFERENCES shop.order_lines(order_id, line);


--
-- TOC entry 4299 (class 2606 OID 17580)
-- Dependencies: 4219 233 235
-- Name: shops shops_manager_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.shops
    ADD CONSTRAINT shops_manager_fkey FOREIGN KEY (manager_id) REFERENCES shop.staff(staff_id) MATCH FULL DEFERRABLE;


--
-- TOC entry 4300 (class 2606 OID 17575)
-- Dependencies: 4219 235 235
-- Name: staff staff_boss_id_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.staff
    ADD CONSTRAINT staff_boss_id_fkey FOREIGN KEY (boss_id) REFERENCES shop.staff(staff_id) DEFERRABLE INITIALLY DEFERRED;


--
-- TOC entry 4301 (class 2606 OID 17570)
-- Dependencies: 4215 235 233
-- Name: staff staff_shop_id_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.staff
    ADD CONSTRAINT staff_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES shop.shops(shop_id) ON UPDATE CASCADE ON DELETE SET NULL;


--
-- TOC entry 4307 (class 2606 OID 17951)
-- Dependencies: 264 4276 5 5 5 12 5 12 12 12 5 5 12 12 5 12 5 12 5 5 12 5 12 12 5 12 5 12 5 12 5 12 5 5 5 12 5 12 12 12 5 12 5 12 5 12 5 5 12 12 265 265 264
-- Name: sublets sublets_lease; Type: FK CONSTRAINT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE ONLY shop.sublets
    ADD CONSTRAINT sublets_lease FOREIGN KEY (shop_id, PERIOD valid) REFERENCES shop.leases(shop_id, PERIOD valid);


--
-- TOC entry 4480 (class 3256 OID 18067)
-- Dependencies: 235
-- Name: staff everything; Type: POLICY; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE POLICY everything ON shop.staff TO sample_auditor USING (true) WITH CHECK (false);


--
-- TOC entry 4482 (class 3256 OID 18069)
-- Dependencies: 233 239 239
-- Name: orders insert_only; Type: POLICY; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE POLICY insert_only ON shop.orders FOR INSERT WITH CHECK ((shop_id IN ( SELECT shops.shop_id
   FROM shop.shops)));


--
-- TOC entry 4483 (class 3256 OID 18068)
-- Dependencies: 239 239 239 1470
-- Name: orders not at night; "never"; Type: POLICY; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE POLICY "not at night; ""never""" ON shop.orders AS RESTRICTIVE FOR UPDATE USING ((placed_on > '2025-01-01'::date)) WITH CHECK ((status <> 'new'::shop.order_status));


--
-- TOC entry 4479 (class 0 OID 17619)
-- Dependencies: 239
-- Name: orders; Type: ROW SECURITY; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;

--
-- TOC entry 4481 (class 3256 OID 18066)
-- Dependencies: 235 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 3 3 3 12 3 12 12 3 12 3 12 12 12 235
-- Name: staff own_row; Type: POLICY; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

CREATE POLICY own_row ON shop.staff FOR SELECT TO sample_manager, sample_clerk USING ((email OPERATOR(extensions.=) (CURRENT_USER)::extensions.citext));


--
-- TOC entry 4652 (class 0 OID 0)
-- Dependencies: 4481
-- Name: POLICY own_row ON staff; Type: COMMENT; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

COMMENT ON POLICY own_row ON shop.staff IS 'nobody sees the others'' salaries';


--
-- TOC entry 4478 (class 0 OID 17556)
-- Dependencies: 235
-- Name: staff; Type: ROW SECURITY; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER TABLE shop.staff ENABLE ROW LEVEL SECURITY;

--
-- TOC entry 4484 (class 6104 OID 18053)
-- Name: sample_all; Type: PUBLICATION; Schema: -; Owner: postgres
-- Data Pos: 0
--

CREATE PUBLICATION sample_all FOR ALL TABLES WITH (publish = 'insert, update');


ALTER PUBLICATION sample_all OWNER TO postgres;

--
-- TOC entry 4486 (class 6104 OID 18057)
-- Name: sample_columns; Type: PUBLICATION; Schema: -; Owner: postgres
-- Data Pos: 0
--

CREATE PUBLICATION sample_columns WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION sample_columns OWNER TO postgres;

--
-- TOC entry 4487 (class 6104 OID 18060)
-- Name: sample_schema; Type: PUBLICATION; Schema: -; Owner: postgres
-- Data Pos: 0
--

CREATE PUBLICATION sample_schema WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION sample_schema OWNER TO postgres;

--
-- TOC entry 4485 (class 6104 OID 18054)
-- Name: sample_some; Type: PUBLICATION; Schema: -; Owner: sample_manager
-- Data Pos: 0
--

CREATE PUBLICATION sample_some WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);


ALTER PUBLICATION sample_some OWNER TO sample_manager;

--
-- TOC entry 4653 (class 0 OID 0)
-- Dependencies: 4485
-- Name: PUBLICATION sample_some; Type: COMMENT; Schema: -; Owner: sample_manager
-- Data Pos: 0
--

COMMENT ON PUBLICATION sample_some IS 'for the web shop';


--
-- TOC entry 4495 (class 6106 OID 18064)
-- Dependencies: 256 4487
-- Name: sample_schema film_games; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
-- Data Pos: 0
--

ALTER PUBLICATION sample_schema ADD TABLE ONLY shop.film_games;


--
-- TOC entry 4494 (class 6106 OID 18063)
-- Dependencies: 255 4487
-- Name: sample_schema films; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
-- Data Pos: 0
--

ALTER PUBLICATION sample_schema ADD TABLE ONLY shop.films;


--
-- TOC entry 4493 (class 6106 OID 18062)
-- Dependencies: 4487 254
-- Name: sample_schema games; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
-- Data Pos: 0
--

ALTER PUBLICATION sample_schema ADD TABLE ONLY shop.games;


--
-- TOC entry 4492 (class 6106 OID 18061)
-- Dependencies: 253 4487
-- Name: sample_schema media; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
-- Data Pos: 0
--

ALTER PUBLICATION sample_schema ADD TABLE ONLY shop.media;


--
-- TOC entry 4489 (class 6106 OID 18056)
-- Dependencies: 4485 239
-- Name: sample_some orders; Type: PUBLICATION TABLE; Schema: shop; Owner: sample_manager
-- Data Pos: 0
--

ALTER PUBLICATION sample_some ADD TABLE ONLY shop.orders;


--
-- TOC entry 4491 (class 6106 OID 18059)
-- Dependencies: 237 4486 237
-- Name: sample_columns products; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
-- Data Pos: 0
--

ALTER PUBLICATION sample_columns ADD TABLE ONLY shop.products WHERE ((product_id > 10));


--
-- TOC entry 4488 (class 6106 OID 18055)
-- Dependencies: 4485 237
-- Name: sample_some products; Type: PUBLICATION TABLE; Schema: shop; Owner: sample_manager
-- Data Pos: 0
--

ALTER PUBLICATION sample_some ADD TABLE ONLY shop.products;


--
-- TOC entry 4490 (class 6106 OID 18058)
-- Dependencies: 233 233 4486 233
-- Name: sample_columns shops; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
-- Data Pos: 0
--

ALTER PUBLICATION sample_columns ADD TABLE ONLY shop.shops (shop_id, name);


--
-- TOC entry 4496 (class 6237 OID 18065)
-- Dependencies: 14 4487
-- Name: sample_schema report; Type: PUBLICATION TABLES IN SCHEMA; Schema: report; Owner: postgres
-- Data Pos: 0
--

ALTER PUBLICATION sample_schema ADD TABLES IN SCHEMA report;


--
-- TOC entry 4553 (class 0 OID 0)
-- Dependencies: 4551
-- Name: DATABASE sample; Type: ACL; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

REVOKE CONNECT,TEMPORARY ON DATABASE sample FROM PUBLIC;
GRANT CONNECT ON DATABASE sample TO PUBLIC;
GRANT CREATE ON DATABASE sample TO sample_manager;


--
-- TOC entry 4555 (class 0 OID 0)
-- Dependencies: 12
-- Name: SCHEMA extensions; Type: ACL; Schema: -; Owner: postgres
-- Data Pos: 0
--

GRANT USAGE ON SCHEMA extensions TO PUBLIC;


--
-- TOC entry 4557 (class 0 OID 0)
-- Dependencies: 14
-- Name: SCHEMA report; Type: ACL; Schema: -; Owner: sample_manager
-- Data Pos: 0
--

GRANT USAGE ON SCHEMA report TO sample_clerk;
GRANT USAGE ON SCHEMA report TO sample_auditor;
GRANT CREATE ON SCHEMA report TO sample_auditor WITH GRANT OPTION;


--
-- TOC entry 4559 (class 0 OID 0)
-- Dependencies: 13
-- Name: SCHEMA shop; Type: ACL; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

GRANT USAGE ON SCHEMA shop TO sample_manager;
GRANT USAGE ON SCHEMA shop TO sample_clerk;
GRANT USAGE ON SCHEMA shop TO sample_auditor;


--
-- TOC entry 4560 (class 0 OID 0)
-- Dependencies: 1493
-- Name: LANGUAGE sample_plpgsql; Type: ACL; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

GRANT ALL ON LANGUAGE sample_plpgsql TO sample_clerk;


--
-- TOC entry 4569 (class 0 OID 0)
-- Dependencies: 1471
-- Name: TYPE address; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

REVOKE ALL ON TYPE shop.address FROM PUBLIC;


--
-- TOC entry 4572 (class 0 OID 0)
-- Dependencies: 1472
-- Name: TYPE isbn; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT ALL ON TYPE shop.isbn TO sample_auditor WITH GRANT OPTION;


--
-- TOC entry 4575 (class 0 OID 0)
-- Dependencies: 1470
-- Name: TYPE order_status; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT ALL ON TYPE shop.order_status TO sample_clerk;


--
-- TOC entry 4578 (class 0 OID 0)
-- Dependencies: 364
-- Name: FUNCTION show_limit(); Type: ACL; Schema: extensions; Owner: postgres
-- Data Pos: 0
--

REVOKE ALL ON FUNCTION extensions.show_limit() FROM PUBLIC;
GRANT ALL ON FUNCTION extensions.show_limit() TO sample_clerk;


--
-- TOC entry 4581 (class 0 OID 0)
-- Dependencies: 239
-- Name: TABLE orders; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT ALL ON TABLE shop.orders TO sample_manager;


--
-- TOC entry 4582 (class 0 OID 0)
-- Dependencies: 239 4581
-- Name: COLUMN orders.order_id; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT SELECT(order_id),REFERENCES(order_id) ON TABLE shop.orders TO sample_clerk WITH GRANT OPTION;


--
-- TOC entry 4583 (class 0 OID 0)
-- Dependencies: 239 4581
-- Name: COLUMN orders.status; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT SELECT(status) ON TABLE shop.orders TO sample_clerk WITH GRANT OPTION;
SET SESSION AUTHORIZATION sample_clerk;
GRANT SELECT(status) ON TABLE shop.orders TO sample_auditor;
RESET SESSION AUTHORIZATION;


--
-- TOC entry 4584 (class 0 OID 0)
-- Dependencies: 239 4581
-- Name: COLUMN orders.remark; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT INSERT(remark) ON TABLE shop.orders TO sample_clerk WITH GRANT OPTION;


--
-- TOC entry 4587 (class 0 OID 0)
-- Dependencies: 500
-- Name: FUNCTION restock(INOUT product integer, pieces integer, OUT total bigint, OUT "who did it" text); Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

REVOKE ALL ON FUNCTION shop.restock(INOUT product integer, pieces integer, OUT total bigint, OUT "who did it" text) FROM PUBLIC;
GRANT ALL ON FUNCTION shop.restock(INOUT product integer, pieces integer, OUT total bigint, OUT "who did it" text) TO sample_clerk;


--
-- TOC entry 4589 (class 0 OID 0)
-- Dependencies: 1498
-- Name: FUNCTION total_of(numeric); Type: ACL; Schema: shop; Owner: postgres
-- Data Pos: 0
--

GRANT ALL ON FUNCTION shop.total_of(numeric) TO sample_auditor;


--
-- TOC entry 4596 (class 0 OID 0)
-- Dependencies: 2849
-- Name: FOREIGN DATA WRAPPER postgres_fdw; Type: ACL; Schema: -; Owner: postgres
-- Data Pos: 0
--

GRANT ALL ON FOREIGN DATA WRAPPER postgres_fdw TO sample_owner;


--
-- TOC entry 4599 (class 0 OID 0)
-- Dependencies: 2850
-- Name: FOREIGN SERVER warehouse; Type: ACL; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

GRANT ALL ON FOREIGN SERVER warehouse TO sample_manager WITH GRANT OPTION;


--
-- TOC entry 4602 (class 0 OID 0)
-- Dependencies: 277
-- Name: TABLE "table"; Type: ACL; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

GRANT SELECT ON TABLE "odd ""names"" & more"."table" TO "sample Büro ""7""" WITH GRANT OPTION;


--
-- TOC entry 4603 (class 0 OID 0)
-- Dependencies: 277 4602
-- Name: COLUMN "table"."Sp ace"; Type: ACL; Schema: odd "names" & more; Owner: postgres
-- Data Pos: 0
--

GRANT UPDATE("Sp ace") ON TABLE "odd ""names"" & more"."table" TO "sample Büro ""7""";


--
-- TOC entry 4606 (class 0 OID 0)
-- Dependencies: 246
-- Name: TABLE order_lines; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT ALL ON TABLE shop.order_lines TO sample_manager;


--
-- TOC entry 4609 (class 0 OID 0)
-- Dependencies: 272
-- Name: TABLE monthly; Type: ACL; Schema: report; Owner: sample_manager
-- Data Pos: 0
--

GRANT SELECT ON TABLE report.monthly TO sample_auditor;


--
-- TOC entry 4612 (class 0 OID 0)
-- Dependencies: 268
-- Name: TABLE best_sellers; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT SELECT ON TABLE shop.best_sellers TO sample_manager;


--
-- TOC entry 4613 (class 0 OID 0)
-- Dependencies: 274
-- Name: TABLE not_yet; Type: ACL; Schema: report; Owner: postgres
-- Data Pos: 0
--

GRANT SELECT ON TABLE report.not_yet TO sample_auditor;


--
-- TOC entry 4614 (class 0 OID 0)
-- Dependencies: 275
-- Name: TABLE other_heap; Type: ACL; Schema: report; Owner: postgres
-- Data Pos: 0
--

GRANT SELECT ON TABLE report.other_heap TO sample_auditor;


--
-- TOC entry 4615 (class 0 OID 0)
-- Dependencies: 273
-- Name: TABLE yearly; Type: ACL; Schema: report; Owner: sample_manager
-- Data Pos: 0
--

GRANT SELECT ON TABLE report.yearly TO sample_auditor;


--
-- TOC entry 4618 (class 0 OID 0)
-- Dependencies: 235
-- Name: TABLE staff; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT MAINTAIN ON TABLE shop.staff TO sample_manager;


--
-- TOC entry 4619 (class 0 OID 0)
-- Dependencies: 237
-- Name: TABLE products; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT SELECT ON TABLE shop.products TO PUBLIC;


--
-- TOC entry 4620 (class 0 OID 0)
-- Dependencies: 231
-- Name: SEQUENCE countdown; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT SELECT,UPDATE ON SEQUENCE shop.countdown TO sample_auditor;


--
-- TOC entry 4623 (class 0 OID 0)
-- Dependencies: 230
-- Name: SEQUENCE receipt_no; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT USAGE ON SEQUENCE shop.receipt_no TO sample_clerk;


--
-- TOC entry 4624 (class 0 OID 0)
-- Dependencies: 249
-- Name: TABLE refunds; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

REVOKE ALL ON TABLE shop.refunds FROM sample_owner;
GRANT TRIGGER,TRUNCATE ON TABLE shop.refunds TO sample_auditor;


--
-- TOC entry 4627 (class 0 OID 0)
-- Dependencies: 233
-- Name: TABLE shops; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT SELECT,INSERT ON TABLE shop.shops TO sample_manager WITH GRANT OPTION;
SET SESSION AUTHORIZATION sample_manager;
GRANT SELECT ON TABLE shop.shops TO sample_clerk WITH GRANT OPTION;
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION sample_clerk;
GRANT SELECT ON TABLE shop.shops TO sample_auditor;
RESET SESSION AUTHORIZATION;


--
-- TOC entry 4628 (class 0 OID 0)
-- Dependencies: 233 4627
-- Name: COLUMN shops.name; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT SELECT(name) ON TABLE shop.shops TO sample_auditor;


--
-- TOC entry 4629 (class 0 OID 0)
-- Dependencies: 233 4627
-- Name: COLUMN shops.place; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT SELECT(place) ON TABLE shop.shops TO sample_auditor;


--
-- TOC entry 4630 (class 0 OID 0)
-- Dependencies: 233 4627
-- Name: COLUMN shops.tags; Type: ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

GRANT UPDATE(tags) ON TABLE shop.shops TO sample_auditor;


--
-- TOC entry 2852 (class 826 OID 18071)
-- Dependencies: 13
-- Name: DEFAULT PRIVILEGES FOR SEQUENCES; Type: DEFAULT ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner IN SCHEMA shop GRANT USAGE ON SEQUENCES TO sample_clerk WITH GRANT OPTION;


--
-- TOC entry 2851 (class 826 OID 18070)
-- Dependencies: 13
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: shop; Owner: sample_owner
-- Data Pos: 0
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner IN SCHEMA shop GRANT SELECT ON TABLES TO sample_auditor;


--
-- TOC entry 2856 (class 826 OID 18075)
-- Name: DEFAULT PRIVILEGES FOR LARGE OBJECTS; Type: DEFAULT ACL; Schema: -; Owner: sample_manager
-- Data Pos: 0
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_manager GRANT SELECT ON LARGE OBJECTS TO sample_auditor;


--
-- TOC entry 2854 (class 826 OID 18073)
-- Name: DEFAULT PRIVILEGES FOR TYPES; Type: DEFAULT ACL; Schema: -; Owner: sample_manager
-- Data Pos: 0
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_manager GRANT ALL ON TYPES TO sample_clerk;


--
-- TOC entry 2853 (class 826 OID 18072)
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: sample_owner
-- Data Pos: 0
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;


--
-- TOC entry 2855 (class 826 OID 18074)
-- Name: DEFAULT PRIVILEGES FOR SCHEMAS; Type: DEFAULT ACL; Schema: -; Owner: sample_manager
-- Data Pos: 0
--

ALTER DEFAULT PRIVILEGES FOR ROLE sample_manager GRANT USAGE ON SCHEMAS TO sample_clerk;


--
-- TOC entry 4149 (class 3466 OID 18051)
-- Dependencies: 582
-- Name: sample_ddl; Type: EVENT TRIGGER; Schema: -; Owner: postgres
-- Data Pos: 0
--

CREATE EVENT TRIGGER sample_ddl ON ddl_command_end
         WHEN TAG IN ('CREATE TABLE', 'DROP TABLE')
   EXECUTE FUNCTION shop.note_ddl();


ALTER EVENT TRIGGER sample_ddl OWNER TO postgres;

--
-- TOC entry 4654 (class 0 OID 0)
-- Dependencies: 4149
-- Name: EVENT TRIGGER sample_ddl; Type: COMMENT; Schema: -; Owner: postgres
-- Data Pos: 0
--

COMMENT ON EVENT TRIGGER sample_ddl IS 'who made what';


--
-- TOC entry 4150 (class 3466 OID 18052)
-- Dependencies: 582
-- Name: sample_drop; Type: EVENT TRIGGER; Schema: -; Owner: postgres
-- Data Pos: 0
--

CREATE EVENT TRIGGER sample_drop ON sql_drop
   EXECUTE FUNCTION shop.note_ddl();

ALTER EVENT TRIGGER sample_drop DISABLE;


ALTER EVENT TRIGGER sample_drop OWNER TO postgres;

--
-- TOC entry 4528 (class 0 OID 17999)
-- Dependencies: 272 4547
-- Name: monthly; Type: MATERIALIZED VIEW DATA; Schema: report; Owner: sample_manager
-- Data Pos: 0
--

REFRESH MATERIALIZED VIEW report.monthly;


--
-- TOC entry 4531 (class 0 OID 18024)
-- Dependencies: 275 4547
-- Name: other_heap; Type: MATERIALIZED VIEW DATA; Schema: report; Owner: postgres
-- Data Pos: 0
--

REFRESH MATERIALIZED VIEW report.other_heap;


--
-- TOC entry 4529 (class 0 OID 18007)
-- Dependencies: 273 4528 4547
-- Name: yearly; Type: MATERIALIZED VIEW DATA; Schema: report; Owner: sample_manager
-- Data Pos: 0
--

REFRESH MATERIALIZED VIEW report.yearly;


-- Completed on

--
-- PostgreSQL database dump complete
--

\unrestrict k

