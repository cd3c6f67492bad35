package verdict_test

import (
	"fmt"
	"testing"
	"time"

	"pgrestore/event"
	"pgrestore/internal/verdict"
)

// BenchmarkReader is the cost of one step of a restore of many small entries,
// fifty at a time.
func BenchmarkReader(b *testing.B) {
	r := verdict.NewReader(verdict.Options{})
	for n := 0; b.Loop(); n++ {
		at := time.Duration(n) * time.Microsecond
		if n%100 < 50 {
			r.Read(event.Record{At: at, Event: event.StepStarted{StepID: event.StepID{ID: n}, Kind: "TABLE", Schema: "public", Name: "a", Class: event.Object}})
		} else {
			r.Read(event.Record{At: at, Event: event.StepFinished{StepID: event.StepID{ID: n - 50}}})
		}
	}
}

// BenchmarkFailures is the cost of an error, each in an entry of its own.
func BenchmarkFailures(b *testing.B) {
	r := verdict.NewReader(verdict.Options{})
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		name := fmt.Sprintf("table_%d", n)
		r.Read(event.Record{Event: failure(n+2, "TABLE", name, "42704", `type "public.geometry" does not exist`,
			"CREATE TABLE public."+name+" (a integer, b text, c public.geometry);", 1)})
	}
}
