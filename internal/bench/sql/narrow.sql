-- One table of :n narrow rows, 92 bytes of COPY text each, and its primary key.
CREATE TABLE narrow (
    id bigint NOT NULL,
    account integer NOT NULL,
    amount numeric(12,2) NOT NULL,
    kind smallint NOT NULL,
    open boolean NOT NULL,
    at timestamptz NOT NULL,
    note text NOT NULL
);
INSERT INTO narrow
SELECT i, hashint8(i) & 1048575, (hashint8extended(i, 1) & 9999999) / 100.0, i % 1000, i % 3 = 0,
       '2024-01-01Z'::timestamptz + i * interval '7.000013 s', md5(i::text)
FROM generate_series(1, :n) AS i;
ALTER TABLE narrow ADD PRIMARY KEY (id);
