package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pgrestore/event"
	"pgrestore/internal/report"
	"pgrestore/internal/verdict"
)

func TestSameEventsSameBytes(t *testing.T) {
	records := synthetic{tables: 200, connections: 6, seed: 5, failEvery: 7}.records()
	if !bytes.Equal(pageOf(t, records), pageOf(t, records)) {
		t.Error("the page differs")
	}
	if !bytes.Equal(traceOf(t, records), traceOf(t, records)) {
		t.Error("the trace differs")
	}
}

func TestPageIsWritten(t *testing.T) {
	page := string(pageOf(t, synthetic{tables: 60, connections: 4, seed: 1, failEvery: 9}.records()))
	for _, want := range []string{
		"<title>✕ Restore of shop</title>", "default-src &#39;none&#39;", "TABLE DATA public.table_00005", "maintenance_work_mem",
		"a quarter of the memory", "Dumped from server", "17.2", "6 errors", `<svg class="still"`, "stage main began when the step before it was over",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("want %q in the page", want)
		}
	}
	for _, not := range []string{"http://", "https://", "ZgotmplZ"} {
		if strings.Contains(page, not) {
			t.Errorf("want no %q in the page", not)
		}
	}
}

func TestHostileNamesStayText(t *testing.T) {
	page := string(pageOf(t, synthetic{tables: 20, connections: 2, seed: 3, failEvery: 5, hostile: hostileName}.records()))
	if strings.Contains(page, "<img") || strings.Count(page, "<script") != 2 || strings.Count(page, "</script") != 2 {
		t.Error("a name became markup")
	}
}

// traceOf makes the trace of some events.
func traceOf(t testing.TB, records []event.Record) []byte {
	t.Helper()
	b := report.New()
	for _, r := range records {
		b.Read(r)
	}
	var out bytes.Buffer
	if err := b.WriteTrace(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTrace(t *testing.T) {
	var trace struct {
		TraceEvents []struct {
			Name string          `json:"name"`
			Ph   string          `json:"ph"`
			Ts   float64         `json:"ts"`
			Dur  *float64        `json:"dur"`
			Tid  int             `json:"tid"`
			Args json.RawMessage `json:"args"`
		} `json:"traceEvents"`
	}
	text := traceOf(t, synthetic{tables: 60, connections: 4, seed: 1, failEvery: 9, hostile: hostileName}.records())
	if err := json.Unmarshal(text, &trace); err != nil {
		t.Fatal(err)
	}
	phases, ends := map[string]int{}, map[int]float64{}
	for _, e := range trace.TraceEvents {
		phases[e.Ph]++
		if e.Ph != "X" {
			continue
		}
		if e.Dur == nil || e.Ts < ends[e.Tid] {
			t.Fatalf("want events with lengths, one after the other on a thread, got %+v", e)
		}
		ends[e.Tid] = e.Ts + *e.Dur
	}
	// 60 tables in 2 messages, 60 of data, 60 constraints, 60 indexes, 3
	// refreshes, 59 foreign keys; 3 stages.
	if want := 2 + 60 + 60 + 60 + 3 + 59 + 3; phases["X"] != want {
		t.Errorf("want %d complete events, got %d", want, phases["X"])
	}
	if phases["i"] != 6 || phases["C"] == 0 || phases["M"] == 0 || phases["s"] == 0 || phases["s"] != phases["f"] {
		t.Errorf("want 6 errors, counters, names and arrows, got %v", phases)
	}
}

// TestTraceOfNoTime holds that steps which begin and end in one microsecond have
// a length that arrows can bind to, unless the next begins in it, too.
func TestTraceOfNoTime(t *testing.T) {
	var records []event.Record
	for id, at := range []time.Duration{1000, 1000, 2000} {
		step := event.StepID{ID: id + 1}
		records = append(records,
			event.Record{At: at * time.Microsecond, Event: event.StepStarted{StepID: step, Kind: "INDEX", Class: event.Index, Weight: 1 << 20}},
			event.Record{At: at * time.Microsecond, Event: event.StepFinished{StepID: step}},
		)
	}
	got := regexp.MustCompile(`"dur":[0-9.]+`).FindAllString(string(traceOf(t, records)), -1)
	if diff := cmp.Diff([]string{`"dur":0`, `"dur":0.001`, `"dur":0.001`}, got); diff != "" {
		t.Error(diff)
	}
}

type brokenFile struct{}

var errBroken = errors.New("broken")

func (brokenFile) Write([]byte) (int, error) { return 0, errBroken }

func TestErrorsOfWriting(t *testing.T) {
	b := report.New()
	if err := b.WriteHTML(brokenFile{}, verdict.Verdict{}); !errors.Is(err, errBroken) {
		t.Errorf("want %v, got %v", errBroken, err)
	}
	if err := b.WriteTrace(brokenFile{}); !errors.Is(err, errBroken) {
		t.Errorf("want %v, got %v", errBroken, err)
	}
}

func BenchmarkRead(b *testing.B) {
	records := synthetic{tables: 2000, connections: 4, seed: 1}.records()
	b.ReportAllocs()
	for range b.N {
		builder := report.New()
		for _, r := range records {
			builder.Read(r)
		}
	}
}
