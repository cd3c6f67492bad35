package pgtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rowsOf are tables that are loaded in COPY's binary format, wholly, in part or
// not at all, each big enough for two lanes.
var rowsOf = []string{
	"CREATE DOMAIN moment AS timestamptz CHECK (VALUE > '-infinity')",
	"CREATE TYPE mood AS ENUM ('sad', 'glad')",
	`CREATE TABLE "typed (rows" (
		gone int, b bool, i2 int2, i4 int4, i8 int8, o oid, f4 float4, f8 float8, n numeric, n2 numeric(12,3),
		t text, "v (c" varchar(40), c char(12), n3 text, j json, jb jsonb, u uuid,
		d date, tm time, ts timestamp, tz timestamptz, tz3 timestamptz(3), m moment, by bytea,
		mood mood, span interval, ia int[], ta text[], va varchar(9)[], tza timestamptz[], ma mood[],
		net inet, nets inet[], cd cidr, nm name, ts_v tsvector,
		twice bigint GENERATED ALWAYS AS (i8 + 1) STORED)`,
	`ALTER TABLE "typed (rows" DROP gone`,
	// Values at the ends of what there is, and some of those between.
	`INSERT INTO "typed (rows" VALUES
		(true, -32768, -2147483648, -9223372036854775808, 0, '-Infinity', '-Infinity', 'NaN', '-0.001', '', '', '', '', '0', '0',
			'00000000-0000-0000-0000-000000000000', '-infinity', '00:00', '-infinity', 'infinity', 'infinity', 'infinity', '',
			'sad', '-178000 years', '{}', '{}', '{}', '{}', '{}', '0.0.0.0/0', '{}', '::/0', '', ''),
		(false, 32767, 2147483647, 9223372036854775806, 4294967295, 'Infinity', 'Infinity', 0, 999999999.999, e'\b\f\n\r\t\v\\N\\.\x01\x7fäß€𝄞', e'\t', e'\\', e'a\nb', e'"\\t"', e'"\\n\\u20ac"',
			'ffffffff-ffff-ffff-ffff-ffffffffffff', '0001-01-01', '23:59:59.999999', '0001-01-01 00:00:00.000001', '0001-01-01 00:00:00+00', '2000-02-29 12:00:00.999+15:59', '9999-12-31 23:59:59.999999+00', '\x00ff5c0a',
			'glad', '1 year -2 mons +3 days -04:05:06.789', '{NULL,1,-2}', array['', 'NULL', 'null', NULL, e'a"b\\c\td\ne\x01', '{x,y}', ' '], '{a,"b c"}', '{"2024-01-01 00:00+00",infinity}', '{sad,glad}',
			'255.255.255.255', '{10.1.2.3/8,NULL,::1}', '255.255.255.255', e'x\ty\'"\\', e'a:1A,2B,16383C b:1,2,3D ''it''''s \\\\ \t\n'':5 äß€ 𝄞:9'),
		(true, -1, -12345678, -123456789012345678, 1, 'NaN', 'NaN', 1e-16, -1.5, e'\\N', 'NULL', ' ', e'\\', 'null', 'null',
			'01234567-89ab-cdef-0123-456789abcdef', 'infinity', '24:00', '9999-12-31 23:59', '1969-12-31 23:59:59.5+00', '1999-12-31 23:59:59.999-00:30', '1900-03-01 00:00+00', '\x5c78',
			'sad', '-1 days +00:00:00.5', '{1}', '{a}', '{b}', NULL, NULL, '2001:db8::ffff:1/64', NULL, '2001:db8::/32', NULL, 'zz aa z a:7 '''''''':2'),
		(false, 0, 0, 0, 0, '-0', '-0', 123456789012345678.0123456789012345, 0.100, 'x', 'x', 'x', 'x', '[1]', '{"a": [1, 2.50, "b"]}',
			'01234567-89AB-CDEF-0123-456789ABCDEF', '2000-02-29', '00:00:00.1', '2100-02-28', '2400-02-29 00:00+00', '2024-06-30 23:59:59.1235+05:45', '1600-02-29 00:00+00', '\x00',
			'glad', '1000000:00:00', NULL, NULL, NULL, '{NULL}', '{NULL}', '::ffff:1.2.3.4', '{::1.2.3.4/96}', '10.0.0.0/8', ' ', (SELECT string_agg('w:' || i, ' ') FROM generate_series(1, 300) AS i)::tsvector)`,
	`INSERT INTO "typed (rows" SELECT i % 2 = 0, (i * 7919) % 65536 - 32768, i::bigint * 290003 - 2000000000, i::bigint * 1999993 * 40000009, i,
			sqrt(i) * 10.0 ^ (i % 60 - 30), sin(i) * 10.0 ^ (i % 600 - 300), (i * 7919)::numeric * 10.0::numeric ^ (i % 22 - 11), i / 1000.0,
			repeat(e'a\\b\tc\n', i % 9), 'v' || i, i, 'n' || i, json_build_object('i', i), jsonb_build_object('i', i, 's', e'\\"'), md5(i::text)::uuid,
			'0001-01-01'::date + (i * 739) % 3652059, '00:00'::time + i * interval '4.294967 s', '1900-01-01'::timestamp + i * interval '3 days 1.234567 s',
			'1890-01-01'::timestamptz + i * interval '4 days 0.1 s', now(), '2020-01-01Z'::timestamptz + i * interval '1 s', decode(md5(i::text), 'hex'),
			'glad', i * interval '1 mon 1 day -1.5 s', array[i, i + 1], array['x' || i, e'y\\"'], NULL, array[now()], '{sad}',
			'10.0.0.0'::inet + i, array['1::'::inet + i * 99999999::bigint], ('1::'::inet + i * 99999999::bigint)::cidr, 'n' || i, to_tsvector('simple', json_build_array(i, md5(i::text), 'it''s', '\')::text)
		FROM generate_series(1, 12000) AS i`,
	// Some values have to go as text, and the rows around them.
	"CREATE TABLE mixed (id int, at timestamptz, amount numeric, name text, odd int[])",
	`INSERT INTO mixed SELECT i, CASE i % 5000 WHEN 17 THEN '0044-03-15 BC'::timestamptz WHEN 18 THEN '20000-01-01' ELSE '2024-01-01Z'::timestamptz + i * interval '1 min' END,
		CASE i % 9000 WHEN 500 THEN 10::numeric ^ 1001 WHEN 501 THEN 10::numeric ^ -30 ELSE i END, repeat(md5(i::text), 4),
		CASE i % 20000 WHEN 3 THEN '{{1,2},{3,4}}' WHEN 4 THEN '[0:1]={1,2}' ELSE '{1}'::int[] END FROM generate_series(1, 40000) AS i`,
	// More than a server should keep of a thousand rows.
	"CREATE TABLE bulky (id int, picture bytea)",
	`INSERT INTO bulky SELECT i, decode(repeat(md5(i::text), 4000), 'hex') FROM generate_series(1, 200) AS i`,
	// A type that is not known, long text, and types that are not worth it.
	"CREATE TABLE placed (id int, at timestamptz, place point, filler text)",
	"INSERT INTO placed SELECT i, now(), point(i, i), repeat(md5(i::text), 8) FROM generate_series(1, 20000) AS i",
	"CREATE TABLE wordy (id int, filler text)",
	"INSERT INTO wordy SELECT i, repeat(md5(i::text), 8) FROM generate_series(1, 20000) AS i",
	"CREATE TABLE terse (id int, word text)",
	"INSERT INTO terse SELECT i, 'word' FROM generate_series(1, 400000) AS i",
}

