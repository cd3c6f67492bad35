package script_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/internal/selection"
	"pgrestore/toc"
)

// Servers get the statements of scripts, one by one; what pg_restore sends on its
// own behalf has messages of its own should it fail.
func TestToServer(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    scriptCase
		want []string // operation, text, failure
	}{
		{
			name: "plain",
			c:    scriptCase{entries: []toc.Entry{entry("TABLE", "x", "CREATE x;\n", in("s"), owned("bob"), dropped("DROP TABLE s.x;\n"))}},
			want: []string{"note creating TABLE \"s.x\"", "exec CREATE x;\n\n\n", "exec ALTER TABLE s.x OWNER TO bob;\n\n", "table done"},
		},
		{
			name: "settings",
			c: scriptCase{minor: 12, entries: []toc.Entry{
				entry("TABLE", "x", "CREATE x;\n", in("S"), tablespace("T"), accessMethod("A", 'r')),
				entry("TABLE", "p", "CREATE p;\n", in("S"), tablespace(""), accessMethod("A", 'p')),
			}},
			want: []string{
				"note creating TABLE \"S.x\"",
				"exec own SET search_path = \"S\", pg_catalog (could not set \"search_path\" to \"S\")",
				"exec own SET default_tablespace = \"T\" (could not set \"default_tablespace\" to \"T\")",
				"exec own SET default_table_access_method = \"A\"; (could not set \"default_table_access_method\")",
				"exec CREATE x;\n\n\n", "table done",
				"note creating TABLE \"S.p\"",
				"exec own SET default_tablespace = '' (could not set \"default_tablespace\" to \"\")",
				"exec CREATE p;\n\n\n",
				"exec own ALTER TABLE \"S\".p SET ACCESS METHOD \"A\"; (could not alter table access method)", "table done",
			},
		},
		{
			name: "session authorization",
			c: scriptCase{options: script.Options{UseSetSessionAuthorization: true}, entries: []toc.Entry{
				entry("VIEW", "x", "CREATE x;\n", owned("b'ob")), entry("VIEW", "y", "CREATE y;\n"),
			}},
			want: []string{
				"note creating VIEW \"x\"", "exec or die SET SESSION AUTHORIZATION 'b''ob'; (could not set session user to \"b'ob\")", "exec CREATE x;\n\n\n",
				"note creating VIEW \"y\"", "exec or die SET SESSION AUTHORIZATION DEFAULT; (could not set session user to \"\")", "exec CREATE y;\n\n\n",
			},
		},
		{
			name: "transactions",
			c: scriptCase{options: script.Options{TransactionSize: 1}, entries: []toc.Entry{
				entry("VIEW", "x", "CREATE x;\n"),
			}},
			want: []string{
				"note creating VIEW \"x\"", "exec CREATE x;\n\n\n",
				"exec COMMIT (could not commit database transaction)", "exec BEGIN (could not start database transaction)",
				"exec COMMIT (could not commit database transaction)",
			},
		},
		{
			name: "another database",
			c:    scriptCase{options: script.Options{Create: true}, entries: []toc.Entry{entry("DATABASE", "a\nb", "CREATE d;\n")}},
			want: []string{
				"note creating DATABASE \"a\nb\"", "exec CREATE d;\n\n\n", "note connecting to new database \"a\nb\"", "connect a\nb",
				"exec SET statement_timeout = 0;\n",
			},
		},
		{
			name: "data",
			c:    scriptCase{entries: []toc.Entry{entry("TABLE DATA", "x", "", in("s"), withData("COPY s.x FROM stdin;\n"))}},
			want: []string{"note processing data for table \"s.x\"", "copy COPY s.x FROM stdin;\n"},
		},
		{
			name: "data as INSERTs, of no schema",
			c:    scriptCase{entries: []toc.Entry{entry("TABLE DATA", "x", "", withData(""))}},
			want: []string{"note processing data for table \"(null).x\"", "inserts"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			contents := tt.c.contents()
			settings, err := contents.Settings()
			if err != nil {
				t.Fatal(err)
			}
			p := plan.New(contents, nil, selection.New(contents, selection.Options{Create: tt.c.options.Create}).Select(nil, nil))
			s := script.NewSession(contents, settings, tt.c.options, script.ToServer)
			fixed := len(s.Start(nil, ""))
			got := describe(tt.c.units(script.NewSession(contents, settings, tt.c.options, script.ToServer), p)[fixed:])
			if len(got) > len(tt.want) && tt.c.options.Create {
				got = got[:len(tt.want)] // the settings again
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func describe(units []script.Unit) (all []string) {
	for _, u := range units {
		var what string
		switch u.Op {
		case script.Note:
			what = "note " + u.Text
		case script.Warn:
			what = "warn " + u.Text
		case script.Comment:
			what = "comment " + u.Text
		case script.Exec:
			what = "exec " + u.Text
			if u.Own {
				what = "exec own " + u.Text
			}
		case script.ExecOrDie:
			what = "exec or die " + u.Text
		case script.Copy:
			what = "copy " + u.Text
		case script.Inserts:
			what = "inserts"
		case script.Connect:
			what = "connect " + u.Text
		case script.TableDone:
			what = "table done"
		default:
			what = fmt.Sprint(u.Op, " ", u.Text)
		}
		if u.Failure != "" {
			what += " (" + u.Failure + ")"
		}
		all = append(all, what)
	}
	return all
}

// A table that this run made is emptied and loaded in one transaction.
func TestTruncate(t *testing.T) {
	c := scriptCase{entries: []toc.Entry{entry("TABLE DATA", "T", "", in("s"), withData("COPY s.\"T\" FROM stdin;\n"))}}
	contents := c.contents()
	s := script.NewSession(contents, toc.Settings{SearchPath: "x"}, script.Options{}, script.ToServer)
	got := describe(s.Restore(nil, script.Step{Entry: 3, Parts: toc.Data, Truncate: true}))
	want := []string{
		"note processing data for table \"s.T\"",
		"exec BEGIN (could not start database transaction)",
		"exec TRUNCATE TABLE ONLY s.\"T\";\n\n",
		"copy COPY s.\"T\" FROM stdin;\n",
		"exec COMMIT (could not commit database transaction)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// FREEZE goes with the emptying; within a transaction of many the table is
// emptied in that.
func TestFreeze(t *testing.T) {
	c := scriptCase{entries: []toc.Entry{entry("TABLE DATA", "T", "", in("s"), withData("COPY s.\"T\" (a, b) FROM stdin;\n"))}}
	contents := c.contents()
	for _, tt := range []struct {
		name     string
		options  script.Options
		truncate bool
		want     []string
	}{
		{"made by this run", script.Options{}, true, []string{
			"exec BEGIN (could not start database transaction)",
			"exec TRUNCATE TABLE ONLY s.\"T\";\n\n",
			"copy COPY s.\"T\" (a, b) FROM stdin FREEZE;\n",
			"exec COMMIT (could not commit database transaction)",
		}},
		{"in one transaction", script.Options{SingleTransaction: true}, true, []string{
			"exec TRUNCATE TABLE ONLY s.\"T\";\n\n",
			"copy COPY s.\"T\" (a, b) FROM stdin FREEZE;\n",
		}},
		{"not made by this run", script.Options{}, false, []string{"copy COPY s.\"T\" (a, b) FROM stdin;\n"}},
	} {
		s := script.NewSession(contents, toc.Settings{SearchPath: "x"}, tt.options, script.ToServer)
		got := describe(s.Restore(nil, script.Step{Entry: 3, Parts: toc.Data, Truncate: tt.truncate, Freeze: true}))
		want := append([]string{"note processing data for table \"s.T\""}, tt.want...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestFrozen(t *testing.T) {
	for statement, want := range map[string]string{
		"COPY t (a) FROM stdin;\n":                      "COPY t (a) FROM stdin FREEZE;\n",
		"COPY t (a) FROM stdin WITH (FORMAT binary);\n": "COPY t (a) FROM stdin WITH (FORMAT binary, FREEZE);\n",
		"COPY t WITH OIDS FROM stdin;\n":                "COPY t WITH OIDS FROM stdin FREEZE;\n",
		"COPY t FROM stdin (X);\n":                      "COPY t FROM stdin (X);\n",
	} {
		if got := script.Frozen(statement); want != got {
			t.Errorf("%q: want %q, got %q", statement, want, got)
		}
	}
}

// The sessions of further connections know nothing of the first one's settings
// and commit each statement.
func TestParallelSession(t *testing.T) {
	c := scriptCase{minor: 12, entries: []toc.Entry{entry("VIEW", "x", "CREATE x;\n", in("s"))}}
	first := script.NewSession(c.contents(), toc.Settings{}, script.Options{TransactionSize: 1}, script.ToServer)
	step := script.Step{Entry: 0, Parts: toc.Definition}
	first.Restore(nil, step)
	var texts []string
	for _, u := range first.Parallel().Restore(nil, step) {
		texts = append(texts, u.Text)
	}
	want := []string{"creating VIEW \"s.x\"", "SET search_path = s, pg_catalog", "CREATE x;\n\n\n"}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Error(diff)
	}
	if !first.Parallel().LargeObjectStyle().Transaction {
		t.Error("large objects are loaded outside of any transaction")
	}
}

// The same entries make the same units each time, and both targets get the same
// statements.
func TestOneStreamForBothTargets(t *testing.T) {
	for _, c := range scriptCases() {
		if c.err != "" {
			continue // what ends a script need not end a restore
		}
		contents := c.contents()
		settings, err := contents.Settings()
		if err != nil {
			t.Fatal(err)
		}
		p := plan.New(contents, nil, selection.New(contents, selection.Options{Create: c.options.Create}).Select(nil, nil))
		statements := func(target script.Target) string {
			var b strings.Builder
			for _, u := range c.units(script.NewSession(contents, settings, c.options, target), p) {
				switch u.Op {
				case script.Exec, script.ExecOrDie, script.Copy:
					text := strings.NewReplacer("\n", "", ";", "").Replace(u.Text)
					b.WriteString(strings.NewReplacer("COMMITBEGIN", "COMMIT\nBEGIN").Replace(text) + "\n")
				}
			}
			return b.String()
		}
		if diff := cmp.Diff(statements(script.ToScript), statements(script.ToServer)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// Privileges that another than the owner gave stand between two statements that
// name no object. pg_restore makes nonsense of those; here they must not leave
// the session in that role's hands.
func TestLargeObjectPrivilegesByAnother(t *testing.T) {
	c := scriptCase{entries: []toc.Entry{
		entry("BLOB METADATA", "5..7", "5\n6\n"),
		entry("ACL", "LARGE OBJECTS 5..7", "GRANT SELECT ON LARGE OBJECT 5 TO bob WITH GRANT OPTION;\n"+
			"SET SESSION AUTHORIZATION bob;\nGRANT SELECT ON LARGE OBJECT 5 TO PUBLIC;\nRESET SESSION AUTHORIZATION;\n\n", dependsOn(4)),
	}}
	for _, target := range []script.Target{script.ToScript, script.ToServer} {
		s := script.NewSession(c.contents(), toc.Settings{SearchPath: "x"}, script.Options{}, target)
		role := ""
		for _, u := range s.Restore(nil, script.Step{Entry: 4, Parts: toc.Data}) {
			for line := range strings.Lines(u.Text) {
				switch line = strings.TrimRight(line, ";\n"); {
				case line == "SET SESSION AUTHORIZATION bob":
					role = "bob"
				case line == "RESET SESSION AUTHORIZATION":
					role = ""
				case strings.HasSuffix(line, "TO PUBLIC") && role != "bob":
					t.Errorf("target %d: %q is not bob's", target, line)
				case strings.HasSuffix(line, "WITH GRANT OPTION") && role != "":
					t.Errorf("target %d: %q is bob's", target, line)
				}
			}
		}
		if role != "" {
			t.Errorf("target %d: the session stays %s's", target, role)
		}
	}
}
