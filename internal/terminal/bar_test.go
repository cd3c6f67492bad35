package terminal

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgrestore/event"
)

// half is a restore that is in the middle.
func half() view {
	return view{
		elapsed: 83 * time.Second, begun: true, done: 0.375, left: 4 * time.Minute,
		stored: 1288490188, storedTotal: 3650722201, bytes: 4 << 30, rows: 1234567, speed: 45 << 20,
		stepsDone: 312, steps: 840, errors: 2, stage: "main",
		conns: []connView{
			{
				number: 0, pid: 4711, busy: true, elapsed: 83 * time.Second,
				step:     event.StepStarted{Kind: "TABLE DATA", Schema: "public", Name: "orders", Class: event.Data},
				Activity: event.Activity{Bytes: 120 << 20, Fraction: 0.456},
			},
			{
				number: 1, pid: 4712, busy: true, elapsed: 12 * time.Second,
				step: event.StepStarted{Kind: "INDEX", Schema: "public", Name: "items_x", Class: event.Index},
				Activity: event.Activity{
					Fraction: 0.63, Phase: "building index: loading tuples in tree", Waits: "IO: DataFileRead",
				},
			},
			{
				number: 2, pid: 4713, busy: true, more: 49,
				step:     event.StepStarted{Kind: "COMMENT", Schema: "public", Name: "TABLE t1"},
				Activity: event.Activity{Fraction: -1},
			},
			{
				number: 3, pid: 4714, busy: true, helps: true, elapsed: time.Second,
				step:     event.StepStarted{Kind: "TABLE DATA", Schema: "public", Name: "orders"},
				Activity: event.Activity{Fraction: -1},
			},
			{number: 4, pid: 4715},
		},
	}
}

func draw(t *testing.T, v view, l look) string {
	t.Helper()
	e := newEmulator(t, l.columns, l.rows)
	NewScreen(e).draw(bar(v, l))
	text, cursor, _ := strings.Cut(e.text(), "cursor")
	if want := " 0,0"; want != cursor {
		t.Errorf("want the cursor at%s, got%s", want, cursor)
	}
	return text
}

func TestBar(t *testing.T) {
	hindered := half()
	hindered.conns = hindered.conns[:3]
	for i, wait := range []string{event.WaitsForData, "Lock: relation", "Lock: transactionid"} {
		c := &hindered.conns[i]
		c.Waits, c.lasting, c.Phase = wait, true, ""
	}
	hindered.conns[1].Blockers = []int{99}
	hindered.conns[2].busy = false
	unsized := half()
	unsized.done, unsized.left, unsized.storedTotal = -1, -1, 0
	unsized.conns = unsized.conns[4:]
	early := half()
	early.left = -1
	early.conns = nil
	for _, tt := range []struct {
		name          string
		view          view
		columns, rows int
		utf8          bool
		want          string
	}{
		{
			name: "wide", view: half(), columns: 100, rows: 24, utf8: true,
			want: `
 37 % ━━━━━━━━━━━━━━━━━━━━━━────────────────────────────────────── about 4 min left
      2 errors, 1.2 GB of 3.4 GB, 45 MB/s, 312 of 840 steps, 1:23
  1 data public.orders                                                         120 MB  45 %    1:23
  2 index public.items_x: building index: loading tuples in tree                       63 %    0:12
  3 comment TABLE t1 and 49 more                                                               0:00
  4 helps with data public.orders                                                              0:01
  5 waiting
`,
		},
		{
			name: "half as wide", view: half(), columns: 50, rows: 24,
			want: `
 37 % #########----------------- about 4 min left
      2 errors, 1.2 GB of 3.4 GB, 45 MB/s
  1 data public.orders               45 %    1:23
  2 index public.items_x             63 %    0:12
  3 comment TABLE t1 and 49 more             0:00
  4 helps with data public.orders            0:01
  5 waiting
`,
		},
		{
			name: "narrow", view: half(), columns: 20, rows: 24, utf8: true,
			want: `
 37 % 4 min left
2 errors, 1.2 GB
1 orders       45 %
2 items_x      63 %
3 TABLE t1
4 orders
5 waiting
`,
		},
		{
			name: "low", view: half(), columns: 60, rows: 8,
			want: `
 37 % #############----------------------- about 4 min left
      2 errors, 1.2 GB of 3.4 GB, 45 MB/s, 312 of 840 steps
  1 data public.orders                         45 %    1:23
    and 4 more connections
`,
		},
		{
			name: "hindered", view: hindered, columns: 90, rows: 24,
			want: `
 37 % ######################-------------------------------------- about 4 min left
      2 errors, 1.2 GB of 3.4 GB, 45 MB/s, 312 of 840 steps, 1:23
  1 data public.orders, waits for data                               120 MB  45 %    1:23
  2 index public.items_x, waits for a lock of server process 99              63 %    0:12
  3 waits for a lock (transactionid)
`,
		},
		{
			name: "sizes are not known", view: unsized, columns: 80, rows: 24,
			want: `
312 of 840 steps                                                           1:23
      2 errors, 1.2 GB, 1,234,567 rows, 45 MB/s
  5 waiting
`,
		},
		{
			name: "too early", view: early, columns: 80, rows: 24,
			want: `
 37 % ######################--------------------------------------
      2 errors, 1.2 GB of 3.4 GB, 45 MB/s, 312 of 840 steps, 1:23
`,
		},
		{
			name: "no plan yet", view: view{elapsed: 3 * time.Second, done: -1, left: -1}, columns: 80, rows: 24,
			want: `
preparing 0:03

`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := draw(t, tt.view, look{columns: tt.columns, rows: tt.rows, utf8: tt.utf8})
			if want := tt.want[1:]; want != got {
				t.Errorf("want\n%s\ngot\n%s", want, got)
			}
		})
	}
}

