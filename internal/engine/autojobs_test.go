package engine

import (
	"strings"
	"testing"
)

func TestAutoJobs(t *testing.T) {
	for _, tt := range []struct {
		name         string
		here, server int
		size         int64
		jobs         int
		why          string
	}{
		{"as many as the server has cores", 8, 6, 1 << 30, 6, "the server has 6 cores"},
		{"fewer cores here", 2, 64, 1 << 30, 8, "the server has 64 cores, and 2 here keep so many of them busy"},
		{"a server that does not tell", 2, 0, 1 << 30, 4, "the server does not tell how many cores it has; there are 2 here"},
		{"the same, and many cores here", 16, 0, 1 << 30, 16, "the server does not tell how many cores it has; there are 16 here"},
		{"little work", 8, 8, 2<<20 + 1, 3, "there is too little work for more"},
		{"next to nothing to do", 8, 8, 1, 1, "there is too little work for more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var a archive
			a.copyInto("t", strings.NewReader(rows(1)), a.table("t"))
			a.size = tt.size
			job := a.job(nil)
			job.Cores = tt.here
			jobs, why := newEngine(job).autoJobs(tt.server)
			if tt.jobs != jobs || tt.why != why {
				t.Errorf("want %d, %q, got %d, %q", tt.jobs, tt.why, jobs, why)
			}
		})
	}
}

func TestCountCores(t *testing.T) {
	for list, want := range map[string]int{"0": 1, "0-3": 4, "0-3,5,7-8": 7, "": 0, "x": 0, "3-1": 0, "1-": 0} {
		if got := countCores(list); want != got {
			t.Errorf("%q: want %d, got %d", list, want, got)
		}
	}
}
