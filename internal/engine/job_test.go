package engine

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgrestore/event"
	"pgrestore/internal/plan"
	"pgrestore/internal/script"
	"pgrestore/toc"
)

// archive is a small archive for the tests of this package.
type archive struct {
	entries []toc.Entry
	data    map[toc.ID]io.Reader
	objects map[toc.ID][]object
	size    int64 // what each entry's data is said to be stored in
}

type object struct {
	oid     toc.OID
	content string
}

// add adds an entry of the section that its kind has, and gives its ID.
func (a *archive) add(desc, tag, definition string, dependencies ...toc.ID) toc.ID {
	kind := toc.ParseKind(desc)
	section := toc.SectionBefore111(kind)
	switch kind {
	case toc.KindStatistics, toc.KindPublication:
		section = toc.SectionPostData
	}
	id := toc.ID(len(a.entries) + 1)
	a.entries = append(a.entries, toc.Entry{
		ID: id, Kind: kind, Desc: desc, Tag: tag, Section: section, Namespace: "s",
		Definition: definition, Dependencies: dependencies,
		Null: toc.FieldDrop | toc.FieldCopy | toc.FieldTablespace | toc.FieldTableAM,
	})
	return id
}

// last is the entry that was added last.
func (a *archive) last() *toc.Entry { return &a.entries[len(a.entries)-1] }

// table adds a table.
func (a *archive) table(name string) toc.ID {
	return a.add("TABLE", name, "CREATE TABLE s."+name+" ();\n")
}

// copyInto adds the data of a table.
func (a *archive) copyInto(name string, data io.Reader, table toc.ID) toc.ID {
	id := a.add("TABLE DATA", name, "", table)
	e := a.last()
	e.HasData, e.Copy, e.Null = true, "COPY s."+name+" FROM stdin;\n", e.Null&^toc.FieldCopy
	a.give(id, data)
	return id
}

// insertInto adds the data of a table as statements.
func (a *archive) insertInto(name, data string, table toc.ID) toc.ID {
	id := a.add("TABLE DATA", name, "", table)
	a.last().HasData = true
	a.give(id, strings.NewReader(data))
	return id
}

func (a *archive) give(id toc.ID, data io.Reader) {
	if a.data == nil {
		a.data = map[toc.ID]io.Reader{}
	}
	a.data[id] = data
}

// blobs adds large objects.
func (a *archive) blobs(objects ...object) toc.ID {
	id := a.add("BLOBS", "BLOBS", "")
	a.last().HasData, a.last().Namespace = true, ""
	if a.objects == nil {
		a.objects = map[toc.ID][]object{}
	}
	a.objects[id] = objects
	return id
}

// Data and LargeObjects make the archive a script.Source.

func (a *archive) Data(_ context.Context, id toc.ID) (io.ReadCloser, error) {
	r, ok := a.data[id]
	if !ok {
		return nil, errors.New("no such data")
	}
	if s, ok := r.(io.Seeker); ok {
		if _, err := s.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
	}
	return io.NopCloser(r), nil
}

func (a *archive) LargeObjects(_ context.Context, id toc.ID) (script.LargeObjectReader, error) {
	return &objectReader{objects: a.objects[id]}, nil
}

type objectReader struct {
	objects []object
	content io.Reader
}

func (r *objectReader) Next() (toc.OID, error) {
	if len(r.objects) == 0 {
		return 0, io.EOF
	}
	o := r.objects[0]
	r.objects, r.content = r.objects[1:], strings.NewReader(o.content)
	return o.oid, nil
}

func (r *objectReader) Read(p []byte) (int, error) { return r.content.Read(p) }
func (r *objectReader) Close() error               { return nil }

// job makes the restore of all of the archive into a server.
func (a *archive) job(s *fakeServer) Job {
	t := toc.New(toc.Header{Version: toc.Version{Major: 1, Minor: 16}, DumpVersion: "18.1", HasDumpVersion: true}, a.entries)
	wanted := make([]toc.Parts, len(a.entries))
	for i := range a.entries {
		e := &a.entries[i]
		if e.Definition != "" {
			wanted[i] |= toc.Definition
		}
		if e.HasData {
			wanted[i] |= toc.Data
		}
	}
	return Job{
		TOC: t, Plan: plan.New(t, nil, wanted), Wanted: wanted,
		Set:       toc.Settings{Encoding: toc.UTF8, HasEncoding: true, ConformingStrings: true, SearchPath: "SELECT pg_catalog.set_config('search_path', '', false);\n"},
		Options:   script.Options{Verbose: true},
		Source:    a,
		Size:      func(toc.ID) int64 { return a.size },
		Connect:   s.connect,
		Sink:      &event.Recorder{},
		Ungrouped: true,
	}
}

// outcome is what a run told.
type outcome struct {
	result Result
	err    error
	lines  []string // messages with their level: "E text", "I text" ...
}

// run runs a job that must come to an end.
func run(t *testing.T, job Job) outcome {
	t.Helper()
	return runContext(t, t.Context(), job)
}

func runContext(t *testing.T, ctx context.Context, job Job) outcome {
	t.Helper()
	var o outcome
	within(t, "the end of the restore", func() { o.result, o.err = Run(ctx, job) })
	o.read(job)
	return o
}

// runInBubble runs a job by the clock of a synctest bubble, however long.
func runInBubble(t *testing.T, job Job) (o outcome) {
	t.Helper()
	o.result, o.err = Run(t.Context(), job)
	o.read(job)
	return o
}

// read takes the messages of a job that is over.
func (o *outcome) read(job Job) {
	for _, m := range job.Sink.(*event.Recorder).Messages() {
		level := map[event.Level]string{event.Debug: "D", event.Info: "I", event.Warning: "W", event.Error: "E", event.Hint: "H"}[m.Level]
		o.lines = append(o.lines, level+" "+strings.TrimRight(m.Text, "\n"))
	}
}

// finishedSteps gives the kind and the name of each step that a job has told of
// as finished as a whole.
func finishedSteps(job Job) (steps []string) {
	names := make(map[event.StepID]string)
	for _, r := range job.Sink.(*event.Recorder).Records() {
		switch e := r.Event.(type) {
		case event.StepStarted:
			names[e.StepID] = e.Kind + " " + e.Name
		case event.StepFinished:
			if !e.IsFirstPart() {
				steps = append(steps, names[e.StepID])
			}
		}
	}
	return steps
}

// only gives the lines of the given levels.
func (o outcome) only(levels string) (kept []string) {
	for _, l := range o.lines {
		if strings.Contains(levels, l[:1]) {
			kept = append(kept, l)
		}
	}
	return kept
}

// from gives the lines behind the first that is equal to line.
func (o outcome) from(line string) []string {
	for i, l := range o.lines {
		if l == line {
			return o.lines[i+1:]
		}
	}
	return nil
}

// rows is COPY data of n lines and the end of the data.
func rows(n int) string {
	return strings.Repeat("1\tsome text\n", n) + "\\.\n\n\n"
}

// breaking is data that breaks off with an error.
func breaking(n int, err error) io.Reader {
	return io.MultiReader(bytes.NewReader(make([]byte, n)), iotest.ErrReader(err))
}

// stepOf is the step of an entry's data.
func stepOf(entry int) plan.Step { return plan.Step{Entry: entry, Parts: toc.Data} }
