-- One table of :n documents, about 450 bytes of COPY text each, with what is
-- searched for in them, and its primary key.
CREATE TABLE document (
    id integer NOT NULL,
    source inet NOT NULL,
    title varchar(80) NOT NULL,
    body text NOT NULL,
    words tsvector NOT NULL
);
INSERT INTO document
SELECT i, '10.0.0.0'::inet + (hashint8(i) & 16777215), 'document ' || i, body, to_tsvector('simple', body)
FROM (SELECT i, (SELECT string_agg(substr(md5((i * j % 20011)::text), 1, 7), ' ') FROM generate_series(1, 20) AS j) AS body
      FROM generate_series(1::bigint, :n) AS i) AS made;
ALTER TABLE document ADD PRIMARY KEY (id);
