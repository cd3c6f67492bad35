package terminal

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgrestore/event"
)

// after gives the view of a tracker that has read events, one a second, at the
// time of the last.
func after(events ...event.Event) view {
	var t tracker
	var at time.Duration
	for i, e := range events {
		at = time.Duration(i) * time.Second
		t.read(event.Record{At: at, Event: e})
	}
	return t.view(at)
}

func TestStepsAreCounted(t *testing.T) {
	plan := event.Plan{Steps: 5}
	index, constraint := event.StepID{ID: 1, Part: "index"}, event.StepID{ID: 1, Part: "constraint"}
	other := event.StepID{ID: 2}
	for _, tt := range []struct {
		name   string
		events []event.Event
		want   int
	}{
		{"finished", []event.Event{event.StepFinished{StepID: other}}, 1},
		{"failed", []event.Event{event.StepFailed{StepID: other}}, 1},
		{"left out", []event.Event{event.StepSkipped{StepID: other}}, 0},
		{"to be tried again", []event.Event{event.StepRetried{StepID: other}}, 0},
		{"first half", []event.Event{event.StepFinished{StepID: index}}, 0},
		{"both halves", []event.Event{event.StepFinished{StepID: index}, event.StepFinished{StepID: constraint}}, 1},
		{"the second half left out", []event.Event{event.StepSkipped{StepID: constraint}, event.StepFinished{StepID: event.StepID{ID: 1}}}, 1},
		{"a setting once more", []event.Event{event.StepFinished{StepID: constraint}, event.StepFailed{StepID: event.StepID{ID: 1}}}, 1},
		{"the end knows", []event.Event{event.End{Done: 4}}, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := after(append([]event.Event{plan}, tt.events...)...).stepsDone; tt.want != got {
				t.Errorf("want %d, got %d", tt.want, got)
			}
		})
	}
}

func TestErrorsAreCounted(t *testing.T) {
	if want, got := 2, after(event.Failure{}, event.Message{Level: event.Error}, event.Failure{}).errors; want != got {
		t.Errorf("want %d, got %d", want, got)
	}
	if want, got := 3, after(event.Failure{}, event.Sample{Errors: 3}).errors; want != got {
		t.Errorf("as the sample says: want %d, got %d", want, got)
	}
}

// What steps that are over have loaded is known before the next sample.
func TestLoaded(t *testing.T) {
	first, second := event.StepID{ID: 1}, event.StepID{ID: 2}
	begun := []event.Event{
		event.StepStarted{StepID: first, Class: event.Data, Stored: 100}, event.StepStarted{StepID: second, Connection: 1, Class: event.Data, Stored: 50},
	}
	for _, tt := range []struct {
		name                string
		events              []event.Event
		stored, bytes, rows int64
	}{
		{"nothing", nil, 0, 0, 0},
		{"finished", []event.Event{event.StepFinished{StepID: first, Bytes: 300, Rows: 3}}, 100, 300, 3},
		{"a late sample", []event.Event{event.StepFinished{StepID: first, Bytes: 300, Rows: 3}, event.Sample{Stored: 90, Bytes: 270}}, 100, 300, 3},
		{"a newer sample", []event.Event{event.StepFinished{StepID: first, Bytes: 300, Rows: 3}, event.Sample{Stored: 120, Bytes: 350, Rows: 4}}, 120, 350, 4},
		{"failed", []event.Event{event.StepFailed{StepID: second, Connection: 1, Bytes: 150, Rows: 1}}, 0, 150, 1},
		{"undone", []event.Event{event.StepRetried{StepID: first}}, 0, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := after(append(append([]event.Event(nil), begun...), tt.events...)...)
			if tt.stored != v.stored || tt.bytes != v.bytes || tt.rows != v.rows {
				t.Errorf("want %d, %d and %d, got %d, %d and %d", tt.stored, tt.bytes, tt.rows, v.stored, v.bytes, v.rows)
			}
		})
	}
}

