package report

import (
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pgrestore/event"
	"pgrestore/internal/verdict"
)

// script makes events from lines such as "12 start 5 on 1 after 4", with times
// in seconds. What ends is done unless it fails.
func script(t *testing.T, lines ...string) *Builder {
	t.Helper()
	b := New()
	for _, line := range lines {
		f := strings.Fields(line)
		var at float64
		if _, err := fmt.Sscan(f[0], &at); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		b.Read(event.Record{At: time.Duration(at * float64(time.Second)), Event: parse(t, line, f[1:])})
	}
	return b
}

func parse(t *testing.T, line string, f []string) event.Event {
	t.Helper()
	word := map[string]string{}
	for i := 0; i+1 < len(f); i++ {
		word[f[i]] = f[i+1]
	}
	number := func(name string) (n int) {
		if word[name] != "" {
			if _, err := fmt.Sscan(word[name], &n); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
		}
		return n
	}
	if f[0] == "stage" {
		return event.Stage{Name: f[1]}
	}
	id, on := event.StepID{ID: number(f[0]), Part: word["part"]}, number("on")
	switch f[0] {
	case "connected":
		return event.Connected{Connection: number("connected"), PID: 1, Server: "18.1"}
	case "gone":
		return event.Disconnected{Connection: number("gone"), Reason: word["because"]}
	case "start":
		class := event.Class(word["class"])
		if class == "" {
			class = event.Data
		}
		return event.StepStarted{
			StepID: id, Connection: on, Kind: "TABLE DATA", Schema: "s", Name: fmt.Sprint("t", id.ID), Table: word["table"], Class: class,
			After: event.StepID{ID: number("after")}, Weight: int64(number("weight")),
		}
	case "done":
		return event.StepFinished{StepID: id, Connection: on, Rows: int64(number("rows")), Bytes: int64(number("bytes"))}
	case "fail":
		return event.StepFailed{StepID: id, Connection: on, Errors: 1}
	case "retry":
		return event.StepRetried{StepID: id, Connection: on, Attempt: 1}
	case "lane":
		return event.LaneStarted{StepID: id, Connection: on}
	case "unlane":
		return event.LaneFinished{StepID: id, Connection: on, Rows: int64(number("rows")), Bytes: int64(number("bytes"))}
	case "sample":
		return event.Sample{Bytes: int64(number("sample")), Activities: []event.Activity{
			{StepID: event.StepID{ID: number("of")}, Connection: on, Bytes: int64(number("sample") - 1000), Waits: word["waits"]},
		}}
	case "end":
		return event.End{Outcome: event.Complete}
	default:
		t.Fatalf("%q means nothing", line)
		return nil
	}
}

// describe writes a path in short: the IDs of its first steps, when, and why.
func describe(t *timeline, path []link) (lines []string) {
	for _, l := range path {
		s := t.steps[t.bars[l.bar].first]
		lines = append(lines, fmt.Sprintf("%d %g-%g why %d gap %g", s.key.id, l.from.Seconds(), l.to.Seconds(), l.why, l.gap.Seconds()))
	}
	return lines
}

