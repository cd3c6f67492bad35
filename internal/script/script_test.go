package script_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/internal/selection"
	"pgrestore/toc"
)

// scriptCase is a restore into a script.
type scriptCase struct {
	name    string
	args    string // pg_restore's options, to check the case with
	options script.Options
	minor   uint8 // of the archive's version; 0 is 16
	format  toc.Format
	entries []toc.Entry
	want    string // lines of the script but for comments and blank ones
	notes   string // what else is said
	err     string
}

// entry makes an entry; its kind's section may be set by the test.
func entry(desc, tag, definition string, change ...func(*toc.Entry)) toc.Entry {
	kind := toc.ParseKind(desc)
	e := toc.Entry{
		Kind: kind, Desc: desc, Tag: tag, Definition: definition, Section: toc.SectionBefore111(kind),
		Null: toc.FieldDrop | toc.FieldCopy | toc.FieldNamespace | toc.FieldTablespace | toc.FieldTableAM | toc.FieldOwner,
	}
	for _, f := range change {
		f(&e)
	}
	return e
}

func in(schema string) func(*toc.Entry) {
	return func(e *toc.Entry) { e.Namespace, e.Null = schema, e.Null&^toc.FieldNamespace }
}

func dropped(statement string) func(*toc.Entry) {
	return func(e *toc.Entry) { e.Drop, e.Null = statement, e.Null&^toc.FieldDrop }
}

func owned(owner string) func(*toc.Entry) {
	return func(e *toc.Entry) { e.Owner, e.Null = owner, e.Null&^toc.FieldOwner }
}

func tablespace(name string) func(*toc.Entry) {
	return func(e *toc.Entry) { e.Tablespace, e.Null = name, e.Null&^toc.FieldTablespace }
}

func accessMethod(name string, relkind byte) func(*toc.Entry) {
	return func(e *toc.Entry) { e.TableAM, e.RelKind, e.Null = name, relkind, e.Null&^toc.FieldTableAM }
}

func dependsOn(ids ...toc.ID) func(*toc.Entry) {
	return func(e *toc.Entry) { e.Dependencies = ids }
}

func withData(statement string) func(*toc.Entry) {
	return func(e *toc.Entry) { e.HasData, e.Copy, e.Null = true, statement, e.Null&^toc.FieldCopy }
}

func section(s toc.Section) func(*toc.Entry) { return func(e *toc.Entry) { e.Section = s } }

// contents makes the table of contents, with the entries that set up a session
// in front if the version has them.
func (c *scriptCase) contents() *toc.TOC {
	minor := c.minor
	if minor == 0 {
		minor = 16
	}
	var entries []toc.Entry
	if minor >= 13 {
		entries = append(entries,
			entry("ENCODING", "ENCODING", "SET client_encoding = 'UTF8';\n"),
			entry("STDSTRINGS", "STDSTRINGS", "SET standard_conforming_strings = 'on';\n"),
			entry("SEARCHPATH", "SEARCHPATH", "SELECT pg_catalog.set_config('search_path', '', false);\n"))
	}
	entries = append(entries, c.entries...)
	for i := range entries {
		entries[i].ID = toc.ID(i + 1)
	}
	format := c.format
	if format == toc.FormatUnknown {
		format = toc.FormatCustom
	}
	return toc.New(toc.Header{Version: toc.Version{Major: 1, Minor: minor}, Format: format}, entries)
}

// source is the data of every entry.
type source struct {
	data    string
	objects []toc.OID
	err     error
}

func (s source) Data(context.Context, toc.ID) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(s.data)), s.err
}

func (s source) LargeObjects(context.Context, toc.ID) (script.LargeObjectReader, error) {
	return &objectReader{oids: s.objects}, s.err
}

// objectReader has large objects whose content is as long as their OID says.
type objectReader struct {
	oids []toc.OID
	io.Reader
}

func (r *objectReader) Next() (toc.OID, error) {
	if len(r.oids) == 0 {
		return 0, io.EOF
	}
	oid := r.oids[0]
	r.oids, r.Reader = r.oids[1:], strings.NewReader(strings.Repeat("x", int(oid)))
	return oid, nil
}

