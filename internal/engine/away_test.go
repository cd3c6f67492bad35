package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/event"
)

// Wherever a connection is lost that cannot be opened again for longer than is
// tried: the others do what is left, and the first connection, if it is that,
// is back for what only it does. A restore that ends is alone.
func TestGoingOnWithFewer(t *testing.T) {
	noAnswer := errors.New("no answer")
	for _, size := range []int64{0, 64 << 20} {
		job := func(s *modelServer) Job {
			a := market()
			a.size = size
			return a.reviving(s.fakeServer, 3)
		}
		calm := newModelServer(t)
		run(t, job(calm))
		want := calm.state()
		for name, moment := range map[string]when{"before": before, "amid": amid, "in commit": inCommit} {
			t.Run(fmt.Sprint(name, ", ", size>>20, " MB"), func(t *testing.T) {
				fewer, over := 0, false
				for n := 1; !over; n++ {
					synctest.Test(t, func(t *testing.T) {
						s := newModelServer(t)
						var mu sync.Mutex
						var lost string
						var since time.Time
						cut := cutAt(n, moment, &lost)
						s.cut = func(c *fakeConn, query string) when {
							mu.Lock()
							defer mu.Unlock()
							what := cut(c, query)
							if what != never {
								since = time.Now()
							}
							return what
						}
						job := job(s)
						job.Connect = func(ctx context.Context, database string) (*pgconn.PgConn, error) {
							mu.Lock()
							away := !since.IsZero() && time.Since(since) < 40*time.Second
							mu.Unlock()
							if away {
								return nil, noAnswer
							}
							return s.connect(ctx, database)
						}
						o := runInBubble(t, job)
						if over = lost == ""; over {
							return
						}
						checkSteps(t, lost, job.Sink.(*event.Recorder).Records(), o.err == nil)
						var end *AwayError
						switch {
						case errors.As(o.err, &end):
							return
						case o.err != nil || o.result.Errors != 0:
							t.Errorf("lost at %.80q: %v, %d errors, %q", lost, o.err, o.result.Errors, o.only("E"))
						}
						if slices.Contains(o.only("W"), "W going on with 2 of 3 connections: no answer") {
							fewer++
						} else {
							t.Errorf("lost at %.80q: want to be told of fewer connections, got %q", lost, o.only("W"))
						}
						if diff := cmp.Diff(want, s.state()); diff != "" {
							t.Errorf("lost at %.80q: %s", lost, diff)
						}
						for pid, going := range s.alive {
							if going {
								t.Errorf("lost at %.80q: server process %d goes on", lost, pid)
							}
						}
					})
				}
				if fewer < 3 { // how often is up to chance
					t.Errorf("went on with fewer connections only %d times", fewer)
				}
			})
		}
	}
}

// Where no connection is left, the restore says what was restored.
func TestNoConnectionLeft(t *testing.T) {
	for _, jobs := range []int{1, 3} {
		synctest.Test(t, func(t *testing.T) {
			s := newModelServer(t)
			var mu sync.Mutex
			gone := false
			s.cut = func(_ *fakeConn, query string) when {
				mu.Lock()
				defer mu.Unlock()
				gone = gone || strings.HasPrefix(query, "CREATE INDEX i1")
				if gone {
					return before
				}
				return never
			}
			job := shop(5).reviving(s.fakeServer, jobs)
			job.Ungrouped = true
			job.Connect = func(ctx context.Context, database string) (*pgconn.PgConn, error) {
				mu.Lock()
				defer mu.Unlock()
				if gone {
					return nil, errors.New("no answer\n")
				}
				return s.connect(ctx, database)
			}
			o := runInBubble(t, job)
			var end *AwayError
			if !errors.As(o.err, &end) {
				t.Fatalf("%d jobs: want an AwayError, got %v", jobs, o.err)
			}
			if want := "could not connect to the server again: no answer"; want != end.Error() {
				t.Errorf("%d jobs: want %q, got %q", jobs, want, end)
			}
			// Which of the connections found out last, and at what, is up to chance.
			want := fmt.Sprintf("The connection was lost when %d of %d items had been restored, others in part: ", o.result.Done, o.result.Steps)
			if o.result.Done < 5 || !strings.HasPrefix(end.Detail(), want) || !strings.Contains(end.Lost, "connection") {
				t.Errorf("%d jobs: want %q, got %q", jobs, want, end.Detail())
			}
		})
	}
}