func TestCriticalPath(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{name: "nothing", lines: []string{"0 connected 0", "1 end"}},
		{
			name:  "one step",
			lines: []string{"2 start 1 on 0", "5 done 1 on 0", "6 end"},
			want:  []string{"1 2-5 why 0 gap 2"},
		},
		{
			name: "need before connection",
			lines: []string{
				"0 start 1 on 0", "0 start 2 on 1", "3 done 2 on 1", "4 done 1 on 0", "4.5 start 3 on 1 after 1", "7 done 3 on 1",
			},
			want: []string{"1 0-4 why 0 gap 0", "3 4.5-7 why 1 gap 0.5"},
		},
		{
			name: "connection before need",
			lines: []string{
				"0 start 1 on 0", "0 start 2 on 1", "1 done 1 on 0", "4 done 2 on 1", "4 start 3 on 1 after 1", "7 done 3 on 1",
			},
			want: []string{"2 0-4 why 0 gap 0", "3 4-7 why 2 gap 0"},
		},
		{
			name: "stage",
			lines: []string{
				"0 start 1 on 0", "0 start 2 on 1", "1 done 1 on 0", "4 done 2 on 1", "4 stage last", "4.5 start 3 on 0", "5 done 3 on 0",
			},
			want: []string{"2 0-4 why 0 gap 0", "3 4.5-5 why 3 gap 0.5"},
		},
		{
			name: "something else",
			lines: []string{
				"0 start 1 on 0", "0 start 2 on 1", "1 done 1 on 0", "4 done 2 on 1", "4.5 start 3 on 0", "5 done 3 on 0",
			},
			want: []string{"2 0-4 why 0 gap 0", "3 4.5-5 why 4 gap 0.5"},
		},
		{
			name:  "connection",
			lines: []string{"0 start 1 on 0", "4 done 1 on 0", "5 connected 1", "5.5 start 2 on 1", "6 done 2 on 1"},
			want:  []string{"1 0-4 why 0 gap 0", "2 5.5-6 why 6 gap 1.5"},
		},
		{
			name: "lane",
			lines: []string{
				"0 start 1 on 0", "0 start 9 on 1", "1 done 9 on 1", "1.5 lane 1 on 1", "6 done 1 on 0", "7 unlane 1 on 1",
			},
			want: []string{"1 0-1.5 why 0 gap 0", "1 1.5-7 why 5 gap 0"},
		},
		{
			name: "steps sent together",
			lines: []string{
				"0 start 1 on 0", "0 start 2 on 0", "0.5 done 1 on 0", "0.5 done 2 on 0", "0.6 start 3 on 0 after 2", "1 done 3 on 0",
			},
			want: []string{"1 0-0.5 why 0 gap 0", "3 0.6-1 why 1 gap 0.1"},
		},
		{
			name: "the attempt that was over",
			lines: []string{
				"0 start 1 on 0", "1 retry 1 on 0", "1 start 2 on 1", "2 done 2 on 1", "2 start 1 on 0 after 2", "3 done 1 on 0",
				"3 start 5 on 1 after 1", "4 done 5 on 1",
			},
			want: []string{"1 0-1 why 0 gap 0", "2 1-2 why 4 gap 0", "1 2-3 why 1 gap 0", "5 3-4 why 1 gap 0"},
		},
		{
			name:  "still running at the end",
			lines: []string{"0 start 1 on 0", "1 done 1 on 0", "1 start 2 on 0", "9 sample 5"},
			want:  []string{"1 0-1 why 0 gap 0", "2 1-9 why 2 gap 0"},
		},
		{
			name:  "no time at all",
			lines: []string{"0 start 1 on 0", "0 done 1 on 0", "0 start 2 on 1 after 1", "0 done 2 on 1", "0 start 3 on 0 after 2", "0 done 3 on 0"},
			want:  []string{"1 0-0 why 0 gap 0", "2 0-0 why 1 gap 0"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tl := script(t, tt.lines...).timeline()
			if diff := cmp.Diff(tt.want, describe(tl, tl.criticalPath())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestShortPath(t *testing.T) {
	var path []link
	at := time.Duration(0)
	for i, length := range []time.Duration{1, 2, 50, 1, 1, 1, 40, 3} {
		path = append(path, link{bar: i, from: at, to: at + length, why: connectionBusy})
		at += length
	}
	var got []string
	for _, r := range shortPath(path, 2) {
		got = append(got, fmt.Sprintf("%d merged %d took %d", r.bar, r.merged, r.took))
	}
	want := []string{"0 merged 2 took 3", "2 merged 0 took 50", "3 merged 3 took 3", "6 merged 0 took 40", "7 merged 1 took 3"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestIdle(t *testing.T) {
	tl := script(t,
		"1 connected 0", "1 connected 1", "1 start 1 on 0", "2 start 2 on 1", "4 done 2 on 1 rows 7 bytes 100", "9 done 1 on 0",
		"9 start 3 on 1", "10 done 3 on 1", "11 gone 0", "12 gone 1 because lost", "12 end",
	).timeline()
	var got []string
	for _, u := range tl.use() {
		meanwhile := int32(0)
		if u.meanwhile >= 0 {
			meanwhile = tl.steps[tl.bars[u.meanwhile].first].key.id
		}
		got = append(got, fmt.Sprintf("%d: %d steps, busy %v, idle %v, longest %v-%v while %d, %d rows, %s",
			u.number, u.steps, u.busy, u.idle, u.gapFrom, u.gapTo, meanwhile, u.rows, u.reason))
	}
	want := []string{
		"0: 1 steps, busy 8s, idle 2s, longest 9s-11s while 3, 0 rows, ",
		"1: 2 steps, busy 3s, idle 8s, longest 4s-9s while 1, 7 rows, lost",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestDataOfLanes holds that what lanes have loaded counts once: the step tells
// of all of it.
func TestDataOfLanes(t *testing.T) {
	tl := script(t,
		"0 start 1 on 0", "1 lane 1 on 1", "4 unlane 1 on 1 rows 30 bytes 300", "5 done 1 on 0 rows 100 bytes 1000",
		"6 start 2 on 0", "7 sample 1500 of 2 on 0",
	).timeline()
	for i, want := range []loaded{{70, 1200}, {30, 300}} {
		if u := tl.use()[i]; u.rows != want.rows || u.bytes != want.bytes {
			t.Errorf("connection %d: want %v, got %d and %d", i, want, u.rows, u.bytes)
		}
	}
}

func TestTables(t *testing.T) {
	b := script(t,
		"0 start 1 on 0 table s.a", "0 lane 1 on 1", "4 unlane 1 on 1 rows 10 bytes 40", "5 done 1 on 0 rows 30 bytes 100",
		"5 start 2 on 0 table s.a class index", "5 start 3 on 1 table s.b class constraint", "5 start 4 on 1 table s.b class object",
		"8 done 2 on 0", "9 done 3 on 1", "9 done 4 on 1",
	)
	tl := b.timeline()
	var got []string
	for _, c := range tl.tables() {
		got = append(got, fmt.Sprintf("%s data %v in %v index %v constraint %v other %v, %d rows, %d bytes, %d lanes",
			b.text(c.table), c.data, c.loading, c.index, c.constraint, c.others, c.rows, c.bytes, c.lanes))
	}
	want := []string{
		"s.a data 9s in 5s index 3s constraint 0s other 0s, 30 rows, 100 bytes, 1 lanes",
		"s.b data 0s in 0s index 0s constraint 2s other 2s, 0 rows, 0 bytes, 0 lanes",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestAnsweredTogether holds that steps which ended sooner after the one before
// than a server can do them are one bar with it, and share its time.
func TestAnsweredTogether(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{
			name: "burst",
			lines: []string{
				"0 start 1 on 0 weight 3000", "0.012 done 1 on 0", "0.012001 start 2 on 0 weight 1000", "0.012003 done 2 on 0",
				"0.0121 start 3 on 0 weight 4000", "0.0122 done 3 on 0",
			},
			want: []string{"0s to 12.003ms: 1 9.00225ms, 2 3.00075ms", "12.1ms to 12.2ms: 3 100µs"},
		},
		{
			name: "more than there was time for",
			lines: []string{
				"0 start 1 on 0", "0.012 done 1 on 0", "0.012 start 2 on 0", "0.01206 done 2 on 0", "0.01206 start 3 on 0", "0.012061 done 3 on 0",
			},
			want: []string{"0s to 12.061ms: 1 4.020333ms, 2 4.020333ms, 3 4.020333ms"},
		},
		{
			name: "told late that it began",
			lines: []string{
				"0 start 1 on 0", "0.012 done 1 on 0", "0.014 start 2 on 0", "0.01401 done 2 on 0", "0.5 start 3 on 0", "0.5 done 3 on 0",
			},
			want: []string{"0s to 12ms: 1 12ms", "12ms to 14.01ms: 2 2.01ms", "500ms to 500ms: 3 0s"},
		},
		{
			name:  "other connection",
			lines: []string{"0 start 1 on 0", "0.012 done 1 on 0", "0.012 start 2 on 1", "0.012001 done 2 on 1"},
			want:  []string{"0s to 12ms: 1 12ms", "12ms to 12.001ms: 2 1µs"},
		},
		{
			name:  "large step",
			lines: []string{"0 start 1 on 0 weight 1000000", "0.012 done 1 on 0", "0.012 start 2 on 0", "0.012001 done 2 on 0"},
			want:  []string{"0s to 12ms: 1 12ms", "12ms to 12.001ms: 2 1µs"},
		},
		{
			name: "messages",
			lines: []string{
				"0 start 1 on 0", "0 start 2 on 0", "0.012 done 1 on 0", "0.0121 done 2 on 0",
				"0.0121 start 3 on 0", "0.0121 start 4 on 0", "0.01211 done 3 on 0", "0.0122 done 4 on 0",
			},
			want: []string{"0s to 12.2ms: 1 3.05ms, 2 3.05ms, 3 3.05ms, 4 3.05ms"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tl := script(t, tt.lines...).timeline()
			var got []string
			for n, b := range tl.bars {
				var steps []string
				for i := b.first; i < b.first+b.n; i++ {
					steps = append(steps, fmt.Sprint(tl.steps[i].key.id, " ", tl.share(i)))
					if int(tl.steps[i].bar) != n {
						t.Errorf("want step %d in bar %d, got %d", tl.steps[i].key.id, n, tl.steps[i].bar)
					}
				}
				got = append(got, fmt.Sprintf("%v to %v: %s", b.start, b.end, strings.Join(steps, ", ")))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStages(t *testing.T) {
	tl := script(t, "0 stage start", "1 stage main", "1 start 1 on 0", "2 start 2 on 1", "3 done 2 on 1", "5 done 1 on 0", "5 stage last", "6 end").timeline()
	want := []stageCost{
		{name: "start", took: time.Second},
		{name: "main", start: time.Second, took: 4 * time.Second, steps: 2, busy: 5 * time.Second, connections: 2},
		{name: "last", start: 5 * time.Second, took: time.Second},
	}
	if diff := cmp.Diff(want, tl.byStage(), cmp.AllowUnexported(stageCost{})); diff != "" {
		t.Error(diff)
	}
}

// A step counts once, whatever parts and attempts it takes.
func TestStepsCountOnce(t *testing.T) {
	b := script(t,
		"0 stage main", "0 start 1 on 0 part index class index", "2 done 1 on 0 part index", "2 start 1 on 1 part constraint class constraint",
		"3 done 1 on 1 part constraint", "3 start 2 on 0 class object", "4 retry 2 on 0", "4 start 2 on 0 class object", "5 fail 2 on 0", "6 end",
	)
	tl := b.timeline()
	var got []string
	for _, c := range tl.byClass(event.Plan{}) {
		got = append(got, fmt.Sprintf("%s: %d, %d failed", c.class, c.steps, c.failed))
	}
	got = append(got, fmt.Sprintf("stage: %d", tl.byStage()[0].steps))
	for _, u := range tl.use() {
		got = append(got, fmt.Sprintf("connection: %d", u.steps))
	}
	want := []string{"object: 1, 1 failed", "index: 0, 0 failed", "constraint: 1, 0 failed", "stage: 2", "connection: 1", "connection: 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestThroughputKeepsAmounts holds that nothing is lost where amounts are
// spread.
func TestThroughputKeepsAmounts(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lines []string
		bytes float64
	}{
		{name: "by steps", lines: []string{"0.1 start 1 on 0", "7.3 done 1 on 0 rows 500 bytes 900", "9 end"}, bytes: 900},
		{
			name: "by samples", bytes: 800,
			lines: []string{
				"0 start 1 on 0", "1 sample 100", "2 sample 300", "3 sample 300", "4 sample 650", "5.5 sample 800", "7 done 1 on 0 rows 500 bytes 900", "7.7 end",
			},
		},
		{name: "in no time", lines: []string{"7 start 1 on 0", "7 done 1 on 0 rows 500 bytes 900", "7 end"}, bytes: 900},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := script(t, tt.lines...)
			rates := b.throughput(b.timeline())
			bytes, rows := 0.0, 0.0
			for i := range rates.bytes {
				bytes += rates.bytes[i] * rates.part.Seconds()
				rows += rates.rows[i] * rates.part.Seconds()
			}
			if math.Abs(bytes-tt.bytes) > 1e-6 || math.Abs(rows-500) > 1e-6 {
				t.Errorf("want %v bytes and 500 rows, got %v and %v", tt.bytes, bytes, rows)
			}
		})
	}
}

// TestNoDataAfterLoading holds that what a sample tells late counts while data
// was loaded.
func TestNoDataAfterLoading(t *testing.T) {
	b := script(t,
		"0 sample 0", "1.5 start 1 on 0", "1.9 sample 100", "2.9 sample 300", "3.9 sample 650", "4 done 1 on 0 bytes 900", "4.9 sample 900",
		"5 start 2 on 0 class index", "9 done 2 on 0", "10 end",
	)
	rates := b.throughput(b.timeline())
	for i, bytes := range rates.bytes {
		at := rates.part * time.Duration(i)
		if loads := at >= 1500*time.Millisecond && at < 4*time.Second; loads != (bytes > 0) {
			t.Errorf("at %v: got %v bytes a second", at, bytes)
		}
	}
}

func TestWaits(t *testing.T) {
	b := script(t, "0 start 1 on 0", "1 sample 1 of 1 waits IO", "2 sample 2 of 1 waits IO", "2.5 sample 2 of 1 waits Lock", "3 sample 2 of 9 waits IO")
	want := []wait{{"IO", 2 * time.Second}, {"Lock", 500 * time.Millisecond}}
	if diff := cmp.Diff(want, b.top(b.waits), cmp.AllowUnexported(wait{})); diff != "" {
		t.Error(diff)
	}
}

// TestOddEvents holds that no file, whatever it tells, breaks the page.
func TestOddEvents(t *testing.T) {
	b := script(t,
		"5 done 1 on 0", "4 start 2 on 0", "3 start 2 on 0", "2 lane 8 on 3", "2 start 3 on -7", "2 start 4 on 99999999", "2 gone 5",
		"2 fail 77 on 2", "9 gone 0", "9 done 2 on 0", "9 start 6 on 0 after 6", "9 stage x",
	)
	tl := b.timeline()
	if want := 5 * time.Second; tl.bars[0].start != want {
		t.Errorf("want time to go forward only: %v, got %v", want, tl.bars[0].start)
	}
	for _, bar := range tl.bars {
		if bar.end < bar.start {
			t.Errorf("want a bar that ends after it begins, got %v", bar)
		}
	}
	b.Read(event.Record{At: math.MaxInt64, Event: event.Stage{Name: "y"}})
	if err := b.WriteHTML(io.Discard, verdict.Verdict{}); err != nil {
		t.Error(err)
	}
	if err := b.WriteTrace(io.Discard); err != nil {
		t.Error(err)
	}
}