func (r *objectReader) Close() error { return nil }

// notes keeps what is said.
type notes struct{ strings.Builder }

func (n *notes) Note(text string) { n.WriteString(text + "\n") }
func (n *notes) Warn(text string) { n.WriteString("warning: " + text + "\n") }

// render gives the whole script.
func (c *scriptCase) render() (text, said string, err error) {
	t := c.contents()
	settings, err := t.Settings()
	if err != nil {
		return "", "", err
	}
	p := plan.New(t, nil, c.wanted(t))
	s := script.NewSession(t, settings, c.options, script.ToScript)
	var out strings.Builder
	var log notes
	w := script.NewWriter(s, source{data: "1\tx\n\\.\n\n\n", objects: []toc.OID{5, 6}}, &log, &out)
	err = w.Write(context.Background(), c.units(s, p))
	err = errors.Join(err, w.Flush())
	return out.String(), log.String(), err
}

func (c *scriptCase) wanted(t *toc.TOC) []toc.Parts {
	return selection.New(t, selection.Options{Create: c.options.Create}).Select(nil, nil)
}

// units renders all of a restore.
func (c *scriptCase) units(s *script.Session, p *plan.Plan) []script.Unit {
	units := s.Start(nil, "")
	if c.options.Clean {
		t := c.contents()
		for _, d := range p.Drops(t, c.wanted(t)) {
			units = s.Drop(units, d.Entry, d.Parts)
		}
		s.AfterDrops()
	}
	for _, step := range p.Steps {
		units = s.Restore(units, script.Step{Entry: step.Entry, Parts: step.Parts, WithoutSchema: p.WithoutSchema})
	}
	return s.End(units, -1, "")
}

// body gives the lines of a script behind its settings, without comments and
// blank lines.
func body(text string) string {
	_, text, _ = strings.Cut(text, "SET row_security = off;\n")
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line != "\n" && !strings.HasPrefix(line, "--") && !strings.HasPrefix(line, "\\unrestrict") {
			b.WriteString(line)
		}
	}
	return b.String()
}

func (c *scriptCase) test(t *testing.T) {
	text, said, err := c.render()
	if c.err != "" {
		if err == nil || c.err != err.Error() {
			t.Errorf("want error %q, got %v", c.err, err)
		}
	} else if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c.want, body(text)); diff != "" {
		t.Error(diff)
	}
	if c.notes != "" && !strings.Contains(said, c.notes) {
		t.Errorf("want %q among what is said, got %q", c.notes, said)
	}
}

func TestScripts(t *testing.T) {
	for _, c := range scriptCases() {
		t.Run(c.name, c.test)
	}
}

func TestBinary(t *testing.T) {
	for _, tt := range []struct {
		statement, binary, columns string
	}{
		{"COPY public.t (a, b) FROM stdin;\n", "COPY public.t (a, b) FROM stdin WITH (FORMAT binary);\n", "SELECT a, b FROM ONLY public.t LIMIT 0"},
		{
			"COPY \"s (x\".\"t \"\"(\" (\"a)\", b) FROM stdin;\n",
			"COPY \"s (x\".\"t \"\"(\" (\"a)\", b) FROM stdin WITH (FORMAT binary);\n", "SELECT \"a)\", b FROM ONLY \"s (x\".\"t \"\"(\" LIMIT 0",
		},
		{"COPY public.t  FROM stdin;\n", "", ""},
		{"COPY t (a) WITH OIDS FROM stdin;\n", "", ""},
		{"COPY t (a) FROM stdin WITH NULL AS 'x';\n", "", ""},
		{"", "", ""},
	} {
		binary, columns, known := script.Binary(tt.statement)
		if binary != tt.binary || columns != tt.columns || known != (tt.binary != "") {
			t.Errorf("%q: want %q and %q, got %q and %q, %t", tt.statement, tt.binary, tt.columns, binary, columns, known)
		}
	}
}
