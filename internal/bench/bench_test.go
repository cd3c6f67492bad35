package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgrestore/internal/pgtest"
)

// TestMain lets the test program stand for the bench where that runs itself.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == measureCommand {
		os.Exit(measureMain(os.Args[2:], os.Stdout))
	}
	os.Exit(m.Run())
}

// TestBenchRuns runs a row of each sort at a size that shows nothing but that
// it works.
func TestBenchRuns(t *testing.T) {
	pgtest.Stock(t)
	keep := t.TempDir()
	o, err := parseOptions([]string{"--scale", "0.0002", "--pairs", "1", "--rows", "narrow|link|objects-j1|script-zstd|list-450k",
		"--keep", keep, "--ours", pgtest.Program(t, "pg_restore")}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var out, messages bytes.Buffer
	if err := run(t.Context(), o, &out, &messages); err != nil {
		t.Fatalf("%v\n%s", err, messages.Bytes())
	}
	if got, want := strings.Count(out.String(), "\n| "), 1+5; got != want {
		t.Errorf("the report has %d lines of a table, want %d:\n%s", got, want, out.String())
	}
	if strings.Contains(out.String(), keep) {
		t.Errorf("the report names this machine's folders:\n%s", out.String())
	}
	if _, err := os.Stat(filepath.Join(keep, "tables-10.dump")); err != nil {
		t.Error(err)
	}
}

// TestLinkDelays sends bytes there and back through a link. That it is no
// slower than it says is for a person to see: tests do not measure time.
func TestLinkDelays(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	echoed := make(chan error, 1)
	go func() { // ends with its connection
		c, err := listener.Accept()
		if err != nil {
			echoed <- err
			return
		}
		_, err = io.Copy(c, c)
		echoed <- errors.Join(err, c.Close())
	}()
	const delay = 5 * time.Millisecond
	l, err := startLink(socket, delay)
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", l.port()))
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	sent := bytes.Repeat([]byte("there and back\n"), 100_000)
	go func() { // ends when all is sent
		_, _ = c.Write(sent) // what comes back tells
		_ = c.(*net.TCPConn).CloseWrite()
	}()
	got, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, sent) {
		t.Errorf("%d bytes came back, want the %d that were sent", len(got), len(sent))
	}
	if took := time.Since(begin); took < 2*delay {
		t.Errorf("there and back took %v, want at least %v", took, 2*delay)
	}
	if err := <-echoed; err != nil {
		t.Error(err)
	}
	if err := l.close(); err != nil {
		t.Error(err)
	}
}

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		name   string
		want   float64
		values []float64
	}{
		{"none", 0, nil},
		{"one", 3, []float64{3}},
		{"odd", 2, []float64{9, 2, 1}},
		{"even", 2.5, []float64{4, 1, 3, 2}},
	} {
		if got := median(test.values); got != test.want {
			t.Errorf("%s: got %g, want %g", test.name, got, test.want)
		}
	}
}

func TestPrintsCompare(t *testing.T) {
	want := print{schema: "a\nb\n", content: "t|3|17\n"}
	if err := want.compare(want); err != nil {
		t.Error(err)
	}
	got := want
	got.content = "t|3|18\n"
	err := want.compare(got)
	if err == nil || !strings.Contains(err.Error(), `want "t|3|17", got "t|3|18"`) {
		t.Errorf("got %v, want an error with both lines", err)
	}
}

// TestMeasuring holds what is measured against what is known of a program.
func TestMeasuring(t *testing.T) {
	m, err := runMeasured(t.Context(), os.Environ(), "/bin/sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done")
	if err != nil {
		t.Fatal(err)
	}
	if m.CPU <= 0 || m.Wall <= 0 || m.PeakBytes < 1<<16 {
		t.Errorf("a shell's loop took %+v", m)
	}
	if _, err := runMeasured(t.Context(), os.Environ(), "/bin/sh", "-c", "echo trouble >&2; exit 3"); err == nil || !strings.Contains(err.Error(), "trouble") {
		t.Errorf("got %v, want the program's own message", err)
	}
}

func TestEstimates(t *testing.T) {
	const printed = `pgrestore: warning: this is no progress
{"type":"progress","at":1,"left":90}
{"type":"progress","at":5,"left":6}
{"type":"progress","at":6,"left":2}
{"type":"progress","at":8,"left":null}
{"type":"progress","at":9.5,"left":1}
{"type":"progress","at":10,"left":null,"outcome":"complete"}
`
	var e estimates
	if err := e.add([]byte(printed)); err != nil {
		t.Fatal(err)
	}
	if want := (estimates{count: 1, seconds: 10, told: 4, near: 1, good: 2, worst: 0.2}); want != e {
		t.Errorf("want %+v, got %+v", want, e)
	}
	if err := e.add([]byte("{\"at\":1}\n")); err == nil {
		t.Error("want an error for a run that has no end")
	}
}
