-- Rows and large objects: the same on every run.

SET SESSION AUTHORIZATION sample_owner;
SET search_path = shop, extensions, public;

INSERT INTO shops (name, place, open_hours, founded, opened_at, tags)
SELECT town || ' ' || n, ROW(street, town, postcode, ARRAY[street, postcode || ' ' || town])::address,
       opening('08:00', ('1' || n + 5 || ':30')::time), date '1990-01-01' + 400 * n,
       timestamptz '1990-01-01 09:00:00+00' + 400 * n * interval '1 day', hstore('no', n::text) || CASE WHEN n = 2 THEN 'café=>"très \" bon", empty=>NULL' ELSE '' END::hstore
FROM (VALUES (1, 'Zürich', 'Bahnhofstrasse 1', '8001'), (2, 'Orléans', 'rue de l''Étape 2', '45000'),
             (3, '東京', '神保町 3', '101-0051'), (4, 'Łódź', 'Piotrkowska 4', '90-001')) AS s (n, town, street, postcode);

INSERT INTO staff (shop_id, boss_id, email, name, salary, photo)
SELECT 10 * (1 + n % 4), CASE WHEN n > 1 THEN (n + 1) / 3 END, 'Person' || n || '@shop.example', 'Person ' || n, 2000 + 37.5 * n,
       decode(md5('photo' || n), 'hex') || '\x00ff5c0a'::bytea
FROM generate_series(1, 24) AS n;
UPDATE shops SET manager_id = shop_id / 10;
UPDATE staff SET email = NULL WHERE staff_id = 24;

INSERT INTO products (product_id, isbn, title, authors, price, shelf, weight_g, details, blurb)
SELECT n, '978-' || lpad((n * 7919 % 10000000000)::text, 10, '0'),
       (ARRAY['The ', 'Der ', 'Le ', ''])[1 + n % 4] || (ARRAY['Whale', 'Château', 'Schlüssel', 'Garden', 'Ω and α', '本', 'Winter'])[1 + n % 7]
         || (ARRAY['', ' of Stone', ', Vol. ' || n, ' (illustrated)', ' "quoted"'])[1 + n % 5],
       ARRAY['Author ' || n % 17, 'Translator, ' || n % 5]::text[] , (n * 13 % 97) + 0.99,
       (chr(65 + n % 26) || '.' || n)::shelfmark, 100 + n * 31 % 900,
       jsonb_build_object('pages', 80 + n * 11, 'languages', jsonb_build_array('en', 'de'), 'note', CASE WHEN n % 9 = 0 THEN E'line\nbreak \\ "q"' END),
       CASE WHEN n % 4 = 0 THEN NULL WHEN n % 25 = 0 THEN repeat('A long blurb; ', 20) ELSE 'Blurb ' || n END
FROM generate_series(1, 90) AS n;

INSERT INTO orders (order_id, placed_on, channel, shop_id, customer, status, remark)
SELECT n, date '2024-12-20' + n * 37 % 115, (enum_range(NULL::channel))[1 + n % 3], 10 * (1 + n % 4), 'Customer' || n % 40 || '@mail.example',
       (enum_range(NULL::order_status))[1 + n % 6], CASE WHEN n % 10 = 0 THEN E'two\nlines' WHEN n % 3 = 0 THEN 'gift ' || n END
FROM generate_series(1, 260) AS n;
INSERT INTO order_lines
SELECT o.order_id, o.placed_on, o.channel, l, 1 + (o.order_id * 7 + l * 13) % 90, 1 + (o.order_id + l) % 3, (o.order_id * l) % 50 + 0.5
FROM orders AS o, generate_series(1, 2) AS l ORDER BY o.order_id, l;
INSERT INTO refunds (order_id, line, reason) SELECT n, 1, CASE WHEN n % 2 = 0 THEN 'torn' END FROM generate_series(5, 100, 5) AS n;
INSERT INTO clicks SELECT (enum_range(NULL::channel))[1 + n % 3], n, '/page/' || n FROM generate_series(1, 30) AS n;

INSERT INTO media VALUES (1, 'a map', '2001-02-03');
INSERT INTO games (media_id, players) VALUES (2, '[2,5)'), (3, 'empty');
INSERT INTO films VALUES (4, 'a film', NULL, 90);
INSERT INTO film_games (media_id, label, minutes, rating) VALUES (5, 'both', 10, 4.5);
INSERT INTO addresses VALUES ('Main St 1', DEFAULT, 'AB1', '{}');
INSERT INTO nothing_at_all SELECT FROM generate_series(1, 3);
INSERT INTO other_heap SELECT n, 'row ' || n FROM generate_series(1, 20) AS n;
INSERT INTO rooms VALUES (1, '[2025-01-01,2025-01-02)', 'book club'), (1, '[2025-01-01 12:00,2025-01-03)', 'cat'), (2, NULL, NULL);
INSERT INTO baskets VALUES ('11111111-2222-3333-4444-555555555555', '<basket><item n="1"/></basket>');

INSERT INTO many_types VALUES
    (1, true, 'abc', 'v', E'tab\there, newline\nthere, return\r, backslash \\, \\N and \\. and quotes '' "', 12345678901234567890.123456789, 1.5, -0.1,
     '\x00010203ff', '2025-06-07 08:09:10.123456+00', '1 year 2 mons -3 days 04:05:06.7', B'10101', '192.0.2.1/24', '08:00:2b:01:02:03',
     '(1.5,-2)', '{"a": [1, null, "\u00e9"]}', '{{1,2},{3,NULL}}', '{"a,b","c\"d","NULL",NULL,""}', '(1.5,)', $$'fat':2 'rat':3A$$, '12.34', '16/B374D848'),
    (2, false, '', '', '', 'NaN', 'Infinity', '-Infinity', '', 'infinity', '0', B'', '::1', NULL, NULL, 'null', '{}', '{}', 'empty', '', NULL, '0/0'),
    (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (4, NULL, NULL, NULL, E'\\.', 0, 0, 0, NULL, '0044-03-15 12:00:00+00 BC', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (5, NULL, NULL, NULL, E'emoji 🐘, combining é, right-to-left שלום, \u0001\u007f\b\f\v', -1, 1e-30, 1e300, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
\if :v18
INSERT INTO leases VALUES (10, '[2020-01-01,2030-01-01)', 'the city'), (10, '[2030-01-01,)', 'the bank');
INSERT INTO sublets VALUES (10, '[2021-01-01,2022-01-01)', 'a bakery');
\endif
SELECT setval('receipt_no', 1230), setval('countdown', -7, false);

-- Large objects. Their OIDs are fixed so that two restores can be compared.

SELECT lo_from_bytea(410001, 'A letter, not compressed.'), lo_create(410002),
       lo_from_bytea(410003, (SELECT string_agg(decode(md5(n::text), 'hex'), '') FROM generate_series(1, 300) AS n)),
       lo_from_bytea(410004, convert_to(repeat('The same line over and over.' || chr(10), 250), 'UTF8'));
COMMENT ON LARGE OBJECT 410001 IS 'a letter; it''s short';
GRANT SELECT ON LARGE OBJECT 410001 TO sample_clerk;
GRANT SELECT, UPDATE ON LARGE OBJECT 410003 TO sample_manager WITH GRANT OPTION;
RESET SESSION AUTHORIZATION;
SELECT lo_from_bytea(410005, '\x5c27220a0d0009ff');
COMMENT ON LARGE OBJECT 410005 IS 'all the awkward bytes';
ALTER LARGE OBJECT 410003 OWNER TO sample_manager;