// The size of some data may not be known, so all that is known may be done.
func TestNotDoneBeforeTheEnd(t *testing.T) {
	id := event.StepID{ID: 1}
	events := []event.Event{
		event.Plan{Steps: 2, Stored: 1, Weight: 1, Classes: []event.ClassTotal{{Class: event.Data, Steps: 2, Weight: 1}}},
		event.StepStarted{StepID: id, Class: event.Data, Weight: 1}, event.StepFinished{StepID: id},
	}
	if want, got := "99 % done", plainLine(after(events...)); !strings.Contains(got, want) {
		t.Errorf("want %q, got %q", want, got)
	}
	if want, got := "100 % done", plainLine(after(append(events, event.End{Outcome: event.Complete})...)); !strings.Contains(got, want) {
		t.Errorf("at the end: want %q, got %q", want, got)
	}
}

func TestSpeed(t *testing.T) {
	read := func(stored ...int64) (events []event.Event) {
		events = []event.Event{event.Plan{Steps: 1, Stored: 1000}}
		for _, s := range stored {
			events = append(events, event.Sample{Stored: s})
		}
		return events
	}
	for _, tt := range []struct {
		name   string
		events []event.Event
		want   float64
	}{
		{"one sample", read(10), 0},
		{"steady", read(10, 20, 30), 10},
		{"of the last five seconds", read(0, 100, 200, 210, 220, 230, 240, 250), 10},
		{"all is read", read(10, 500, 1000), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := after(tt.events...).speed; tt.want != got {
				t.Errorf("want %v, got %v", tt.want, got)
			}
		})
	}
}

func TestConnections(t *testing.T) {
	orders := event.StepStarted{StepID: event.StepID{ID: 1}, Kind: "TABLE DATA", Name: "orders"}
	small := func(id int) event.StepStarted {
		return event.StepStarted{StepID: event.StepID{ID: id}, Connection: 1, Kind: "COMMENT", Name: "x"}
	}
	begun := []event.Event{event.Connected{Connection: 0, PID: 7}, event.Connected{Connection: 1, PID: 8}, orders, small(2), small(3)}
	for _, tt := range []struct {
		name   string
		events []event.Event
		want   []string
	}{
		{"work", nil, []string{
			"connection 1 (server process 7): data orders, for 2 s",
			"connection 2 (server process 8): comment x and 1 more, for 1 s",
		}},
		{"one is finished", []event.Event{event.StepFinished{StepID: event.StepID{ID: 2}, Connection: 1}}, []string{
			"connection 1 (server process 7): data orders, for 3 s",
			"connection 2 (server process 8): comment x, for 2 s",
		}},
		{"sample", []event.Event{event.Sample{Activities: []event.Activity{
			{StepID: orders.StepID, Fraction: 0.25, Bytes: 2048, Waits: "LWLock: WALWrite"},
			{StepID: event.StepID{ID: 9}, Connection: 1, Fraction: 0.5},
		}}}, []string{
			"connection 1 (server process 7): data orders, 25 %, 2.0 kB, for 3 s, waits for LWLock: WALWrite",
			"connection 2 (server process 8): comment x and 1 more, for 2 s",
		}},
		{
			"helps", []event.Event{
				event.StepFinished{StepID: event.StepID{ID: 2}, Connection: 1}, event.StepFailed{StepID: event.StepID{ID: 3}, Connection: 1},
				event.LaneStarted{StepID: orders.StepID, Connection: 1}, event.Sample{},
			}, []string{
				"connection 1 (server process 7): data orders, for 6 s",
				"connection 2 (server process 8): helps with data orders, for 1 s",
			},
		},
		{
			"has helped", []event.Event{
				event.StepFinished{StepID: event.StepID{ID: 2}, Connection: 1}, event.StepRetried{StepID: event.StepID{ID: 3}, Connection: 1},
				event.LaneStarted{StepID: orders.StepID, Connection: 1}, event.LaneFinished{StepID: orders.StepID, Connection: 1},
			}, []string{
				"connection 1 (server process 7): data orders, for 6 s",
				"connection 2 (server process 8): waiting",
			},
		},
		{"gone", []event.Event{event.Disconnected{Connection: 0, Reason: "lost"}}, []string{
			"connection 2 (server process 8): comment x and 1 more, for 2 s",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := snapshot(after(append(append([]event.Event(nil), begun...), tt.events...)...))[1:]
			for i := range max(len(tt.want), len(got)) {
				if i >= len(tt.want) || i >= len(got) || tt.want[i] != got[i] {
					t.Fatalf("want %q, got %q", tt.want, got)
				}
			}
		})
	}
}