// TestBarNeverWraps draws in terminals of all sizes, with names that are hard
// to measure; the emulator fails the test for what does not fit.
func TestBarNeverWraps(t *testing.T) {
	v := half()
	for i, name := range []string{
		"日本語の長い名前のテーブル", "a\x1b[2J\nb", strings.Repeat("e\u0301", 60), "\xff\xfe", "👩‍👩‍👧🇩🇪", "\u202egpj",
	} {
		v.conns = append(v.conns, connView{
			number: 5 + i, busy: true, step: event.StepStarted{Kind: "TABLE DATA", Schema: "スキーマ", Name: name},
			Activity: event.Activity{Fraction: 1, Bytes: 1 << 40, Phase: "phase\x07"},
		})
	}
	for columns := 1; columns <= 130; columns++ {
		for _, rows := range []int{1, 2, 5, 7, 8, 30} {
			for _, utf8 := range []bool{true, false} {
				e := newEmulator(t, columns, rows)
				NewScreen(e).draw(bar(v, look{columns: columns, rows: rows, utf8: utf8, color: true}))
				if len(e.lines) > rows {
					t.Errorf("%d columns, %d rows: want no more lines than that, got %d", columns, rows, len(e.lines))
				}
				if t.Failed() {
					t.Fatalf("%d columns, %d rows:\n%s", columns, rows, e.text())
				}
			}
		}
	}
}

func TestManyConnections(t *testing.T) {
	v := half()
	v.conns = nil
	for n := range 64 {
		v.conns = append(v.conns, connView{number: n, busy: n%8 == 3, step: event.StepStarted{Kind: "INDEX", Name: fmt.Sprint(n)}})
	}
	got := draw(t, v, look{columns: 40, rows: 16})
	if want := 12; strings.Count(got, "\n") != want {
		t.Errorf("want %d lines, got\n%s", want, got)
	}
	for n := 3; n < 64; n += 8 {
		if want := fmt.Sprintf("index %d ", n); !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
	if want := "and 55 more connections"; !strings.Contains(got, want) {
		t.Errorf("want %q in\n%s", want, got)
	}
}

func TestColor(t *testing.T) {
	line := string(bar(half(), look{columns: 40, rows: 24, color: true})[0])
	if want := "\x1b[1m 37 %\x1b[0m\x1b[32m ######\x1b[0m\x1b[2m----------\x1b[0m about 4 min left"; want != line {
		t.Errorf("want %q, got %q", want, line)
	}
	for _, line := range bar(half(), look{columns: 40, rows: 24}) {
		if strings.Contains(string(line), "\x1b") {
			t.Errorf("want no color in %q", line)
		}
	}
}
