package terminal

import (
	"strings"
	"testing"
	"time"

	"pgrestore/event"
)

func TestPlainLine(t *testing.T) {
	change := func(f func(*view)) view {
		v := half()
		f(&v)
		return v
	}
	for _, tt := range []struct {
		name string
		view view
		want string
	}{
		{
			name: "in the middle", view: half(),
			want: "progress: 37 % done, 1.2 GB of 3.4 GB, 45 MB/s, 312 of 840 steps, about 4 min left, 2 errors",
		},
		{
			name: "nothing read now", view: change(func(v *view) { v.speed, v.errors = 0, 1 }),
			want: "progress: 37 % done, 1.2 GB of 3.4 GB, 312 of 840 steps, about 4 min left, 1 error",
		},
		{
			name: "sizes are not known", view: change(func(v *view) { v.done, v.left, v.storedTotal = -1, -1, 0 }),
			want: "progress: 1.2 GB, 1,234,567 rows, 45 MB/s, 312 of 840 steps, 2 errors",
		},
		{
			name: "complete",
			view: change(func(v *view) {
				v.done, v.left, v.stored, v.stepsDone, v.speed, v.errors = 1, -1, v.storedTotal, 840, 0, 0
				v.outcome = event.Complete
			}),
			want: "progress: 100 % done, 3.4 GB of 3.4 GB, 840 of 840 steps, in 1 min 23 s, 0 errors",
		},
		{
			name: "cancelled", view: change(func(v *view) { v.left, v.speed, v.outcome = -1, 0, event.Cancelled }),
			want: "progress: 37 % done, 1.2 GB of 3.4 GB, 312 of 840 steps, in 1 min 23 s, 2 errors, cancelled",
		},
		{name: "no plan yet", view: view{done: -1, left: -1}, want: "progress: preparing, 0 errors"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := plainLine(tt.view); tt.want != got {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

func TestPlainWait(t *testing.T) {
	for _, tt := range []struct {
		name     string
		wait     string
		blockers []int
		passing  bool // in one sample only
		finished bool
		want     string
	}{
		{name: "a lock", wait: "Lock: relation", want: ", connection 2 waits for a lock (relation)"},
		{name: "a session's", wait: "Lock: relation", blockers: []int{7}, want: ", connection 2 waits for a lock of server process 7"},
		{name: "a prepared transaction's", wait: "Lock: tuple", blockers: []int{0}, want: ", connection 2 waits for a lock of a prepared transaction"},
		{name: "several", wait: "Lock: tuple", blockers: []int{7, 8}, want: ", connection 2 waits for a lock of server process 7, server process 8"},
		{name: "many", wait: "Lock: tuple", blockers: []int{7, 8, 9, 10},
			want: ", connection 2 waits for a lock of server process 7, server process 8, server process 9 ..."},
		{name: "data", wait: event.WaitsForData, want: ", connection 2 waits for data"},
		{name: "for a moment", wait: "Lock: relation", passing: true},
		{name: "over", wait: "Lock: relation", finished: true},
		{name: "each other", wait: "Lock: extend"},
		{name: "the disk", wait: "IO: DataFileRead"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := half()
			v.conns[1].Waits, v.conns[1].Blockers, v.conns[1].lasting = tt.wait, tt.blockers, !tt.passing
			if tt.finished {
				v.outcome = event.Complete
			}
			if got := plainWait(v); tt.want != got {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

func TestSnapshotLines(t *testing.T) {
	v := half()
	v.conns[2].step.Name = "\x1b[2J"
	want := `progress: 37 % done, 1.2 GB of 3.4 GB, 45 MB/s, 312 of 840 steps, about 4 min left, 2 errors, after 1 min 23 s, stage main
connection 1 (server process 4711): data public.orders, 45 %, 120 MB, for 1 min 23 s
connection 2 (server process 4712): index public.items_x, building index: loading tuples in tree, 63 %, for 12 s, waits for IO: DataFileRead
connection 3 (server process 4713): comment \x1b[2J and 49 more, for 0 s
connection 4 (server process 4714): helps with data public.orders, for 1 s
connection 5 (server process 4715): waiting`
	if got := strings.Join(snapshot(v), "\n"); want != got {
		t.Errorf("want\n%s\ngot\n%s", want, got)
	}
}

func TestJSONLine(t *testing.T) {
	v := half()
	v.conns = v.conns[1:3]
	v.conns = append(v.conns, half().conns[4])
	v.conns[0].step.StepID = event.StepID{ID: 7, Part: "index"}
	v.conns[1].step.Name = "\x1b<ü>\xff"
	want := `{"type":"progress","at":83,"stage":"main","fraction":0.375,"left":240,"stored":1288490188,"stored_total":3650722201,` +
		`"speed":47185920,"bytes":4294967296,"rows":1234567,"done":312,"steps":840,"errors":2,"connections":[` +
		`{"connection":1,"pid":4712,"id":7,"part":"index","kind":"INDEX","schema":"public","name":"items_x","class":"index","more":0,` +
		`"helps":false,"seconds":12,"bytes":0,"fraction":0.63,"phase":"building index: loading tuples in tree","waits":"IO: DataFileRead"},` +
		`{"connection":2,"pid":4713,"id":0,"kind":"COMMENT","schema":"public","name":"\u001b<ü>\ufffd","class":"","more":49,` +
		`"helps":false,"seconds":0,"bytes":0,"fraction":null}]}` + "\n"
	if got := string(appendJSON(nil, v)); want != got {
		t.Errorf("want\n%s\ngot\n%s", want, got)
	}
	unknown := view{done: -1, left: -1, outcome: event.Stopped, elapsed: 1500 * time.Millisecond}
	want = `{"type":"progress","at":1.5,"stage":"","fraction":null,"left":null,"stored":0,"stored_total":null,"speed":0,"bytes":0,` +
		`"rows":0,"done":0,"steps":0,"errors":0,"outcome":"stopped","connections":[]}` + "\n"
	if got := string(appendJSON(nil, unknown)); want != got {
		t.Errorf("want\n%s\ngot\n%s", want, got)
	}
}
