package engine

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"

	"pgrestore/internal/binarycopy"
)

const (
	typedText   = "COPY s.t0 (id, at) FROM stdin;\n"
	typedBinary = "COPY s.t0 (id, at) FROM stdin WITH (FORMAT binary);\n"
	typedQuery  = "SELECT id, at FROM ONLY s.t0 LIMIT 0"
)

// typedShop is a big table of a bigint and a timestamptz, on a server that tells
// so.
func typedShop(t *testing.T, rows string) (*fakeServer, Job) {
	a := shop(1)
	a.data[3] = strings.NewReader(rows + "\\.\n\n\n")
	a.size = 64 << 20
	for n := range a.entries {
		if a.entries[n].Copy != "" {
			a.entries[n].Copy = typedText
		}
	}
	s := newFakeServer(t)
	s.parameters = map[string]string{"integer_datetimes": "on"}
	s.react = describeTyped
	job := a.job(s)
	job.Jobs = 3
	return s, job
}

// describeTyped tells the types of typedShop's columns.
func describeTyped(c *fakeConn, query string) bool {
	return c.describe(query, "f", "int8", "timestamptz_")
}

// describe tells that columns are of types whose functions have names that begin
// so, and whether their table has indexes, triggers or rules.
func (c *fakeConn) describe(query, hasMore string, names ...string) bool {
	const firstOID = 20_000
	switch {
	case query == typedQuery:
		fields := make([]pgproto3.FieldDescription, len(names))
		for n := range fields {
			fields[n].DataTypeOID = firstOID + uint32(n)
		}
		c.Send(&pgproto3.RowDescription{Fields: fields})
	case strings.Contains(query, "typreceive"):
		c.Send(&pgproto3.RowDescription{Fields: make([]pgproto3.FieldDescription, 8)})
		for n, name := range names {
			c.Send(&pgproto3.DataRow{Values: [][]byte{
				[]byte(fmt.Sprint(firstOID + n)), []byte(name + "in"), []byte(name + "recv"), []byte("0"), nil, nil, nil, []byte(hasMore),
			}})
		}
	default:
		return false
	}
	c.complete("SELECT")
	_ = c.ready() // the client may be gone
	return true
}

func typedRows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d\t2024-01-01 00:00:00.%06d+00\n", i, i)
	}
	return b.String()
}

// Rows of types that are worth it go in binary, each COPY with its header and
// trailer.
func TestBinaryLanes(t *testing.T) {
	rows := typedRows(100_000)
	var want []string
	encoder := binarycopy.NewEncoder([]binarycopy.Type{
		{Functions: binarycopy.Functions{Input: "int8in", Receive: "int8recv"}},
		{Functions: binarycopy.Functions{Input: "timestamptz_in", Receive: "timestamptz_recv"}},
	})
	for row := range strings.Lines(rows) {
		encoded, _, _ := encoder.Append(nil, []byte(row))
		want = append(want, string(encoded))
	}
	slices.Sort(want)
	for _, jobs := range []int{1, 3} {
		s, job := typedShop(t, rows)
		job.Jobs = jobs
		o := run(t, job)
		if o.err != nil || o.result.Errors != 0 {
			t.Fatalf("%d jobs: %v, %d errors: %q", jobs, o.err, o.result.Errors, o.only("E"))
		}
		got := rowsInBinary(t, s.copiedInto(typedBinary))
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%d jobs: want %d rows, got others or %d", jobs, len(want), len(got))
		}
		if text := s.copiedInto(typedText); text != "" {
			t.Errorf("%d jobs: want no text, got %.80q", jobs, text)
		}
		if bytes := dataOf(job); int64(len(rows)) != bytes {
			t.Errorf("%d jobs: want the step to tell of the archive's %d bytes, got %d", jobs, len(rows), bytes)
		}
	}
}

