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
-- Name: trouble; Type: SCHEMA; Schema: -; Owner: sample_ghost
--

CREATE SCHEMA trouble;


ALTER SCHEMA trouble OWNER TO sample_ghost;

--
-- Name: SCHEMA trouble; Type: SECURITY LABEL; Schema: -; Owner: sample_ghost
--

SECURITY LABEL FOR sample_labels ON SCHEMA trouble IS 'unclassified';


--
-- Name: small; Type: DOMAIN; Schema: trouble; Owner: postgres
--

CREATE DOMAIN trouble.small AS text
	CONSTRAINT small_check CHECK (true);


ALTER DOMAIN trouble.small OWNER TO postgres;

--
-- Name: count_them(); Type: FUNCTION; Schema: trouble; Owner: postgres
--

CREATE FUNCTION trouble.count_them() RETURNS integer
    LANGUAGE plpgsql STABLE
    AS $$BEGIN RETURN 10 / 0; END$$;


ALTER FUNCTION trouble.count_them() OWNER TO postgres;

--
-- Name: fine(integer); Type: FUNCTION; Schema: trouble; Owner: postgres
--

CREATE FUNCTION trouble.fine(n integer) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    AS $$BEGIN RETURN n <> 150; END$$;


ALTER FUNCTION trouble.fine(n integer) OWNER TO postgres;

--
-- Name: half(integer); Type: FUNCTION; Schema: trouble; Owner: postgres
--

