package pgtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// testedMajors are the servers that restores are tested with; any other that
// is installed is tested too.
var testedMajors = []int{13, 15, 17, 18, 19}

// rig compares restores into one server by two programs.
type rig struct {
	server    *Cluster
	reference Installation // its pg_restore is the one to compare with
	ours      string
}

// newRig picks the reference: the stock program where it is installed and
// restores into that server, and otherwise the server's own, of which only the
// outcome can be compared. That leaves the newest servers, which the drop-in
// refuses as the stock program does, to our program under its own name.
func newRig(t *testing.T, major int) *rig {
	t.Helper()
	r := &rig{server: Server(t, major), ours: Program(t, "pg_restore")}
	r.reference = r.server.Installation
	if stock, ok := Installed(StockMajor); ok && major <= StockMajor {
		r.reference = stock
	}
	if major > StockMajor {
		r.ours = Program(t, "pgrestore")
	}
	if r.server.Psql(t, "postgres", "SELECT 1 FROM pg_roles WHERE rolname = 'sample_owner'") == "" {
		r.server.PsqlFile(t, "postgres", "testdata/sample/roles.sql")
		r.server.Psql(t, "postgres", "CREATE ROLE test_plain LOGIN")
	}
	return r
}

// scenario is one or more runs into one database.
type scenario struct {
	archive Archive
	runs    []string // option sets
	dump    []string // options of the pg_dump whose output must be equal
	// creates is the database that the runs create themselves.
	creates string
}

// compare runs a scenario with the reference and with ours, serially and where
// that means anything with four jobs. The dumps must be equal; the messages
// too where the reference is the stock program; with four jobs, their order may
// be another.
func (r *rig) compare(t *testing.T, s scenario) {
	t.Helper()
	w := NewWorkbench(t, s.archive, r.reference.Tool("pg_restore"))
	want, wantDump := r.perform(t, w, r.reference.Tool("pg_restore"), s, "")
	got, gotDump := r.perform(t, w, r.ours, s, "")
	if r.reference.Major == StockMajor {
		for i, run := range s.runs {
			if d := want[i].Difference(got[i]); d != "" {
				t.Errorf("%s\n%s", run, d)
			}
		}
	}
	if wantDump != gotDump {
		t.Errorf("%q: the dump afterwards: %s", s.runs, FirstDifference(wantDump, gotDump))
	}
	if !s.parallel() {
		return
	}
	ours := r.ours
	if strings.HasSuffix(s.archive.Name, ".tar") {
		ours = Program(t, "pgrestore") // the drop-in refuses, as the stock program does
	}
	serial := got
	got, gotDump = r.perform(t, w, ours, s, " -j 4")
	if want, got := SortRows(wantDump), SortRows(gotDump); want != got {
		t.Errorf("%q -j 4: the dump afterwards: %s", s.runs, FirstDifference(want, got))
	}
	if ours != r.ours || strings.Contains(strings.Join(s.runs, " "), "-v") {
		return // it tells other things, too
	}
	for i, run := range s.runs {
		want, got := told(serial[i]), told(got[i])
		if want != got {
			t.Errorf("%q -j 4: messages: %s", run, FirstDifference(want, got))
		}
	}
}

// duplicate is an error that goes by the order in which a table's indexes were
// made.
var duplicate = regexp.MustCompile(`(duplicate key value violates unique constraint) .*\nDETAIL: .*`)

// told gives the messages of a run in an order of their own.
func told(r Result) string {
	return duplicate.ReplaceAllString(strings.Join(messages(r.Stderr), ""), "$1")
}

// serialOnly are the options with which several jobs are refused or have
// another outcome each time.
var serialOnly = []string{"-1", "-e", "-L", "-j", "<"}

// parallel reports whether the scenario makes sense with several jobs.
func (s scenario) parallel() bool {
	options := strings.Fields(strings.Join(s.runs, " "))
	return !slices.ContainsFunc(options, func(o string) bool { return slices.Contains(serialOnly, o) })
}

