package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A restore that is cancelled asks the server to stop, ends with the cause, and
// leaves nothing running behind; all without delay. synctest fails a test that
// leaves a goroutine, and its clock shows any waiting.
func TestCancel(t *testing.T) {
	stall := func(c *fakeConn) bool {
		<-c.server.ended
		return c.drop()
	}
	for _, tt := range []struct {
		name string
		at   string // the query at which the server stalls
		step string // that it is of
		how  func(c *fakeConn) bool
	}{
		{"before a reply", "CREATE TABLE s.t3", "TABLE t3", stall},
		{"in the middle of a reply", "CREATE TABLE s.t3", "TABLE t3", func(c *fakeConn) bool {
			c.notice("wait for it")
			_ = c.Flush()
			return stall(c)
		}},
		{"before COPY", "COPY s.t3", "TABLE DATA t3", stall},
		{"in the middle of COPY", "COPY s.t3", "TABLE DATA t3", func(c *fakeConn) bool {
			_ = c.beginCopy()
			_, _ = c.Receive()
			return stall(c)
		}},
		{"after COPY", "COPY s.t3", "TABLE DATA t3", func(c *fakeConn) bool {
			if _, _, err := c.takeCopy(); err != nil {
				return c.drop()
			}
			return stall(c)
		}},
		{"in an index", "CREATE INDEX i3", "INDEX i3", stall},
		{"when a connection is made ready", "SET synchronous_commit", "", stall},
		{"in large objects", "SELECT pg_catalog.lo_open", "BLOBS BLOBS", stall},
	} {
		for _, jobs := range []int{1, 3} {
			for _, strict := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, %d jobs, -e %t", tt.name, jobs, strict), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						a := shop(8)
						a.give(12, strings.NewReader(rows(200_000))) // of t3
						a.blobs(object{16400, strings.Repeat("x", 100_000)})
						s := newFakeServer(t)
						ctx, cancel := context.WithCancelCause(t.Context())
						interrupted := errors.New("interrupted")
						s.react = func(c *fakeConn, query string) bool {
							if !strings.HasPrefix(query, tt.at) {
								return false
							}
							go func() {
								// All else has come to rest by then.
								time.Sleep(time.Second)
								cancel(interrupted)
							}()
							return tt.how(c)
						}
						job := a.job(s)
						job.Jobs, job.ExitOnError = jobs, strict
						begun := time.Now()
						o := runContext(t, ctx, job)
						if !errors.Is(o.err, interrupted) {
							t.Errorf("want %v, got %v", interrupted, o.err)
						}
						if took := time.Since(begun); took > time.Second {
							t.Errorf("took %v after it was cancelled", took-time.Second)
						}
						if o.result.Errors != 0 || len(o.only("E")) > 0 {
							t.Errorf("errors were told: %d, %q", o.result.Errors, o.only("E"))
						}
						finished := finishedSteps(job)
						if len(finished) != o.result.Done {
							t.Errorf("want %d steps told of as finished, got %q", o.result.Done, finished)
						}
						for _, step := range finished {
							if step == tt.step {
								t.Errorf("%s is told of as finished", step)
							}
						}
						synctest.Wait()
						if left := running("internal/engine.(*"); len(left) > 0 {
							t.Errorf("left behind: %q", left)
						}
						if tt.at != "SET synchronous_commit" && s.cancels == 0 {
							t.Error("the server was not asked to stop")
						}
					})
				})
			}
		}
	}
}

// A statement that is cancelled is the last: a server that can reply to it goes
// on with what else it was sent.
func TestCancelEndsTheConnectionFirst(t *testing.T) {
	for _, jobs := range []int{1, 3} {
		t.Run(fmt.Sprint(jobs, " jobs"), func(t *testing.T) {
			a := shop(8)
			s := newFakeServer(t)
			ctx, cancel := context.WithCancel(t.Context())
			asked, answered := make(chan struct{}), make(chan struct{})
			running := make(chan int, 1)
			s.cancelled = func(id int) {
				own := <-running
				running <- own
				if id == own {
					close(asked)
					<-answered
				}
			}
			var reply error
			s.react = func(c *fakeConn, query string) bool {
				if !strings.HasPrefix(query, "CREATE INDEX i0") {
					return false
				}
				running <- c.id
				cancel()
				<-asked
				c.fail("ERROR", "57014", "canceling statement due to user request")
				reply = c.ready()
				close(answered)
				return c.drop()
			}
			job := a.job(s)
			job.Jobs = jobs
			o := runContext(t, ctx, job)
			if !errors.Is(o.err, context.Canceled) {
				t.Errorf("want %v, got %v", context.Canceled, o.err)
			}
			if reply == nil {
				t.Error("the server could still reply")
			}
		})
	}
}

// A server that does not take cancel requests holds nobody up for long.
func TestCancelOfStalledServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := shop(2)
		s := newFakeServer(t)
		s.stallCancels = true
		ctx, cancel := context.WithCancel(t.Context())
		s.react = func(c *fakeConn, query string) bool {
			if !strings.HasPrefix(query, "COPY") {
				return false
			}
			cancel()
			<-c.server.ended
			return c.drop()
		}
		begun := time.Now()
		o := runContext(t, ctx, a.job(s))
		if !errors.Is(o.err, context.Canceled) {
			t.Errorf("want %v, got %v", context.Canceled, o.err)
		}
		if took := time.Since(begun); took > cancelTimeout {
			t.Errorf("took %v", took)
		}
		synctest.Wait()
		if left := running("internal/engine.(*runner)"); len(left) > 0 {
			t.Errorf("left behind: %q", left)
		}
	})
}

// Nothing is left behind by restores that end otherwise.
func TestNothingLeftBehind(t *testing.T) {
	for _, tt := range []struct {
		name string
		at   string
		how  func(c *fakeConn) bool
	}{
		{"success", "nothing at all", nil},
		{"errors", "C", func(c *fakeConn) bool { return c.refuse("1", "no") }},
		{"lost", "COPY s.t3", (*fakeConn).drop},
		{"lost at the start", "SHOW", (*fakeConn).drop},
	} {
		for _, jobs := range []int{1, 3} {
			for _, strict := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, %d jobs, -e %t", tt.name, jobs, strict), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						a := shop(8)
						a.give(12, strings.NewReader(rows(200_000)))
						a.size = 64 << 20
						s := newFakeServer(t)
						s.react = func(c *fakeConn, query string) bool { return strings.HasPrefix(query, tt.at) && tt.how(c) }
						job := a.job(s)
						job.Jobs, job.ExitOnError = jobs, strict
						begun := time.Now()
						runContext(t, t.Context(), job)
						if took := time.Since(begun); took > 0 {
							t.Errorf("took %v", took)
						}
						synctest.Wait()
						if left := running("internal/engine.(*"); len(left) > 0 {
							t.Errorf("left behind: %q", left)
						}
					})
				})
			}
		}
	}
}

// running gives the goroutines of this package's code, but for those of the
// server.
func running(function string) (found []string) {
	buf := make([]byte, 1<<20)
	buf = buf[:runtime.Stack(buf, true)]
	for _, stack := range strings.Split(string(buf), "\n\n") {
		if strings.Contains(stack, function) && !strings.Contains(stack, "(*fakeServer)") &&
			!strings.Contains(stack, "testing.tRunner") {
			found = append(found, stack)
		}
	}
	return found
}
