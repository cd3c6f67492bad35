package script

import (
	"slices"
	"strings"

	"pgrestore/internal/plan"
	"pgrestore/toc"
)

// A course is how a setting changes in a serial restore. A tablespace or access
// method that the server does not have is told of where a serial restore
// changes to it, and leaves in force what was set before. So what an entry
// needs depends on the whole order before it, and not on what its connection
// happened to restore.
type course struct {
	// reached is, by entry, the history up to it, twice its place in histories;
	// one more where a serial restore changes the setting for that entry.
	reached []int32
	// histories have each value that was set, in the order of the last times.
	// After a value that no server refuses they begin anew.
	histories [][]string
	safe      string
}

// Values that no server refuses.
const (
	noTablespace = ""
	heap         = "heap"
)

// Follow makes the session, and those that Parallel makes of it, tell of
// refused tablespaces and access methods where a serial restore of steps does,
// and leave in force what that does, whatever part of the steps they restore.
func (s *Session) Follow(steps []plan.Step) {
	tablespaces := &course{reached: make([]int32, len(s.toc.Entries)), safe: noTablespace}
	methods := &course{reached: make([]int32, len(s.toc.Entries)), safe: heap}
	players := [...]*player{newPlayer(tablespaces), newPlayer(methods)}
	for _, step := range steps {
		e := &s.toc.Entries[step.Entry]
		if s.hasTablespace(e) {
			players[0].reach(step.Entry, e.Tablespace)
		}
		if s.hasTableAM(e) {
			players[1].reach(step.Entry, e.TableAM)
		}
		if step.Parts&toc.Definition != 0 && isDatabase(e) {
			players[0].now, players[1].now = 0, 0 // on a new connection
		}
	}
	s.tablespace.course, s.tableAM.course = tablespaces, methods
}

// player makes a course.
type player struct {
	*course
	known map[string]int32 // histories
	now   int32
}

func newPlayer(c *course) *player {
	c.histories = append(c.histories, nil)
	return &player{course: c, known: map[string]int32{"": 0}}
}

func (p *player) reach(entry int, value string) {
	now := p.histories[p.now]
	if len(now) > 0 && now[len(now)-1] == value {
		p.reached[entry] = 2 * p.now
		return
	}
	next := p.after(now, value)
	key := strings.Join(next, "\x00") + "\x00"
	at, known := p.known[key]
	if !known {
		at = int32(len(p.histories))
		p.histories = append(p.histories, next)
		p.known[key] = at
	}
	p.now = at
	p.reached[entry] = 2*at + 1
}

// after is the history when value is set.
func (c *course) after(history []string, value string) []string {
	if value == c.safe {
		return []string{value}
	}
	next := make([]string, 0, len(history)+1)
	for _, v := range history {
		if v != value {
			next = append(next, v)
		}
	}
	return append(next, value)
}

// follower is where a connection is on a course. Without one, the connection
// restores all, in order.
type follower struct {
	setting
	course *course
	at     int32 // history
}

// move gives what is to be set for an entry that needs value: what stands
// before it, if that is not in force, and value itself, which is to be told of
// if it is refused. reset asks for the connection's first value before all.
func (f *follower) move(entry int, value string) (reset bool, before []string, set, told bool) {
	if f.course == nil {
		set = !f.is(value)
		f.set(value)
		return false, nil, set, true
	}
	to, told := f.course.reached[entry]/2, f.course.reached[entry]%2 == 1
	from, fresh := f.at, !f.known
	f.set(value)
	f.at = to
	want := f.course.histories[to]
	switch {
	case !fresh && from == to:
		return false, nil, told, told
	case slices.Equal(f.course.after(f.course.histories[from], value), want):
		return false, nil, true, told
	}
	return !fresh && want[0] != f.course.safe, want[:len(want)-1], true, told
}

// forget is for a new connection.
func (f *follower) forget() { f.setting, f.at = setting{}, 0 }
