package engine

import (
	"testing"
	"time"
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