// Rows that are loaded in the binary format are those that were dumped, and the
// server is given no others in it than it should. With --copy-freeze they are frozen,
// too.
func TestBinaryRows(t *testing.T) {
	for _, server := range Servers(t) {
		t.Run(fmt.Sprint(server.Major), func(t *testing.T) {
			t.Parallel()
			origin := server.CreateDB(t)
			server.Psql(t, origin, rowsOf...)
			archive := filepath.Join(t.TempDir(), "a.dump")
			server.client(t, "pg_dump", "-Fc", "-Z0", "-f", archive, server.ConnString(origin))
			want := SortRows(server.Dump(t, origin))

			for _, options := range []string{"-j2", "-j2 --copy-freeze", "-j1 --copy-freeze"} {
				db := server.CreateDB(t)
				server.Psql(t, "postgres", "ALTER DATABASE \""+db+"\" SET log_statement = 'all'")
				logged := len(readLog(t, server))
				r := Run{Program: Program(t, "pgrestore"), Env: server.Environment(), Args: append(strings.Fields(options), "-d", server.ConnString(db), archive)}.Do(t)
				if r.Exit != 0 {
					t.Errorf("%s: exit %d\n%s", options, r.Exit, r.Stderr)
				}
				if got := SortRows(server.Dump(t, db)); want != got {
					t.Errorf("%s: the dump: %s", options, FirstDifference(want, got))
				}
				freezes := strings.Contains(options, "--copy-freeze")
				checkLoads(t, options, readLog(t, server)[logged:], freezes)
				if freezes && server.Major >= 14 { // since then such pages are known to be visible to all
					fetched := server.Psql(t, db, "CREATE INDEX ON mixed (id)", "SET enable_seqscan = off", "SET enable_bitmapscan = off",
						"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT count(id) FROM mixed")
					if !strings.Contains(fetched, "Heap Fetches: 0\n") {
						t.Errorf("%s: want no row that has to be looked at, got\n%s", options, fetched)
					}
				}
			}
		})
	}
}

