package pgtest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// OptionSets are the command lines that the programs are compared on, but for
// connecting to a server. Words in braces stand for what an archive has:
// its first table and so on, a list file, filter files, the archive itself,
// which comes last where it is not named. "<" makes the next word standard
// input.
var OptionSets = strings.Split(strings.TrimSpace(`
-l
-l -v
-l -t {table}
-l -n {schema}
-l -N {schema}
-l -a
-l -s
-l --section=post-data
-l -f out
-l < {archive}
-f -
-f out
-v -f -
-f - < {archive}
-Fc -f - < {archive}
-Ft -f - < {archive}
-Fd -f - < {archive}
-s -f -
-a -f -
-c -f -
-c --if-exists -f -
-C -f -
-C -c --if-exists -f -
-C -c --if-exists -v -s -f -
-O -f -
-x -f -
-O -x --no-comments -f -
-O -x -C -f -
--no-publications --no-subscriptions --no-security-labels -f -
--no-tablespaces --no-table-access-method -f -
--no-policies -f -
--no-data -f -
--no-schema -f -
--statistics -f -
--statistics-only -f -
--no-statistics -f -
--section=pre-data -f -
--section=data -f -
--section=post-data -f -
--section=pre-data --section=post-data -f -
--section=data --disable-triggers -f -
--use-set-session-authorization -f -
--use-set-session-authorization -c -f -
-n {schema} -f -
-N {schema} -f -
-n {schema} -N {schema} -f -
-t {table} -f -
-t {table} -c -f -
-t {table} -a -f -
-t {view} -t {sequence} -f -
-I {index} -f -
-P {function} -f -
-T {trigger} -f -
-n {schema} -t {table} -f -
-L {list} -f -
-L {list} -l
-L {list} -t {table} -f -
-L nosuchfile -f -
--filter={filter} -f -
--filter={filter2} -f -
--filter={badfilter} -f -
--filter=nosuchfile -f -
-a --disable-triggers -f -
-a --disable-triggers -S boss -f -
--enable-row-security -f -
--role=boss -f -
-1 -f -
--transaction-size=3 -f -
-e -f -
-R -f -
-j 3 -f -
--strict-names -t nosuchtable -f -
--strict-names -n nosuchschema -f -
-t nosuchtable -f -
--schema-o -f -
-acf -
-sa -f -
-c -a -f -
--if-exists -f -
-C -1 -d x
-1 -j 2 -d x
-j 0 -d x
-j x -d x
-f - -d x
-F x -f -
-Fc -f -
-Ft -f -
-Fd -f -
-F p -f -
--format=custom -f -
--section=foo -f -
--transaction-size=0 -f -
-1 --transaction-size=5 -f -
--statistics --no-statistics -f -
-s --statistics -f -
-a --statistics-only -f -
-s --no-schema -f -
-a --no-data -f -
--restrict-key=a-b -f -
--bogus -f -
--no -f -
-l nosuchfile < {archive}
-f nosuchfolder/out
{archive}
-f - {archive} extra
`), "\n")

// Workbench is a temporary folder with an archive in it, in which option sets
// are run: all names in messages are relative, so results are the same on
// every machine.
type Workbench struct {
	dir   string
	words *strings.Replacer
}

// listed matches a line of a list: kind, schema, tag.
var listed = regexp.MustCompile(`^\d+; \d+ \d+ (TABLE|INDEX|FUNCTION|TRIGGER|VIEW|SEQUENCE) (\S+) (.+) \S+$`)