// A table is copied into once, though it turns out to have no rows or a few.
func TestFewRowsInLanes(t *testing.T) {
	for _, tt := range []struct {
		rows, want string
	}{
		{"", typedText},
		{typedRows(10), typedBinary},
	} {
		for _, jobs := range []int{1, 3} {
			s, job := typedShop(t, tt.rows)
			job.Jobs = jobs
			o := run(t, job)
			if o.err != nil || o.result.Errors != 0 {
				t.Fatalf("%d jobs: %v, %d errors: %q", jobs, o.err, o.result.Errors, o.only("E"))
			}
			var got []string
			for _, q := range s.queries() {
				if strings.HasPrefix(q, "COPY") {
					got = append(got, q)
				}
			}
			if want := []string{strings.TrimRight(tt.want, "\n")}; !slices.Equal(want, got) {
				t.Errorf("%d jobs, %d bytes: want %q, got %q", jobs, len(tt.rows), want, got)
			}
		}
	}
}

// rowsInBinary takes COPYs in binary apart, of rows of two values of 8 bytes.
func rowsInBinary(t *testing.T, data string) (rows []string) {
	t.Helper()
	const size = 2 + 4 + 8 + 4 + 8
	for data != "" {
		rest, found := strings.CutPrefix(data, binarycopy.Header)
		if !found {
			t.Fatalf("want a header, got %.40q", data)
		}
		for !strings.HasPrefix(rest, binarycopy.Trailer) {
			if len(rest) < size {
				t.Fatalf("want a row or a trailer, got %.40q", rest)
			}
			rows = append(rows, rest[:size])
			rest = rest[size:]
		}
		data = rest[len(binarycopy.Trailer):]
	}
	return rows
}

// A block with a row that cannot be turned goes as text, within the same
// transaction; where there are many, all the rest does.
func TestStrangeRows(t *testing.T) {
	const strange = "1\t0044-03-15 00:00:00+00 BC\n"
	for _, tt := range []struct {
		name     string
		rows     string
		inBinary bool
	}{
		{"one", typedRows(50_000) + strange + typedRows(50_000), true},
		{"everywhere", strings.Repeat(strange+typedRows(100), 2000), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, job := typedShop(t, tt.rows)
			o := run(t, job)
			if o.err != nil || o.result.Errors != 0 {
				t.Fatalf("%v, %d errors: %q", o.err, o.result.Errors, o.only("E"))
			}
			text, inBinary := s.copiedInto(typedText), rowsInBinary(t, s.copiedInto(typedBinary))
			if want, got := strings.Count(tt.rows, "\n"), strings.Count(text, "\n")+len(inBinary); want != got {
				t.Errorf("want %d rows, got %d", want, got)
			}
			if want, got := strings.Count(tt.rows, strange), strings.Count(text, strange); want != got {
				t.Errorf("want all %d strange rows as text, got %d", want, got)
			}
			if tt.inBinary != (len(inBinary) > 0) {
				t.Errorf("want rows in binary %t, got %d of them", tt.inBinary, len(inBinary))
			}
			if begun := count(s.queries(), "BEGIN"); begun == 0 || begun > 3 {
				t.Errorf("want a transaction a lane, got %d", begun)
			}
		})
	}
}

// A table that somebody has given an index or a trigger is loaded by one COPY.
func TestTableWithTriggers(t *testing.T) {
	for _, jobs := range []int{1, 3} {
		rows := typedRows(100_000)
		s, job := typedShop(t, rows)
		job.Jobs = jobs
		s.react = func(c *fakeConn, query string) bool { return c.describe(query, "t", "int8", "timestamptz_") }
		o := run(t, job)
		if o.err != nil || o.result.Errors != 0 {
			t.Fatalf("%d jobs: %v, %d errors: %q", jobs, o.err, o.result.Errors, o.only("E"))
		}
		if want, got := rows, s.copiedInto(typedText); !strings.HasPrefix(got, want) {
			t.Errorf("%d jobs: want %d bytes as text, got %d", jobs, len(want), len(got))
		}
		if n := count(s.queries(), "BEGIN"); n > 0 {
			t.Errorf("%d jobs: want no transaction, got %d", jobs, n)
		}
	}
}

