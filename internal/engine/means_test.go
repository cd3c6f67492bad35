package engine

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sortJob is an archive with a table of a size and its indexes of these methods.
func sortJob(t *testing.T, s *fakeServer, size int64, methods ...string) Job {
	var a archive
	table := a.table("t")
	data := a.copyInto("t", strings.NewReader(rows(1)), table)
	for n, method := range methods {
		a.add("INDEX", fmt.Sprint("i", n), fmt.Sprintf("CREATE INDEX i%d ON s.t USING %s (a);\n", n, method), table, data)
	}
	a.size = size
	job := a.job(s)
	job.Jobs = 2
	return job
}

// restoreWith runs a job in which the user has set a parameter, unless it is "".
func restoreWith(t *testing.T, job Job, set string) {
	t.Helper()
	if set != "" {
		job.Settings = []Setting{{Name: set, Value: "1"}}
	}
	if o := run(t, job); o.err != nil || o.result.Errors != 0 {
		t.Fatalf("%v, %d errors", o.err, o.result.Errors)
	}
}

// answerCores says which cores a server has, unless they are "".
func answerCores(cores string) func(c *fakeConn, query string) bool {
	return func(c *fakeConn, query string) bool {
		return strings.Contains(query, "pg_read_file(") && cores != "" && c.row(cores)
	}
}

// B-trees that are built while all connections have work get little memory, by the
// number of rows; one that is alone, other methods, and those of a user who chose do not.
func TestSortMemory(t *testing.T) {
	for _, tt := range []struct {
		name    string
		size    int64 // 74 bytes a row
		indexes int
		method  string
		set     string
		want    string // that the memory is set to on both connections; "" for none
	}{
		{"side by side", 1 << 20, 8, "btree", "", "8MB"},
		{"20 million rows", 1400 << 20, 8, "btree", "", "16MB"},
		{"80 million rows", 5600 << 20, 8, "btree", "", "32MB"},
		{"100 million rows", 7400 << 20, 8, "btree", "", ""},
		{"alone", 1 << 20, 1, "btree", "", ""},
		{"other methods", 1 << 20, 8, "gin", "", ""},
		{"the user's memory", 1 << 20, 8, "btree", "maintenance_work_mem", ""},
		{"the user's parallel workers", 1 << 20, 8, "btree", "Max_Parallel_Maintenance_Workers", ""},
		{"another setting of the user's", 1 << 20, 8, "btree", "work_mem", "8MB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newFakeServer(t)
			job := sortJob(t, s, tt.size, slices.Repeat([]string{tt.method}, tt.indexes)...)
			restoreWith(t, job, tt.set)
			var got []string
			for _, q := range s.log {
				if value, found := strings.CutPrefix(q, "SET maintenance_work_mem = "); found {
					got = append(got, value)
				}
			}
			want := slices.Repeat([]string{"'" + tt.want + "'"}, 2)
			if tt.want == "" {
				want = nil
			}
			// A connection may come too late for any of them.
			if !slices.Equal(want, got) && (want == nil || !slices.Equal(want[:1], got)) {
				t.Errorf("want %q, got %q: %q", want, got, s.log)
			}
		})
	}
}

