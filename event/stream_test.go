package event_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pgrestore/event"
)

func TestRecorder(t *testing.T) {
	var r event.Recorder
	if got := r.Messages(); len(got) != 0 {
		t.Errorf("want nothing, got %v", got)
	}
	want := []event.Message{{Level: event.Info, Text: "one"}, {Level: event.Error, Text: "two\nlines\n"}, {Level: event.Hint}}
	for _, m := range want {
		r.Emit(m)
	}
	got := r.Messages()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got[0].Text = "changed" // it is the caller's
	if diff := cmp.Diff(want, r.Messages()); diff != "" {
		t.Error(diff)
	}
}

func TestRecorderConcurrently(t *testing.T) {
	var r event.Recorder
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range 100 {
				r.Emit(event.Message{Text: fmt.Sprint(n, " ", i)})
				_ = r.Messages()
			}
		})
	}
	all.Wait()
	next := map[int]int{}
	for _, m := range r.Messages() {
		var n, i int
		if _, err := fmt.Sscan(m.Text, &n, &i); err != nil || next[n] != i {
			t.Fatalf("want message %d of %d, got %q", next[n], n, m.Text)
		}
		next[n]++
	}
	if want, got := 800, len(r.Messages()); want != got {
		t.Errorf("want %d messages, got %d", want, got)
	}
}