// Rows of old servers, in which a newline is spelled as one behind a backslash,
// are not cut.
func TestWholeRows(t *testing.T) {
	for _, tt := range []struct {
		rows string
		want int
	}{
		{"", 0}, {"a", 0}, {"a\n", 2}, {"a\nb", 2}, {"a\nb\\\n", 2}, {"a\nb\\\nc\n", 7}, {"a\nb\\\\\nc", 6}, {"\\\n", 0}, {"\n", 1}, {"\\\\\\\n", 0},
	} {
		if got := wholeRows([]byte(tt.rows)); tt.want != got {
			t.Errorf("%q: want %d, got %d", tt.rows, tt.want, got)
		}
	}
}

// Where the server does not tell the types, rows go as text.
func TestTypesUntold(t *testing.T) {
	for _, tt := range []struct {
		name string
		with func(s *fakeServer)
	}{
		{"refused", func(s *fakeServer) {
			s.react = func(c *fakeConn, query string) bool {
				return query == typedQuery && c.refuse("42501", "permission denied for table t0")
			}
		}},
		{"of floating-point times", func(s *fakeServer) { s.parameters["integer_datetimes"] = "off" }},
		{"in an encoding with backslashes inside characters", func(s *fakeServer) { s.parameters["client_encoding"] = "SJIS" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows := typedRows(100_000)
			s, job := typedShop(t, rows)
			tt.with(s)
			o := run(t, job)
			if o.err != nil || o.result.Errors != 0 {
				t.Fatalf("%v, %d errors: %q", o.err, o.result.Errors, o.only("E"))
			}
			got := s.copiedInto(typedText)
			got, _, _ = strings.Cut(got, "\\.\n") // a COPY without lanes gets the end, too
			if len(rows) != len(got) {
				t.Errorf("want %d bytes as text, got %d", len(rows), len(got))
			}
		})
	}
}

// A lane that freezes rows is its table's only one, and empties the table first. What
// is loaded otherwise after it failed, or because the table has more than rows, is
// frozen, too.
func TestFrozenLane(t *testing.T) {
	const (
		text   = "COPY s.t0 (id, at) FROM stdin FREEZE;"
		binary = "COPY s.t0 (id, at) FROM stdin WITH (FORMAT binary, FREEZE);"
	)
	for _, tt := range []struct {
		name    string
		refuse  string // statement that fails
		hasMore string
		want    []string
	}{
		{name: "loaded", hasMore: "f", want: []string{"BEGIN", "TRUNCATE", binary, "COMMIT"}},
		{name: "has triggers", hasMore: "t", want: []string{"BEGIN", "TRUNCATE", text, "COMMIT"}},
		{name: "refused in binary", hasMore: "f", refuse: binary, want: []string{"BEGIN", "TRUNCATE", binary, "ROLLBACK", "BEGIN", "TRUNCATE", text, "COMMIT"}},
	} {
		for _, jobs := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s, %d jobs", tt.name, jobs), func(t *testing.T) {
				s, job := typedShop(t, typedRows(100_000))
				job.Jobs, job.CopyFreeze = jobs, true
				s.react = func(c *fakeConn, query string) bool {
					if strings.TrimSuffix(query, "\n") == tt.refuse {
						return c.refuse("55000", "cannot freeze")
					}
					return c.describe(query, tt.hasMore, "int8", "timestamptz_")
				}
				if o := run(t, job); o.err != nil || o.result.Errors != 0 {
					t.Fatalf("%v, %d errors: %q", o.err, o.result.Errors, o.only("E"))
				}
				var got []string
				for _, q := range s.queries() {
					switch {
					case strings.HasPrefix(q, "TRUNCATE TABLE ONLY s.t0"):
						got = append(got, "TRUNCATE")
					case strings.HasPrefix(q, "COPY s.t0"), slices.Contains([]string{"BEGIN", "COMMIT", "ROLLBACK"}, q):
						got = append(got, q)
					}
				}
				if !slices.Equal(tt.want, got) {
					t.Errorf("want %q, got %q", tt.want, got)
				}
			})
		}
	}
}