// What a server process waits for in one sample only is no hindrance.
func TestHindrance(t *testing.T) {
	orders := event.StepStarted{StepID: event.StepID{ID: 1}, Kind: "TABLE DATA", Name: "orders"}
	waits := func(what string, blockers ...int) event.Event {
		return event.Sample{Activities: []event.Activity{{StepID: orders.StepID, Waits: what, Blockers: blockers}}}
	}
	for _, tt := range []struct {
		name   string
		events []event.Event
		want   string
	}{
		{"once", []event.Event{waits(event.WaitsForData)}, ""},
		{"twice", []event.Event{waits(event.WaitsForData), waits(event.WaitsForData)}, "data"},
		{"for another session", []event.Event{waits("Lock: tuple", 9), waits("Lock: tuple", 9)}, "a lock of server process 9"},
		{"for one of ours", []event.Event{waits("Lock: tuple", 7), waits("Lock: tuple", 7)}, ""},
		{"for both", []event.Event{waits("Lock: tuple", 7, 9), waits("Lock: tuple", 7, 9)}, "a lock of server process 9"},
		{"no more", []event.Event{waits("Lock: tuple"), waits("Lock: tuple"), waits("")}, ""},
		{"something else", []event.Event{waits(event.WaitsForData), waits("Lock: tuple")}, ""},
		{"over", []event.Event{waits("Lock: tuple"), waits("Lock: tuple"), event.StepFinished{StepID: orders.StepID}}, ""},
		{"what is no step", []event.Event{
			event.StepFinished{StepID: orders.StepID},
			event.Sample{Activities: []event.Activity{{Waits: "Lock: relation"}}}, event.Sample{Activities: []event.Activity{{Waits: "Lock: relation"}}},
		}, "a lock (relation)"},
		{"another of a message", []event.Event{
			event.StepStarted{StepID: event.StepID{ID: 2}},
			event.Sample{Activities: []event.Activity{{StepID: event.StepID{ID: 2}, Waits: "Lock: relation"}}},
			event.Sample{Activities: []event.Activity{{StepID: event.StepID{ID: 2}, Waits: "Lock: relation"}}},
		}, "a lock (relation)"},
		{"the next step", []event.Event{
			waits("Lock: tuple"), waits("Lock: tuple"), event.StepFinished{StepID: orders.StepID}, event.StepStarted{StepID: event.StepID{ID: 2}},
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := after(append([]event.Event{event.Connected{PID: 7}, orders}, tt.events...)...)
			if got := v.conns[0].hindrance(); tt.want != got {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

// How long it takes is not known while all wait for locks.
func TestStuck(t *testing.T) {
	steps := []event.Event{
		event.Plan{Steps: 2, Stored: 100, Classes: []event.ClassTotal{{Class: event.Data, Steps: 2, Weight: 100}}},
		event.Connected{PID: 7}, event.Connected{Connection: 1, PID: 8},
		event.StepStarted{StepID: event.StepID{ID: 1}, Class: event.Data, Weight: 50},
		event.StepStarted{StepID: event.StepID{ID: 2}, Connection: 1, Class: event.Data, Weight: 50},
	}
	for _, tt := range []struct {
		name  string
		waits [2]string
		want  bool // how long is known
	}{
		{"none", [2]string{}, true},
		{"one", [2]string{"Lock: relation"}, true},
		{"both", [2]string{"Lock: relation", "Lock: tuple"}, false},
		{"one for data", [2]string{"Lock: relation", event.WaitsForData}, true},
		{"to make a table longer", [2]string{"Lock: extend", "Lock: extend"}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sample := event.Sample{}
			for n, wait := range tt.waits {
				sample.Activities = append(sample.Activities, event.Activity{
					StepID: event.StepID{ID: n + 1}, Connection: n, Fraction: 0.5, Waits: wait,
				})
			}
			v := after(append(slices.Clone(steps), sample, sample)...)
			if got := v.left >= 0; tt.want != got {
				t.Errorf("want it known: %t, got %s", tt.want, v.left)
			}
		})
	}
}