CREATE FUNCTION trouble.half(n integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$SELECT n / 2$$;


ALTER FUNCTION trouble.half(n integer) OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: bad_row; Type: TABLE; Schema: trouble; Owner: postgres
--

CREATE TABLE trouble.bad_row (
    n integer,
    t text,
    CONSTRAINT bad_row_n_check CHECK (trouble.fine(n))
);


ALTER TABLE trouble.bad_row OWNER TO postgres;

--
-- Name: children; Type: TABLE; Schema: trouble; Owner: postgres
--

CREATE TABLE trouble.children (
    n integer
);


ALTER TABLE trouble.children OWNER TO postgres;

--
-- Name: counted; Type: MATERIALIZED VIEW; Schema: trouble; Owner: postgres
--

CREATE MATERIALIZED VIEW trouble.counted AS
 SELECT trouble.count_them() AS n
  WITH NO DATA;


ALTER MATERIALIZED VIEW trouble.counted OWNER TO postgres;

--
-- Name: counted_again; Type: MATERIALIZED VIEW; Schema: trouble; Owner: postgres
--

CREATE MATERIALIZED VIEW trouble.counted_again AS
 SELECT (n + 1) AS n
   FROM trouble.counted
  WITH NO DATA;


ALTER MATERIALIZED VIEW trouble.counted_again OWNER TO postgres;

--
-- Name: egg; Type: TABLE; Schema: trouble; Owner: postgres
--

CREATE TABLE trouble.egg (
    n integer NOT NULL,
    hen integer
);


ALTER TABLE trouble.egg OWNER TO postgres;

--
-- Name: fine_after_all; Type: TABLE; Schema: trouble; Owner: postgres
--

CREATE TABLE trouble.fine_after_all (
    n integer,
    t text
);


ALTER TABLE trouble.fine_after_all OWNER TO postgres;

--
-- Name: hen; Type: TABLE; Schema: trouble; Owner: postgres
--

CREATE TABLE trouble.hen (
    n integer NOT NULL,
    egg integer
);


ALTER TABLE trouble.hen OWNER TO postgres;

--
-- Name: not_unique; Type: TABLE; Schema: trouble; Owner: postgres
--

CREATE TABLE trouble.not_unique (
    n integer,
    m integer
);


ALTER TABLE trouble.not_unique OWNER TO postgres;

SET default_tablespace = sample_disk;

--
-- Name: on_a_disk; Type: TABLE; Schema: trouble; Owner: sample_ghost; Tablespace: sample_disk
--

CREATE TABLE trouble.on_a_disk (
    n integer NOT NULL,
    t text
);


ALTER TABLE trouble.on_a_disk OWNER TO sample_ghost;

--
-- Name: TABLE on_a_disk; Type: SECURITY LABEL; Schema: trouble; Owner: sample_ghost
--

SECURITY LABEL FOR sample_labels ON TABLE trouble.on_a_disk IS 'top secret; it''s';
SECURITY LABEL FOR sample_labels ON COLUMN trouble.on_a_disk.t IS 'classified';


SET default_tablespace = '';

--
-- Name: parents; Type: TABLE; Schema: trouble; Owner: postgres
--

CREATE TABLE trouble.parents (
    n integer NOT NULL
);


ALTER TABLE trouble.parents OWNER TO postgres;

--
-- Name: prix élevé; Type: TABLE; Schema: trouble; Owner: postgres
--

CREATE TABLE trouble."prix élevé" (
    "für Käse" text DEFAULT 'très'::text
);


ALTER TABLE trouble."prix élevé" OWNER TO postgres;

--
-- Name: TABLE "prix élevé"; Type: COMMENT; Schema: trouble; Owner: postgres
--

COMMENT ON TABLE trouble."prix élevé" IS '½ ¿';


SET default_tablespace = sample_disk;

--
-- Name: split; Type: TABLE; Schema: trouble; Owner: postgres; Tablespace: sample_disk
--

CREATE TABLE trouble.split (
    n integer
)
PARTITION BY LIST (n);


ALTER TABLE trouble.split OWNER TO postgres;

--
-- Name: split_1; Type: TABLE; Schema: trouble; Owner: postgres; Tablespace: sample_disk
--

CREATE TABLE trouble.split_1 (
    n integer
);


ALTER TABLE trouble.split_1 OWNER TO postgres;

SET default_tablespace = '';

--
-- Name: too_long; Type: TABLE; Schema: trouble; Owner: postgres
--

CREATE TABLE trouble.too_long (
    n integer,
    s trouble.small
);


ALTER TABLE trouble.too_long OWNER TO postgres;

--
-- Name: split_1; Type: TABLE ATTACH; Schema: trouble; Owner: postgres
--

ALTER TABLE ONLY trouble.split ATTACH PARTITION trouble.split_1 FOR VALUES IN (1);


--
-- Data for Name: bad_row; Type: TABLE DATA; Schema: trouble; Owner: postgres
--

COPY trouble.bad_row (n, t) FROM stdin;
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
21	row 21
22	row 22
23	row 23
24	row 24
25	row 25
26	row 26
27	row 27
28	row 28
29	row 29
30	row 30
31	row 31
32	row 32
33	row 33
34	row 34
35	row 35
36	row 36
37	row 37
38	row 38
39	row 39
40	row 40
41	row 41
42	row 42
43	row 43
44	row 44
45	row 45
46	row 46
47	row 47
48	row 48
49	row 49
50	row 50
51	row 51
52	row 52
53	row 53
54	row 54
55	row 55
56	row 56
57	row 57
58	row 58
59	row 59
60	row 60
61	row 61
62	row 62
63	row 63
64	row 64
65	row 65
66	row 66
67	row 67
68	row 68
69	row 69
70	row 70
71	row 71
72	row 72
73	row 73
74	row 74
75	row 75
76	row 76
77	row 77
78	row 78
79	row 79
80	row 80
81	row 81
82	row 82
83	row 83
84	row 84
85	row 85
86	row 86
87	row 87
88	row 88
89	row 89
90	row 90
91	row 91
92	row 92
93	row 93
94	row 94
95	row 95
96	row 96
97	row 97
98	row 98
99	row 99
100	row 100
101	row 101
102	row 102
103	row 103
104	row 104
105	row 105
106	row 106
107	row 107
108	row 108
109	row 109
110	row 110
111	row 111
112	row 112
113	row 113
114	row 114
115	row 115
116	row 116
117	row 117
118	row 118
119	row 119
120	row 120
121	row 121
122	row 122
123	row 123
124	row 124
125	row 125
126	row 126
127	row 127
128	row 128
129	row 129
130	row 130
131	row 131
132	row 132
133	row 133
134	row 134
135	row 135
136	row 136
137	row 137
138	row 138
139	row 139
140	row 140
141	row 141
142	row 142
143	row 143
144	row 144
145	row 145
146	row 146
147	row 147
148	row 148
149	row 149
150	row 150
151	row 151
152	row 152
153	row 153
154	row 154
155	row 155
156	row 156
157	row 157
158	row 158
159	row 159
160	row 160
161	row 161
162	row 162
163	row 163
164	row 164
165	row 165
166	row 166
167	row 167
168	row 168
169	row 169
170	row 170
171	row 171
172	row 172
173	row 173
174	row 174
175	row 175
176	row 176
177	row 177
178	row 178
179	row 179
180	row 180
181	row 181
182	row 182
183	row 183
184	row 184
185	row 185
186	row 186
187	row 187
188	row 188
189	row 189
190	row 190
191	row 191
192	row 192
193	row 193
194	row 194
195	row 195
196	row 196
197	row 197
198	row 198
199	row 199
200	row 200
\.


--
-- Data for Name: children; Type: TABLE DATA; Schema: trouble; Owner: postgres
--

COPY trouble.children (n) FROM stdin;
1
2
\.


--
-- Data for Name: egg; Type: TABLE DATA; Schema: trouble; Owner: postgres
--

COPY trouble.egg (n, hen) FROM stdin;
1	1
2	\N
\.


--
-- Data for Name: fine_after_all; Type: TABLE DATA; Schema: trouble; Owner: postgres
--

COPY trouble.fine_after_all (n, t) FROM stdin;
1	restored in spite of everything
2	à la fin: ça va
\.


--
-- Data for Name: hen; Type: TABLE DATA; Schema: trouble; Owner: postgres
--

COPY trouble.hen (n, egg) FROM stdin;
1	1
2	2
\.


--
-- Data for Name: not_unique; Type: TABLE DATA; Schema: trouble; Owner: postgres
--

COPY trouble.not_unique (n, m) FROM stdin;
1	1
2	2
3	3
4	4
5	5
6	6
7	7
8	8
9	9
10	10
\.


--
-- Data for Name: on_a_disk; Type: TABLE DATA; Schema: trouble; Owner: sample_ghost
--

COPY trouble.on_a_disk (n, t) FROM stdin;
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
\.


--
-- Data for Name: parents; Type: TABLE DATA; Schema: trouble; Owner: postgres
--

COPY trouble.parents (n) FROM stdin;
1
\.


--
-- Data for Name: prix élevé; Type: TABLE DATA; Schema: trouble; Owner: postgres
--

COPY trouble."prix élevé" ("für Käse") FROM stdin;
crème
£ 20
\.


--
-- Data for Name: split_1; Type: TABLE DATA; Schema: trouble; Owner: postgres
--

COPY trouble.split_1 (n) FROM stdin;
\.


--
-- Data for Name: too_long; Type: TABLE DATA; Schema: trouble; Owner: postgres
--

COPY trouble.too_long (n, s) FROM stdin;
1	x
2	xx
3	xxx
4	xxxx
5	xxxxx
6	xxxxxx
7	xxxxxxx
8	xxxxxxxx
9	xxxxxxxxx
10	xxxxxxxxxx
11	xxxxxxxxxxx
12	xxxxxxxxxxxx
13	xxxxxxxxxxxxx
14	xxxxxxxxxxxxxx
15	xxxxxxxxxxxxxxx
16	xxxxxxxxxxxxxxxx
17	xxxxxxxxxxxxxxxxx
18	xxxxxxxxxxxxxxxxxx
19	xxxxxxxxxxxxxxxxxxx
20	xxxxxxxxxxxxxxxxxxxx
21	xxxxxxxxxxxxxxxxxxxxx
22	xxxxxxxxxxxxxxxxxxxxxx
23	xxxxxxxxxxxxxxxxxxxxxxx
24	xxxxxxxxxxxxxxxxxxxxxxxx
25	xxxxxxxxxxxxxxxxxxxxxxxxx
26	xxxxxxxxxxxxxxxxxxxxxxxxxx
27	xxxxxxxxxxxxxxxxxxxxxxxxxxx
28	xxxxxxxxxxxxxxxxxxxxxxxxxxxx
29	xxxxxxxxxxxxxxxxxxxxxxxxxxxxx
30	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
31	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
32	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
33	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
34	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
35	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
36	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
37	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
38	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
39	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
40	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
41	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
42	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
43	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
44	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
45	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
46	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
47	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
48	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
49	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
50	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
51	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
52	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
53	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
54	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
55	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
56	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
57	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
58	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
59	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
60	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
61	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
62	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
63	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
64	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
65	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
66	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
67	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
68	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
69	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
70	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
71	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
72	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
73	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
74	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
75	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
76	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
77	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
78	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
79	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
80	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
81	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
82	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
83	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
84	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
85	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
86	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
87	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
88	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
89	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
90	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
91	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
92	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
93	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
94	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
95	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
96	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
97	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
98	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
99	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
100	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
\.


--
-- Name: 420001; Type: BLOB METADATA; Schema: -; Owner: sample_ghost
--

SELECT pg_catalog.lo_create('420001');

ALTER LARGE OBJECT 420001 OWNER TO sample_ghost;

--
-- Data for Name: 420001; Type: BLOBS; Schema: -; Owner: sample_ghost
--

BEGIN;

SELECT pg_catalog.lo_open('420001', 131072);
SELECT pg_catalog.lowrite(0, '\x6f6620612067686f7374');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Name: egg egg_pkey; Type: CONSTRAINT; Schema: trouble; Owner: postgres
--

ALTER TABLE ONLY trouble.egg
    ADD CONSTRAINT egg_pkey PRIMARY KEY (n);


--
-- Name: hen hen_pkey; Type: CONSTRAINT; Schema: trouble; Owner: postgres
--

ALTER TABLE ONLY trouble.hen
    ADD CONSTRAINT hen_pkey PRIMARY KEY (n);


SET default_tablespace = sample_disk;

--
-- Name: on_a_disk on_a_disk_pkey; Type: CONSTRAINT; Schema: trouble; Owner: sample_ghost; Tablespace: sample_disk
--

ALTER TABLE ONLY trouble.on_a_disk
    ADD CONSTRAINT on_a_disk_pkey PRIMARY KEY (n);


SET default_tablespace = '';

--
-- Name: parents parents_pkey; Type: CONSTRAINT; Schema: trouble; Owner: postgres
--

ALTER TABLE ONLY trouble.parents
    ADD CONSTRAINT parents_pkey PRIMARY KEY (n);


--
-- Name: small short; Type: CHECK CONSTRAINT; Schema: trouble; Owner: postgres
--

ALTER DOMAIN trouble.small
    ADD CONSTRAINT short CHECK ((length(VALUE) < 60)) NOT VALID;


--
-- Name: not_unique_half; Type: INDEX; Schema: trouble; Owner: postgres
--

CREATE UNIQUE INDEX not_unique_half ON trouble.not_unique USING btree (trouble.half(n));


--
-- Name: on_a_disk_t; Type: INDEX; Schema: trouble; Owner: sample_ghost
--

CREATE INDEX on_a_disk_t ON trouble.on_a_disk USING btree (t);


--
-- Name: children children_n_fkey; Type: FK CONSTRAINT; Schema: trouble; Owner: postgres
--

ALTER TABLE ONLY trouble.children
    ADD CONSTRAINT children_n_fkey FOREIGN KEY (n) REFERENCES trouble.parents(n);


--
-- Name: egg egg_hen_fkey; Type: FK CONSTRAINT; Schema: trouble; Owner: postgres
--

ALTER TABLE ONLY trouble.egg
    ADD CONSTRAINT egg_hen_fkey FOREIGN KEY (hen) REFERENCES trouble.hen(n) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: hen hen_egg_fkey; Type: FK CONSTRAINT; Schema: trouble; Owner: postgres
--

ALTER TABLE ONLY trouble.hen
    ADD CONSTRAINT hen_egg_fkey FOREIGN KEY (egg) REFERENCES trouble.egg(n);


--
-- Name: sample_trouble; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION sample_trouble WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION sample_trouble OWNER TO postgres;

--
-- Name: sample_trouble fine_after_all; Type: PUBLICATION TABLE; Schema: trouble; Owner: postgres
--

ALTER PUBLICATION sample_trouble ADD TABLE ONLY trouble.fine_after_all;


--
-- Name: sample_feed; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION sample_feed CONNECTION 'host=feed.example dbname=feed' PUBLICATION sample_trouble WITH (connect = false, slot_name = 'sample_feed', streaming = parallel);


ALTER SUBSCRIPTION sample_feed OWNER TO postgres;

--
-- Name: SUBSCRIPTION sample_feed; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON SUBSCRIPTION sample_feed IS 'never connects';


--
-- Name: LARGE OBJECT 420001; Type: ACL; Schema: -; Owner: sample_ghost
--

GRANT SELECT ON LARGE OBJECT 420001 TO sample_clerk;


--
-- Name: counted; Type: MATERIALIZED VIEW DATA; Schema: trouble; Owner: postgres
--

REFRESH MATERIALIZED VIEW trouble.counted;


--
-- Name: counted_again; Type: MATERIALIZED VIEW DATA; Schema: trouble; Owner: postgres
--

REFRESH MATERIALIZED VIEW trouble.counted_again;


--
-- PostgreSQL database dump complete
--

\unrestrict k