// NewWorkbench makes one; lister is the program whose -l tells what the
// archive holds.
func NewWorkbench(t testing.TB, a Archive, lister string) *Workbench {
	t.Helper()
	w := &Workbench{dir: t.TempDir()}
	if err := os.Symlink(a.Path, filepath.Join(w.dir, a.Name)); err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	var entries []string
	for line := range strings.Lines((Run{Program: lister, Args: []string{"-l", a.Name}, Dir: w.dir}).Do(t).Stdout) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == ';' {
			continue
		}
		entries = append(entries, line)
		m := listed.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		kind, schema, name := strings.ToLower(m[1]), m[2], m[3]
		if kind == "trigger" {
			_, name, _ = strings.Cut(name, " ")
		}
		if _, have := words[kind]; have {
			continue
		}
		words[kind] = name
		if kind == "table" {
			words["schema"] = schema
		}
	}
	w.words = replacer(words, a.Name)
	w.write(t, "list", listFile(entries))
	table := words["table"]
	w.write(t, "filter", "# a comment\ninclude table "+table+"\n")
	w.write(t, "filter2", "include schema "+words["schema"]+"\n\n  include index "+words["index"]+" # why\nexclude schema public\n")
	w.write(t, "badfilter", "include\n")
	return w
}

// replacer fills in what the archive has and, where it has none, a name that
// matches nothing.
func replacer(words map[string]string, archive string) *strings.Replacer {
	pairs := []string{"{archive}", archive}
	for _, kind := range []string{"schema", "table", "index", "function", "trigger", "view", "sequence"} {
		name, ok := words[kind]
		if !ok {
			name = "no_" + kind
		}
		pairs = append(pairs, "{"+kind+"}", name)
	}
	for _, file := range []string{"list", "filter", "filter2", "badfilter"} {
		pairs = append(pairs, "{"+file+"}", file)
	}
	return strings.NewReplacer(pairs...)
}

// listFile gives every second entry, the last first.
func listFile(entries []string) string {
	var kept []string
	for i := 0; i < len(entries); i += 2 {
		kept = append(kept, entries[i])
	}
	slices.Reverse(kept)
	return ";a comment\n" + strings.Join(kept, "\n") + "\n"
}

func (w *Workbench) write(t testing.TB, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Run runs a program with an option set. What it writes to the file out counts
// as output.
func (w *Workbench) Run(t testing.TB, program, set string) Result {
	t.Helper()
	r := w.command(program, set)
	r.Env = append(cleanEnvironment(), "PGHOST=/nowhere")
	if !slices.Contains(r.Args, "-l") && !strings.Contains(set, "--restrict-key") && !strings.Contains(set, "-d x") {
		r.Args = append([]string{"--restrict-key=k"}, r.Args...)
	}
	result := r.Do(t)
	out := filepath.Join(w.dir, "out")
	if written, err := os.ReadFile(out); err == nil {
		result.Stdout += completedOn.ReplaceAllString(string(written), "-- Completed on")
		if err := os.Remove(out); err != nil {
			t.Fatal(err)
		}
	}
	return result
}

// Restore runs a program with an option set on a server's database, whose name
// is taken out of the result. The set may name another database to connect to.
func (w *Workbench) Restore(t testing.TB, program string, server *Cluster, db, set string) Result {
	t.Helper()
	if !strings.Contains(set, "-d ") {
		set = "-d " + db + " " + set
	}
	r := w.command(program, set)
	r.Env = server.Environment()
	result := r.Do(t)
	result.Stderr = strings.ReplaceAll(result.Stderr, db, "DB")
	result.Stderr = namespaceOID.ReplaceAllString(result.Stderr, "${1}OID)")
	return result
}

// namespaceOID matches the OID of a schema in an error's detail, the one
// number in messages that differs each time.
var namespaceOID = regexp.MustCompile(`(Key \([^)]*namespace\)=\(.*, )\d+\)`)

// command fills in an option set.
func (w *Workbench) command(program, set string) Run {
	r := Run{Program: program, Dir: w.dir}
	fields := strings.Fields(set)
	for i := 0; i < len(fields); i++ {
		if fields[i] == "<" {
			i++
			r.Stdin = w.words.Replace(fields[i])
			continue
		}
		r.Args = append(r.Args, w.words.Replace(fields[i]))
	}
	if !strings.Contains(set, "{archive}") {
		r.Args = append(r.Args, w.words.Replace("{archive}"))
	}
	return r
}
