-- Functions, views, triggers, rules, publications.

RESET SESSION AUTHORIZATION;
SET search_path = shop, extensions, public;

CREATE FUNCTION gross_price(net numeric, rate numeric DEFAULT 0.07) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'SELECT round(net * (1 + rate), 2)';
COMMENT ON FUNCTION gross_price(numeric, numeric) IS 'with tax';
ALTER FUNCTION gross_price(numeric, numeric) OWNER TO sample_owner;

CREATE FUNCTION odd_quotes(VARIADIC what text[]) RETURNS text LANGUAGE plpgsql AS $outer$
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
END $outer$;

CREATE FUNCTION restock(INOUT product integer, pieces integer DEFAULT 1, OUT total bigint, OUT "who did it" text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER SET search_path TO 'shop', 'pg_temp' SET work_mem TO '8MB' AS $$
BEGIN
    total := pieces;
    "who did it" := current_user;
END;
$$;
ALTER FUNCTION restock OWNER TO sample_owner;
REVOKE ALL ON FUNCTION restock FROM PUBLIC;
GRANT EXECUTE ON FUNCTION restock TO sample_clerk;

CREATE FUNCTION cheapest(upto price) RETURNS TABLE (title text, price numeric) LANGUAGE sql STABLE ROWS 30 AS
$$ SELECT title, price::numeric FROM shop.products WHERE price <= upto ORDER BY price, title; $$;
CREATE FUNCTION orders_of(who citext) RETURNS SETOF orders LANGUAGE sql STABLE AS $$SELECT * FROM shop.orders WHERE customer = who$$;
CREATE FUNCTION first_word(t text) RETURNS text LANGUAGE sample_plpgsql IMMUTABLE AS $$BEGIN RETURN split_part(t, ' ', 1); END$$;
CREATE FUNCTION nth_row() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE AS 'window_row_number';
\if :v14
CREATE FUNCTION best_customer(since date) RETURNS citext LANGUAGE sql
BEGIN ATOMIC
    SELECT customer FROM shop.orders WHERE placed_on >= since AND remark <> 'a;b' GROUP BY customer ORDER BY count(*) DESC, customer LIMIT 1;
END;
CREATE FUNCTION double_it(n integer) RETURNS integer LANGUAGE sql RETURN n * 2;
\endif

CREATE PROCEDURE close_day(day date, INOUT closed integer DEFAULT 0) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE shop.orders SET status = 'delivered' WHERE placed_on = day AND status = 'on its way';
    GET DIAGNOSTICS closed = ROW_COUNT;
    COMMIT;
END $$;
COMMENT ON PROCEDURE close_day(date, integer) IS 'run at night';
ALTER PROCEDURE close_day(date, integer) OWNER TO sample_owner;

-- Aggregates

CREATE FUNCTION longer(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$SELECT CASE WHEN length(coalesce(a, '')) >= length(coalesce(b, '')) THEN a ELSE b END$$;
CREATE AGGREGATE longest(text) (SFUNC = longer, STYPE = text, COMBINEFUNC = longer, PARALLEL = SAFE);
COMMENT ON AGGREGATE longest(text) IS 'the longest text';
ALTER AGGREGATE longest(text) OWNER TO sample_owner;
CREATE AGGREGATE total_of(numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0',
    MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric, MINITCOND = '0');
CREATE AGGREGATE middle(double precision ORDER BY double precision) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_cont_float8_final);
GRANT EXECUTE ON FUNCTION total_of(numeric) TO sample_auditor;

-- Views. The second depends on a primary key, so it comes after the indexes.

SET SESSION AUTHORIZATION sample_owner;
CREATE VIEW order_totals WITH (security_barrier = true) AS
    SELECT o.order_id, o.placed_on, sum(l.amount * l.price) AS total
    FROM orders AS o JOIN order_lines AS l USING (order_id, placed_on, channel) GROUP BY o.order_id, o.placed_on;
CREATE VIEW product_sales AS
    SELECT p.product_id, p.title, p.price, count(l.line) AS sold FROM products AS p LEFT JOIN order_lines AS l USING (product_id) GROUP BY p.product_id;
CREATE VIEW best_sellers AS SELECT title, sold FROM product_sales WHERE sold > 5;
COMMENT ON VIEW product_sales IS 'groups by the primary key alone';
COMMENT ON COLUMN product_sales.sold IS 'lines, not pieces';
CREATE VIEW cheap_products AS SELECT product_id, title, price FROM products WHERE price < 20 WITH LOCAL CHECK OPTION;
ALTER VIEW cheap_products ALTER COLUMN price SET DEFAULT 9.99;
CREATE RECURSIVE VIEW chain_of_command (staff_id, depth) AS
    SELECT staff_id, 0 FROM staff WHERE boss_id IS NULL UNION ALL SELECT s.staff_id, depth + 1 FROM staff AS s JOIN chain_of_command AS c ON s.boss_id = c.staff_id AND s.staff_id <> c.staff_id;
\if :v15
CREATE VIEW own_rights WITH (security_invoker = true) AS SELECT name FROM staff;
\endif
RESET SESSION AUTHORIZATION;

CREATE MATERIALIZED VIEW report.monthly AS
    SELECT date_trunc('month', placed_on)::date AS month, count(DISTINCT order_id) AS orders FROM shop.order_lines GROUP BY 1 ORDER BY 1;
CREATE UNIQUE INDEX monthly_month ON report.monthly (month);
CREATE MATERIALIZED VIEW report.yearly WITH (fillfactor = 50) AS SELECT extract(year FROM month)::integer AS year, sum(orders) AS orders FROM report.monthly GROUP BY 1 ORDER BY 1;
CREATE MATERIALIZED VIEW report.not_yet AS SELECT * FROM shop.best_sellers WITH NO DATA;
CREATE MATERIALIZED VIEW report.other_heap USING sample_heap AS SELECT n FROM shop.other_heap ORDER BY n;
ALTER MATERIALIZED VIEW report.monthly OWNER TO sample_manager;
ALTER MATERIALIZED VIEW report.yearly OWNER TO sample_manager;
ALTER MATERIALIZED VIEW report.monthly CLUSTER ON monthly_month;
GRANT SELECT ON shop.order_lines, shop.best_sellers TO sample_manager;
GRANT USAGE ON SCHEMA shop TO sample_manager;
COMMENT ON MATERIALIZED VIEW report.monthly IS 'refresh at night';
COMMENT ON COLUMN report.monthly.month IS 'its first day';

-- Triggers and rules

CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION trim_title() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.title := trim(NEW.title);
    RETURN NEW;
END $$;
CREATE TRIGGER a_trim BEFORE INSERT OR UPDATE OF title, price ON products FOR EACH ROW WHEN (NEW.title IS NOT NULL) EXECUTE FUNCTION trim_title();
CREATE TRIGGER b_disabled AFTER DELETE ON products FOR EACH ROW EXECUTE FUNCTION note_change('with', 'arguments; ''quoted''');
CREATE TRIGGER c_always BEFORE INSERT ON products FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER d_replica AFTER UPDATE ON products REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_change();
CREATE CONSTRAINT TRIGGER e_checked AFTER INSERT ON products DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER f_truncated AFTER TRUNCATE ON products EXECUTE FUNCTION note_change();
ALTER TABLE products DISABLE TRIGGER b_disabled;
ALTER TABLE products ENABLE ALWAYS TRIGGER c_always;
ALTER TABLE products ENABLE REPLICA TRIGGER d_replica;
COMMENT ON TRIGGER a_trim ON products IS 'no blanks around titles';
CREATE TRIGGER instead INSTEAD OF UPDATE ON best_sellers FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE TRIGGER each_partition AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION note_change();
ALTER TABLE orders_2025_01 DISABLE TRIGGER each_partition;

CREATE RULE keep_refunds AS ON DELETE TO refunds DO INSTEAD NOTHING;
CREATE RULE also AS ON UPDATE TO other_heap WHERE NEW.n > 5 DO ALSO (DELETE FROM shop.clicks WHERE n = OLD.n; UPDATE shop.media SET label = 'a;b' WHERE media_id = OLD.n);
COMMENT ON RULE keep_refunds ON refunds IS 'for the tax office';
ALTER TABLE other_heap DISABLE RULE also;

CREATE FUNCTION note_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN NULL; END$$;
CREATE EVENT TRIGGER sample_ddl ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION note_ddl();
CREATE EVENT TRIGGER sample_drop ON sql_drop EXECUTE FUNCTION note_ddl();
ALTER EVENT TRIGGER sample_drop DISABLE;
COMMENT ON EVENT TRIGGER sample_ddl IS 'who made what';

-- Publications

CREATE PUBLICATION sample_all FOR ALL TABLES WITH (publish = 'insert, update');
CREATE PUBLICATION sample_some FOR TABLE ONLY products, orders WITH (publish_via_partition_root = true);
COMMENT ON PUBLICATION sample_some IS 'for the web shop';
ALTER PUBLICATION sample_some OWNER TO sample_manager;
\if :v15
CREATE PUBLICATION sample_columns FOR TABLE shop.shops (shop_id, name), shop.products WHERE (product_id > 10);
CREATE PUBLICATION sample_schema FOR TABLES IN SCHEMA report, TABLE shop.media;
\endif
