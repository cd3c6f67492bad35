package restore_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

var updateDryRun = flag.Bool("update-dry-run", false, "write testdata/dry-run-*.golden as they come out now")

// shop is an archive with tables of all sizes, one with a name that tries to
// reach the terminal.
func shop() *archivetest.Archive {
	a := small(16)
	id := func() toc.ID { return toc.ID(len(a.Entries) + 1) }
	add := func(desc, tag, definition string, dependencies ...toc.ID) toc.ID {
		e := toc.Entry{
			ID: id(), Kind: toc.ParseKind(desc), Desc: desc, Tag: tag, Section: toc.SectionBefore111(toc.ParseKind(desc)),
			Definition: definition, Drop: "DROP " + desc + ";\n", Namespace: "public", Owner: "alice", Dependencies: dependencies,
			Null: toc.FieldCopy | toc.FieldTablespace | toc.FieldTableAM,
		}
		a.Entries = append(a.Entries, archivetest.Entry{Entry: e})
		return e.ID
	}
	data := func(table toc.ID, name string, bytesOfData int) {
		add("TABLE DATA", name, "", table)
		e := &a.Entries[len(a.Entries)-1]
		e.HasData, e.Data, e.Copy = true, bytes.Repeat([]byte("1\n"), bytesOfData/2), "COPY public.\""+name+"\" (n) FROM stdin;\n"
		e.Null &^= toc.FieldCopy
	}
	hub := add("TABLE", "hub", "CREATE TABLE public.hub (n integer);\n")
	tables := []toc.ID{hub}
	for _, name := range []string{"fact1", "fact2"} {
		tables = append(tables, add("TABLE", name, "CREATE TABLE public."+name+" (n integer);\n"))
	}
	evil := add("TABLE", "evil\x1b[2J\nname", "CREATE TABLE public.\"evil\x1b[2J\nname\" (n integer);\n")
	data(hub, "hub", 100<<10)
	data(tables[1], "fact1", 7<<20)
	data(tables[2], "fact2", 3<<20)
	data(evil, "evil\x1b[2J\nname", 400<<10)
	key := add("CONSTRAINT", "hub hub_pkey", "ALTER TABLE ONLY public.hub\n    ADD CONSTRAINT hub_pkey PRIMARY KEY (n);\n", hub)
	for i, name := range []string{"fact1", "fact2"} {
		table := tables[i+1]
		add("CONSTRAINT", name+" "+name+"_pkey",
			fmt.Sprintf("ALTER TABLE ONLY public.%s\n    ADD CONSTRAINT %s_pkey PRIMARY KEY (n);\n", name, name), table)
		add("INDEX", name+"_i", "CREATE INDEX "+name+"_i ON public."+name+" USING btree (n);\n", table)
		add("FK CONSTRAINT", name+" fk",
			fmt.Sprintf("ALTER TABLE ONLY public.%s\n    ADD CONSTRAINT fk FOREIGN KEY (n) REFERENCES public.hub(n);\n", name), table, key)
	}
	add("MATERIALIZED VIEW DATA", "totals", "REFRESH MATERIALIZED VIEW public.totals;\n")
	a.Entries[len(a.Entries)-1].Section = toc.SectionPostData
	return a
}

func TestDryRun(t *testing.T) {
	folder, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, args string }{
		{"parallel", "-j3"},
		{"serial", "-c"},
		{"strict", "-j2 -e -C --set work_mem=1GB"},
		{"verbose", "-j2 -v --section=pre-data"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, shop(), "c", "a.dump")
			got := program(t, "pgrestore", nil, append(strings.Fields(tt.args), "--dry-run", "a.dump")...)
			golden := filepath.Join(folder, "dry-run-"+tt.name+".golden")
			if *updateDryRun {
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Error(diff)
			}
			if strings.Contains(got.Out, "\x1b") {
				t.Error("a name reaches the terminal as it is")
			}
		})
	}
}

// From a pipe, sizes are not known; no data is read.
func TestDryRunFromPipe(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, shop(), "c", "a.dump")
	content, err := os.ReadFile("a.dump")
	if err != nil {
		t.Fatal(err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	go func() {
		defer w.Close()
		_, _ = w.Write(content) // stops where the program does
	}()
	got := program(t, "pgrestore", r, "-j2", "--dry-run")
	if got.Exit != 0 || got.Err != "" {
		t.Fatal(got)
	}
	for _, want := range []string{"standard input", "of unknown weight", "COPY in up to 2 lanes, if it is big", "In order     data, since"} {
		if !strings.Contains(got.Out, want) {
			t.Errorf("want %q in\n%s", want, got.Out)
		}
	}
}

// A plan that cannot be written is an error.
func TestDryRunWriteError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("/dev/full is missing: only Linux has it")
	}
	defer full.Close()
	t.Chdir(t.TempDir())
	write(t, shop(), "c", "a.dump")
	var messages bytes.Buffer
	exit := runProgram("pgrestore", nil, full, &messages, "--dry-run", "a.dump")
	const want = "pgrestore: error: could not write to file: No space left on device\n"
	if exit != 1 || messages.String() != want {
		t.Errorf("want exit 1 and %q, got %d and %q", want, exit, messages.String())
	}
}