// perform runs a scenario in a new database and gives each run's result and
// the dump afterwards.
func (r *rig) perform(t *testing.T, w *Workbench, program string, s scenario, more string) ([]Result, string) {
	t.Helper()
	db := r.server.CreateDB(t)
	var results []Result
	for _, run := range s.runs {
		if strings.Contains(run, "-U test_plain") {
			r.server.Psql(t, "postgres", "ALTER DATABASE "+db+" OWNER TO test_plain")
		}
		results = append(results, w.Restore(t, program, r.server, db, run+more))
	}
	if s.creates != "" {
		r.server.DropDB(t, db)
		r.server.Psql(t, "postgres", "ALTER DATABASE "+s.creates+" RENAME TO "+db)
	}
	return results, r.state(t, db, s.dump)
}

// state gives a dump of a database. A dump of clicks, which is partitioned by
// the hash of an enum, differs each time, so its rows come sorted.
func (r *rig) state(t *testing.T, db string, options []string) string {
	t.Helper()
	dump := r.server.Dump(t, db, append([]string{"--exclude-table-data=shop.clicks_*"}, options...)...)
	clicks := "no clicks"
	if r.server.Psql(t, db, "SELECT to_regclass('shop.clicks')") != "\n" {
		clicks = r.server.Psql(t, db, "SELECT * FROM shop.clicks ORDER BY n")
	}
	return strings.ReplaceAll(dump, db, "DB") + clicks
}

// TestRestore restores testdata's archives into every server: all into the
// newest that the reference knows, some into each other.
func TestRestore(t *testing.T) {
	archives := Archives(t)
	majors := slices.Clone(testedMajors)
	newest := 0
	for _, i := range Installations() {
		if i.Major >= OldestMajor && !slices.Contains(majors, i.Major) {
			majors = append(majors, i.Major)
		}
		if i.Major <= StockMajor {
			newest = i.Major
		}
	}
	for _, major := range majors {
		t.Run(fmt.Sprint(major), func(t *testing.T) {
			t.Parallel()
			rig := newRig(t, major)
			for _, a := range archives {
				if a.Major() > rig.reference.Major || major != newest && !someFor(major, a) {
					continue
				}
				t.Run(a.Name, func(t *testing.T) {
					s := scenario{archive: a, runs: []string{""}}
					if strings.Contains(a.Name, "statistics") {
						s.dump = []string{"--statistics"}
					}
					rig.compare(t, s)
				})
			}
		})
	}
}

// someFor reports whether an archive is among the few that a server is tested
// with when another is tested with all.
func someFor(major int, a Archive) bool {
	return a.Name == fmt.Sprintf("pg%d-custom-gzip.dump", major) || a.Major() == major && strings.Contains(a.Name, "dir") ||
		a.Name == "pg13-custom-none-trouble.dump" || a.Name == "pg18-custom-gzip.dump"
}