// A row that the server refuses in binary is told of as it would be had it gone
// as text: the table is loaded once more, on one connection.
func TestBinaryRefused(t *testing.T) {
	s, job := typedShop(t, typedRows(100_000))
	var kept atomic.Int32
	s.react = func(c *fakeConn, query string) bool {
		if query == "COMMIT" && c.status == 'T' {
			kept.Add(1)
		}
		if query != typedBinary && query != typedText {
			return describeTyped(c, query)
		}
		if c.beginCopy() != nil {
			return c.drop()
		}
		if _, err := c.Receive(); err != nil {
			return c.drop()
		}
		return c.refuse("23514", "bad "+query[:len(query)-2])
	}
	o := run(t, job)
	if o.err != nil || o.result.Errors != 1 || kept.Load() != 0 {
		t.Errorf("%v, %d errors, %d transactions kept", o.err, o.result.Errors, kept.Load())
	}
	want := []string{"E COPY failed for table \"t0\": ERROR:  bad " + typedText[:len(typedText)-2]}
	if got := o.only("E"); !slices.Equal(want, got) {
		t.Errorf("want %q, got %q", want, got)
	}
}

// A server keeps a thousand rows of a COPY in binary, however large, so there is
// an end to what it gets of large rows.
func TestLargeRowsInBinary(t *testing.T) {
	large := "\t2024-01-01 00:00:00+00\n"
	var rows strings.Builder
	for i := range 400 {
		rows.WriteString(strings.Repeat("x", 100<<10))
		rows.WriteString(fmt.Sprint(i, large))
	}
	s, job := typedShop(t, rows.String())
	var mu sync.Mutex
	copies, longest := 0, 0
	s.react = func(c *fakeConn, query string) bool {
		if c.describe(query, "f", "text", "timestamptz_") {
			return true
		}
		if query != typedBinary {
			return false
		}
		data, failed, err := c.takeCopy()
		if err != nil {
			return c.drop()
		}
		if !failed {
			mu.Lock()
			copies++
			longest = max(longest, len(data))
			mu.Unlock()
			c.complete("COPY")
		}
		_ = c.ready() // the client may be gone
		return true
	}
	o := run(t, job)
	if o.err != nil || o.result.Errors != 0 {
		t.Fatalf("%v, %d errors: %q", o.err, o.result.Errors, o.only("E"))
	}
	if longest > maxHeld+1<<20 || copies < 8 {
		t.Errorf("want COPYs of little more than %d bytes, got %d of up to %d", maxHeld, copies, longest)
	}
}

// A table with a row that would take much memory is loaded by one COPY, piece by
// piece.
func TestLongRow(t *testing.T) {
	rows := typedRows(20_000) + strings.Repeat("x", 2*longestRow) + "\n" + typedRows(10)
	s, job := typedShop(t, rows)
	o := run(t, job)
	if o.err != nil || o.result.Errors != 0 {
		t.Fatalf("%v, %d errors: %q", o.err, o.result.Errors, o.only("E"))
	}
	if got := s.copiedInto(typedText); !strings.HasPrefix(got, rows) {
		t.Errorf("want %d bytes as they are, got %d", len(rows), len(got))
	}
	if n := count(s.queries(), "COMMIT"); n != 1 {
		t.Errorf("want one transaction kept, got %d", n)
	}
}

func count(all []string, one string) (n int) {
	for _, s := range all {
		if s == one {
			n++
		}
	}
	return n
}