// checkLoads checks which tables were loaded how, by a server's log.
func checkLoads(t *testing.T, options, log string, frozen bool) {
	t.Helper()
	loads := make(map[string]int)
	for line := range strings.Lines(log) {
		_, copied, found := strings.Cut(line, "COPY public.")
		if table, _, _ := strings.Cut(copied, " ("); found && strings.Contains(copied, " FROM stdin") {
			if strings.Contains(copied, "FORMAT binary") {
				table += " in binary"
			}
			loads[table]++
			if got := strings.Contains(copied, "FREEZE"); frozen != got {
				t.Errorf("%s: want FREEZE %t: %s", options, frozen, line)
			}
		}
	}
	for _, tt := range []struct {
		table        string
		binary, text int // at least so many COPYs; none where it is 0
	}{
		{`"typed`, 1, 0}, {"mixed", 3, 1}, {"bulky", 3, 0}, {"placed", 0, 1}, {"wordy", 1, 0}, {"terse", 0, 1},
	} {
		binary, text := loads[tt.table+" in binary"], loads[tt.table]
		if binary < tt.binary || text < tt.text || (binary > 0) != (tt.binary > 0) || (text > 0) != (tt.text > 0) {
			t.Errorf("%s: %s: want at least %d COPYs in binary and %d as text, got %d and %d", options, tt.table, tt.binary, tt.text, binary, text)
		}
	}
}

func readLog(t *testing.T, server *Cluster) string {
	t.Helper()
	log, err := os.ReadFile(server.log())
	if err != nil {
		t.Fatal(err)
	}
	return string(log)
}

// A row that the server refuses is told of as by the stock program, whatever it
// was sent as.
func TestBinaryErrors(t *testing.T) {
	stock := Stock(t)
	server := Server(t, StockMajor)
	origin := server.CreateDB(t)
	server.Psql(t, origin,
		"CREATE TABLE later (id int)", "INSERT INTO later VALUES (1)",
		"CREATE FUNCTION there(i int) RETURNS bool LANGUAGE sql AS 'SELECT i < 40000 OR EXISTS (SELECT FROM public.later)'",
		"CREATE TABLE big (id int CHECK (there(id)), at timestamptz, filler text)",
		"INSERT INTO big SELECT i, '2024-01-01Z'::timestamptz + i * interval '1 s', repeat(md5(i::text), 3) FROM generate_series(1, 50000) AS i",
		"CREATE TABLE fine AS SELECT * FROM big")
	folder := t.TempDir()
	custom, tar := filepath.Join(folder, "a.dump"), filepath.Join(folder, "a.tar")
	server.client(t, "pg_dump", "-Fc", "-Z0", "-f", custom, server.ConnString(origin))
	server.client(t, "pg_dump", "-Ft", "-f", tar, server.ConnString(origin))
	for _, tt := range []struct {
		archive string
		options []string
	}{{custom, nil}, {custom, []string{"-v"}}, {custom, []string{"-e"}}, {custom, []string{"-1"}}, {custom, []string{"--transaction-size=3"}}, {tar, nil}} {
		t.Run(fmt.Sprint(filepath.Base(tt.archive), tt.options), func(t *testing.T) {
			t.Parallel()
			restore := func(program string) (Result, string) {
				db := server.CreateDB(t)
				r := Run{Program: program, Env: server.Environment(), Args: append(tt.options, "-d", server.ConnString(db), tt.archive)}.Do(t)
				return r, SortRows(server.Dump(t, db))
			}
			want, wantDump := restore(stock)
			got, gotDump := restore(Program(t, "pg_restore"))
			if d := want.Difference(got); d != "" {
				t.Error(d)
			}
			if wantDump != gotDump {
				t.Errorf("the dump: %s", FirstDifference(wantDump, gotDump))
			}
			if want.Exit == 0 || !strings.Contains(want.Stderr, "COPY big, line 40000") {
				t.Errorf("this was to fail in line 40000, got exit %d\n%s", want.Exit, want.Stderr)
			}
		})
	}
}