// What is sent for a B-tree that has its table and a connection for itself.
func TestSortTogether(t *testing.T) {
	const index = "CREATE INDEX i0 ON s.t USING btree (a);"
	with := func(memory, workers int) []string {
		return []string{fmt.Sprintf("SET LOCAL maintenance_work_mem = '%dMB';\nALTER TABLE ONLY s.t SET (parallel_workers = %d);\n"+
			index+"\n;\nALTER TABLE ONLY s.t RESET (parallel_workers);", memory*(1+workers), workers)}
	}
	together := with(8, 1)
	refuse := func(what, code string) func(c *fakeConn, query string) bool {
		return func(c *fakeConn, query string) bool {
			return strings.Contains(query, what) && !strings.Contains(query, "to_regclass(") && c.refuse(code, "no")
		}
	}
	for _, tt := range []struct {
		name    string
		jobs    int
		size    int64
		version string
		answer  string // to the question how many workers there may be; "" for no row
		set     string
		react   func(c *fakeConn, query string) bool
		want    []string
		errors  int
		strict  bool // --exit-on-error
	}{
		{name: "alone on two connections", jobs: 2, size: 4 << 20, answer: "1", want: together},
		{name: "on the only connection", jobs: 1, size: 4 << 20, answer: "1", want: together},
		{name: "as many as the server lets it have", jobs: 8, size: 4 << 20, answer: "2", want: with(8, 2)},
		{name: "a small table", jobs: 2, size: 1 << 20, answer: "1", want: []string{index}},
		{name: "a large table", jobs: 2, size: 1 << 30, answer: "1", want: with(16, 1)},
		{name: "a huge table", jobs: 2, size: 8 << 30, answer: "1", want: []string{index}},
		{name: "a server without such builds", jobs: 2, size: 4 << 20, version: "10.23", answer: "1", want: []string{index}},
		{name: "not to be changed", jobs: 2, size: 4 << 20, want: []string{index}},
		{name: "no workers", jobs: 2, size: 4 << 20, answer: "0", want: []string{index}},
		{name: "the user's memory", jobs: 1, size: 4 << 20, answer: "1", set: "maintenance_work_mem", want: []string{index}},
		{name: "the table cannot be changed", jobs: 1, size: 4 << 20, answer: "1", react: refuse(" SET (parallel", "42501"), want: []string{together[0], index}},
		{name: "the index fails", jobs: 1, size: 4 << 20, answer: "1", react: refuse(index, "23505"), want: []string{together[0], index}, errors: 1},
		{name: "and ends the restore", jobs: 1, size: 4 << 20, answer: "1", strict: true, react: refuse(index, "23505"),
			want: []string{together[0], index}, errors: 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newFakeServer(t)
			s.version = tt.version
			s.react = func(c *fakeConn, query string) bool {
				switch {
				case tt.react != nil && tt.react(c, query):
					return true
				case strings.Contains(query, "to_regclass(") && tt.answer != "":
					return c.row(tt.answer)
				}
				return false
			}
			job := sortJob(t, s, tt.size, "btree")
			job.Jobs, job.ExitOnError = tt.jobs, tt.strict
			if tt.set != "" {
				job.Settings = []Setting{{Name: tt.set, Value: "1"}}
			}
			o := run(t, job)
			if (o.err != nil) != tt.strict || o.result.Errors != tt.errors {
				t.Errorf("%v, %d errors, want %d", o.err, o.result.Errors, tt.errors)
			}
			var got []string
			for _, q := range s.log {
				if strings.Contains(q, "CREATE INDEX ") || strings.Contains(q, "ALTER TABLE ") {
					got = append(got, strings.TrimSpace(q))
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A GIN index gets no parallel workers where others keep all connections busy for
// as long as it takes.
func TestUnhelped(t *testing.T) {
	for _, tt := range []struct {
		name    string
		jobs    int
		methods []string
		size    int64
		version string
		set     string
		cores   string // that the server has
		want    int    // connections that are set so
	}{
		{name: "side by side", jobs: 2, methods: []string{"gin", "gin", "gin"}, size: 4 << 20, want: 2},
		{name: "beside B-trees", jobs: 2, methods: slices.Concat([]string{"gin"}, slices.Repeat([]string{"btree"}, 12)), size: 4 << 20, want: 1},
		{name: "longer than all others", jobs: 2, methods: []string{"gin", "btree", "btree"}, size: 4 << 20},
		{name: "alone", jobs: 2, methods: []string{"gin"}, size: 4 << 20},
		{name: "a connection is free", jobs: 4, methods: []string{"gin", "gin", "gin"}, size: 4 << 20},
		{name: "cores are free", jobs: 2, methods: []string{"gin", "gin", "gin"}, size: 4 << 20, cores: "0-3"},
		{name: "fewer cores than connections", jobs: 3, methods: []string{"gin", "gin", "gin"}, size: 4 << 20, cores: "0-1", want: 3},
		{name: "methods without parallel builds", jobs: 2, methods: []string{"gist", "gist", "gist"}, size: 4 << 20},
		{name: "a server without them", jobs: 2, methods: []string{"gin", "gin", "gin"}, size: 4 << 20, version: "17.6"},
		{name: "a small table", jobs: 2, methods: []string{"gin", "gin", "gin"}, size: 1 << 20},
		{name: "a huge table", jobs: 2, methods: []string{"gin", "gin", "gin"}, size: 3 << 30, want: 2},
		{name: "the user's parallel workers", jobs: 2, methods: []string{"gin", "gin", "gin"}, size: 4 << 20, set: "max_parallel_maintenance_workers"},
		{name: "the user's memory", jobs: 2, methods: []string{"gin", "gin", "gin"}, size: 4 << 20, set: "maintenance_work_mem", want: 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newFakeServer(t)
			s.version = tt.version
			s.react = answerCores(tt.cores)
			job := sortJob(t, s, tt.size, tt.methods...)
			job.Jobs = tt.jobs
			restoreWith(t, job, tt.set)
			got := count(s.log, "SET max_parallel_maintenance_workers = '0'")
			// A connection may come too late for any of them.
			if got > tt.want || tt.want > 0 && got == 0 {
				t.Errorf("want it on %d connections, got %d: %q", tt.want, got, s.log)
			}
		})
	}
}

// I/O workers are left out where a big table is gone through and no core is free.
func TestOwnReads(t *testing.T) {
	for _, tt := range []struct {
		name    string
		jobs    int
		indexes int
		method  string
		size    int64
		version string
		set     string
		cores   string // that the server has
		want    bool
	}{
		{name: "side by side", jobs: 2, indexes: 8, method: "gin", size: 4 << 20, want: true},
		{name: "side by side on many cores", jobs: 2, indexes: 8, method: "gin", size: 4 << 20, cores: "0-7"},
		{name: "cores are free", jobs: 3, indexes: 1, method: "gin", size: 4 << 20},
		{name: "a parallel worker has the other core", jobs: 2, indexes: 1, method: "btree", size: 4 << 20, want: true},
		{name: "or one of the server's", jobs: 2, indexes: 1, method: "gin", size: 4 << 20, want: true},
		{name: "the only connection's worker has it", jobs: 1, indexes: 1, method: "btree", size: 4 << 20, cores: "0-1", want: true},
		{name: "unless there are more", jobs: 1, indexes: 1, method: "btree", size: 4 << 20, cores: "0-2"},
		{name: "or that is not known", jobs: 1, indexes: 1, method: "btree", size: 4 << 20},
		{name: "more cores than workers", jobs: 8, indexes: 1, method: "btree", size: 4 << 20},
		{name: "a small table", jobs: 2, indexes: 8, method: "btree", size: 1 << 20},
		{name: "a huge table", jobs: 2, indexes: 8, method: "btree", size: 2 << 30},
		{name: "no I/O workers", jobs: 2, indexes: 8, method: "btree", size: 4 << 20, version: "17.6"},
		{name: "the user's", jobs: 2, indexes: 8, method: "btree", size: 4 << 20, set: "effective_io_concurrency"},
		{name: "the user's memory", jobs: 2, indexes: 8, method: "btree", size: 4 << 20, set: "maintenance_work_mem", want: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newFakeServer(t)
			s.version = tt.version
			s.react = answerCores(tt.cores)
			job := sortJob(t, s, tt.size, slices.Repeat([]string{tt.method}, tt.indexes)...)
			job.Jobs = tt.jobs
			restoreWith(t, job, tt.set)
			if got := slices.Contains(s.log, "SET effective_io_concurrency = '0'"); got != tt.want {
				t.Errorf("want %t, got %t: %q", tt.want, got, s.log)
			}
		})
	}
}

// Of several indexes of a table, none may keep the others from it.
func TestClaim(t *testing.T) {
	s := newFakeServer(t)
	s.react = func(c *fakeConn, query string) bool {
		return strings.Contains(query, "to_regclass(") && c.row("1")
	}
	job := sortJob(t, s, 4<<20, "btree", "btree", "btree")
	job.Jobs = 8
	if o := run(t, job); o.err != nil || o.result.Errors != 0 {
		t.Fatalf("%v, %d errors", o.err, o.result.Errors)
	}
	if n := slices.IndexFunc(s.log, func(q string) bool { return strings.HasPrefix(q, "ALTER TABLE ONLY s.t SET") }); n >= 0 {
		t.Errorf("%s, beside others", s.log[n])
	}
}