// TestRestoreOptions restores with all kinds of options.
func TestRestoreOptions(t *testing.T) {
	newest := Newest(t)
	rig := newRig(t, newest.Major)
	sample, trouble := "pg18-custom-gzip.dump", "pg18-custom-gzip-trouble.dump"
	if rig.reference.Major < StockMajor {
		sample, trouble = "pg13-custom-gzip.dump", "pg13-custom-none-trouble.dump"
	}
	cases := []struct {
		name, archive, creates string
		runs                   []string
	}{
		{"verbose", sample, "", []string{"-v"}},
		{"verbose trouble", trouble, "", []string{"-v"}},
		{"twice", sample, "", []string{"", ""}},
		{"clean", sample, "", []string{"", "-c"}},
		{"clean if exists", sample, "", []string{"-c --if-exists", "-c --if-exists"}},
		{"clean an empty database", sample, "", []string{"-c"}},
		{"schema then data", sample, "", []string{"-s", "-a --disable-triggers"}},
		{"sections", sample, "", []string{"--section=pre-data", "--section=data", "--section=post-data"}},
		{"post-data first", sample, "", []string{"--section=post-data", "--section=pre-data"}},
		{"one transaction", sample, "", []string{"-1"}},
		{"one transaction that fails", trouble, "", []string{"-1"}},
		{"one transaction that cleans", sample, "", []string{"", "-1 -c"}},
		{"transactions of 7", sample, "", []string{"--transaction-size=7"}},
		{"transactions of 7 that fail", trouble, "", []string{"--transaction-size=7"}},
		{"stop at the first error", trouble, "", []string{"-e"}},
		{"stop at the first error, verbose", trouble, "", []string{"-e -v"}},
		{"no data for failed tables", sample, "", []string{"-s -t products -t refunds", "--no-data-for-failed-tables"}},
		{"nobody's", sample, "", []string{"-O -x"}},
		{"without", trouble, "", []string{"--no-tablespaces --no-security-labels --no-subscriptions --no-publications --no-comments"}},
		{"session authorization", sample, "", []string{"--use-set-session-authorization"}},
		{"no superuser", sample, "", []string{"-U test_plain"}},
		{"no superuser's", sample, "", []string{"-U test_plain -O -x"}},
		{"role", sample, "", []string{"--role=sample_manager"}},
		{"role that is not there", sample, "", []string{"--role=nobody_at_all"}},
		{"row security", sample, "", []string{"--enable-row-security"}},
		{"a table", sample, "", []string{"-t media", "-t refunds -a", "-t refunds -a"}},
		{"a schema", sample, "", []string{"-n report"}},
		{"a list", sample, "", []string{"-L {list}"}},
		{"create", sample, "sample", []string{"-C -d postgres"}},
		{"create and clean", sample, "sample", []string{"-C -d postgres", "-C -c --if-exists -d postgres"}},
		{"create what is there", sample, "sample", []string{"-C -d postgres", "-C -d postgres"}},
		{"jobs on a tar", "pg18-tar.tar", "", []string{"-j 4"}},
		{"jobs on standard input", sample, "", []string{"-j 4 < {archive}"}},
		{"from standard input", sample, "", []string{"-Fc < {archive}"}},
		{"hens and eggs", trouble, "", []string{"-s", "-a -t egg -t hen", "-a -t hen"}},
		{"no such database", sample, "", []string{"-d nosuchdatabase"}},
		{"no such user", sample, "", []string{"-U nosuchuser"}},
		{"no such port", sample, "", []string{"-p 1"}},
	}
	archives := Archives(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			i := slices.IndexFunc(archives, func(a Archive) bool { return a.Name == c.archive })
			// Only 18 sets what older servers do not know, which ends such a run.
			options := strings.Fields(strings.Join(c.runs, " "))
			ends := slices.Contains(options, "-1") || slices.Contains(options, "-e")
			if rig.reference.Major < StockMajor && (ends || archives[i].Major() == StockMajor) {
				t.Skipf("PostgreSQL %d is missing: no stock pg_restore to compare with", StockMajor)
			}
			s := scenario{archive: archives[i], runs: c.runs, creates: c.creates}
			if c.creates != "" {
				s.dump = []string{"--create"}
			}
			rig.compare(t, s)
		})
	}
}

// TestRestoreFound restores dumps made by others.
func TestRestoreFound(t *testing.T) {
	archives := FoundArchives(t)
	rig := newRig(t, StockMajor)
	for _, a := range archives {
		t.Run(a.Name, func(t *testing.T) { rig.compare(t, scenario{archive: a, runs: []string{""}}) })
	}
}

// TestNewerServer shows a refusal that is not copied: the stock program will
// not restore into a server newer than itself, the drop-in does.
func TestNewerServer(t *testing.T) {
	stock, server := Stock(t), Server(t, StockMajor+1)
	w := NewWorkbench(t, Archives(t)[0], stock)
	db := server.CreateDB(t)
	refused := w.Restore(t, stock, server, db, "")
	if want := "aborting because of server version mismatch"; !strings.Contains(refused.Stderr, want) {
		t.Errorf("stock said %q, want %q: copy the refusal no more", refused.Stderr, want)
	}
	got := w.Restore(t, Program(t, "pg_restore"), server, db, "")
	if strings.Contains(got.Stderr, "version mismatch") {
		t.Errorf("the drop-in said %q, want no refusal", got.Stderr)
	}
}
