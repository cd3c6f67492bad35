package terminal

import (
	"fmt"
	"strings"

	"pgrestore/event"
)

// hindrance names what a connection has waited for in two samples, if the user may be
// able to change that: data that does not come, or a lock that another session has.
func (c connView) hindrance() string {
	if c.lasting && isHindrance(c.Waits) {
		return c.waits()
	}
	return ""
}

func isHindrance(wait string) bool { return wait == event.WaitsForData || isLock(wait) }

// isLock reports whether a wait is for a lock that sessions keep. Those that write to one
// table wait for each other to make it longer, which is over at once.
func isLock(wait string) bool { return strings.HasPrefix(wait, "Lock: ") && wait != "Lock: extend" }

// maxBlockers is how many processes are named that have a lock.
const maxBlockers = 3

// waits names what the server process waits for, and who has that.
func (c connView) waits() string {
	lock, isLock := strings.CutPrefix(c.Waits, "Lock: ")
	switch {
	case c.Waits == event.WaitsForData:
		return "data"
	case !isLock:
		return visible(c.Waits)
	case len(c.Blockers) == 0:
		return "a lock (" + visible(lock) + ")"
	}
	var who []string
	for _, pid := range c.Blockers[:min(len(c.Blockers), maxBlockers)] {
		if pid == 0 { // pg_blocking_pids
			who = append(who, "a prepared transaction")
		} else {
			who = append(who, fmt.Sprintf("server process %d", pid))
		}
	}
	what := "a lock of " + strings.Join(who, ", ")
	if len(c.Blockers) > maxBlockers {
		what += " ..."
	}
	return what
}

// stuck reports whether all that is done waits for locks, for as long as others like.
func (v view) stuck() bool {
	all := false
	for _, c := range v.conns {
		if locked := c.lasting && isLock(c.Waits); c.busy || locked {
			if !locked {
				return false
			}
			all = true
		}
	}
	return all
}
