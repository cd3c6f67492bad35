package engine

import (
	"math"
	"testing"
	"time"

	"pgrestore/event"
)

func TestSampleAfter(t *testing.T) {
	for _, tt := range []struct{ elapsed, want time.Duration }{
		{0, 200 * time.Millisecond},
		{4 * time.Second, 200 * time.Millisecond},
		{10 * time.Second, 500 * time.Millisecond},
		{20 * time.Second, time.Second},
		{time.Hour, time.Second},
	} {
		if got := sampleAfter(tt.elapsed, time.Second); tt.want != got {
			t.Errorf("after %s: want %s, got %s", tt.elapsed, tt.want, got)
		}
	}
}

// stored is a consumer that has read so many bytes.
type stored int64

func (n stored) Consumed() int64 { return int64(n) }

// TestFractionOfData has the server say how much of what was sent it has read: 1000
// bytes were, which came to 500 in the COPY's format.
func TestFractionOfData(t *testing.T) {
	for _, tt := range []struct {
		name  string
		work  work
		waits string
		want  float64
	}{
		{name: "all", work: work{taken: 500}, want: 0.5},
		{name: "a fifth", work: work{taken: 100, waits: event.WaitsForData, starved: true}, waits: event.WaitsForData, want: 0.1},
		{name: "nothing", work: work{taken: 0}, want: 0},
		{name: "more than that", work: work{taken: 600}, want: 0.5},
		{name: "not known", work: work{taken: -1}, want: 0.5},
		{name: "not asked", want: 0.5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := &request{}
			q.wired.Store(500)
			q.sent.Store(1000)
			w := &wire{}
			w.answering.Store(q)
			e := &engine{}
			r := &runner{e: e, sending: &activity{stored: 200, fed: true}}
			r.sending.bytes.Store(1000)
			var data consumer = stored(100)
			r.sending.data.Store(&data)
			r.current.Store(r.sending)
			e.runners.add(watched{r, 7, w})
			seen := map[uint32]work{7: tt.work}
			if tt.name == "not asked" {
				seen = nil
			}
			a := e.takeSample(seen).Activities[0]
			if math.Abs(tt.want-a.Fraction) > 1e-9 || tt.waits != a.Waits {
				t.Errorf("want %v, %q, got %v, %q", tt.want, tt.waits, a.Fraction, a.Waits)
			}
		})
	}
}
