package engine

import (
	"fmt"
	"strings"
	"testing"
)

// B-trees that are built while all connections have work get little memory;
// one that is alone, other methods, and those of a user who chose do not.
func TestSortMemory(t *testing.T) {
	for _, tt := range []struct {
		name    string
		indexes int
		method  string
		set     string
		small   int // how often the memory is made small
	}{
		{"side by side", 8, "btree", "", 2},
		{"alone", 1, "btree", "", 0},
		{"other methods", 8, "gin", "", 0},
		{"the user's memory", 8, "btree", "maintenance_work_mem", 0},
		{"the user's parallel workers", 8, "btree", "Max_Parallel_Maintenance_Workers", 0},
		{"another setting of the user's", 8, "btree", "work_mem", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var a archive
			table := a.table("t")
			data := a.copyInto("t", strings.NewReader(rows(1)), table)
			for n := range tt.indexes {
				a.add("INDEX", fmt.Sprint("i", n), fmt.Sprintf("CREATE INDEX i%d ON s.t USING %s (a);\n", n, tt.method), table, data)
			}
			a.size = 1 << 20
			s := newFakeServer(t)
			job := a.job(s)
			job.Jobs = 2
			if tt.set != "" {
				job.Settings = []Setting{{Name: tt.set, Value: "1"}}
			}
			if o := run(t, job); o.err != nil || o.result.Errors != 0 {
				t.Fatalf("%v, %d errors", o.err, o.result.Errors)
			}
			got := 0
			for _, q := range s.log {
				if q == "SET maintenance_work_mem = '8MB'" {
					got++
				}
			}
			// A connection may come too late for any of them.
			if got > tt.small || tt.small > 0 && got == 0 {
				t.Errorf("want it on %d connections, got %d: %q", tt.small, got, s.log)
			}
		})
	}
}
