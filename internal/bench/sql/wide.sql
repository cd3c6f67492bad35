-- One table of :n wide rows with a primary key, two unique constraints, three
-- B-tree indexes, a GIN index and a foreign key.
CREATE TABLE customer (
    id integer PRIMARY KEY,
    name text NOT NULL
);
INSERT INTO customer SELECT i, 'customer ' || i FROM generate_series(1, 10000) AS i;
CREATE TABLE wide (
    id bigint NOT NULL,
    token uuid NOT NULL,
    reference text NOT NULL,
    customer integer NOT NULL,
    created timestamptz NOT NULL,
    updated timestamptz,
    amount numeric(14,4) NOT NULL,
    status text NOT NULL,
    detail jsonb NOT NULL,
    note text
);
INSERT INTO wide
SELECT i, md5(i::text)::uuid, 'REF-' || to_char(hashint8extended(i, 2) & 4294967295, 'FM0000000000') || '-' || i,
       1 + (hashint8(i) & 2147483647) % 10000,
       '2020-01-01Z'::timestamptz + (hashint8extended(i, 3) & 134217727) * interval '1.000007 s',
       CASE WHEN i % 4 > 0 THEN '2025-01-01Z'::timestamptz + i * interval '0.25 s' END,
       (hashint8extended(i, 4) & 99999999999) / 10000.0,
       (ARRAY['new', 'paid', 'sent', 'done', 'returned'])[1 + (hashint8(i + 1) & 1023) % 5],
       jsonb_build_object('tags', jsonb_build_array('t' || (hashint8(i + 2) & 255), 't' || (hashint8(i + 3) & 4095)),
                          'size', hashint8(i + 4) & 63, 'from', 'city ' || (hashint8(i + 5) & 1023), 'express', i % 7 = 0),
       CASE WHEN i % 3 > 0 THEN repeat('lorem ipsum ' || (i % 97) || ' ', (1 + i % 5)::integer) END
FROM generate_series(1::bigint, :n) AS i;
ALTER TABLE wide ADD PRIMARY KEY (id);
ALTER TABLE wide ADD UNIQUE (token);
ALTER TABLE wide ADD UNIQUE (reference);
CREATE INDEX ON wide (customer, created);
CREATE INDEX ON wide (created);
CREATE INDEX ON wide (status, amount);
CREATE INDEX ON wide USING gin (detail);
ALTER TABLE wide ADD FOREIGN KEY (customer) REFERENCES customer (id);
