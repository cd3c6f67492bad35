package engine

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"pgrestore/internal/script"
	"pgrestore/toc"
)

const (
	// groupStatements and groupBytes bound what goes into one message.
	groupStatements = 50
	groupBytes      = 32 << 10
	// cheapLoad is the size of a table's data up to which work on it is cheap
	// enough to be done twice.
	cheapLoad = 256 << 10
)

// group is units whose statements go to the server in one message. It carries
// out all of them or none; if none, they are sent one by one, so that each has
// its own outcome. So the result is that of single statements at a fraction of
// the messages and commits.
//
// Groups are sent ahead of the replies to those before. Each ends with setting
// groupParameter to its number, which is undone with it, and begins with a guard
// that fails unless the parameter has the number of the one before. So after a
// group that failed none is carried out until that is seen to.
type group struct {
	units      []script.Unit
	text       []byte
	statements int
	objects    int         // statements about large objects
	last       script.Unit // with a statement; its text may be left out
	leftOut    []int       // entries with units whose statements are left out, as earlier groups have succeeded
	marks      []mark
	begun      bool // the marks of beginnings were called
	ahead      bool // it was sent while others were not answered

	answered chan struct{} // closed when its outcome is known
	failed   bool
}

// mark is what is to be told of a step that begins or ends in a group.
type mark struct {
	at   int // how many units come before
	ends bool
	tell func(ahead bool)
}

// ahead is how many groups may be sent of which the outcome is not known.
const ahead = 16

// groupParameter is a parameter of the session's that only groups use.
const groupParameter = "pgrestore.done"

// chain is the groups of a connection that were sent.
type chain struct {
	sent   []*group // those whose outcome was not seen to yet
	number int      // of the last one
	length int      // how many may be sent now, at least 1
	// broken is set by the goroutine that reads replies when a group has failed,
	// and taken back when all are answered.
	broken bool
	spare  []*group
}

// next gives an empty group.
func (c *chain) next() *group {
	n := len(c.spare)
	if n == 0 {
		return &group{}
	}
	g := c.spare[n-1]
	c.spare = c.spare[:n-1]
	*g = group{units: g.units[:0], text: g.text[:0], leftOut: g.leftOut[:0], marks: g.marks[:0]}
	return g
}

// message gives the text of a group as it is sent next.
func (c *chain) message(g *group) string {
	guard := ""
	if len(c.sent) > 0 {
		guard = fmt.Sprintf("SELECT pg_catalog.int4div(1, pg_catalog.int4(pg_catalog.texteq("+
			"pg_catalog.current_setting('%s'), '%d'))); -- fails after what has failed\n", groupParameter, c.number)
	}
	c.number++
	return fmt.Sprintf("%s%sSET %s = '%d'", guard, g.text, groupParameter, c.number)
}

// grouping reports whether statements go many to a message. Within a transaction
// nothing could be done again.
func (e *engine) grouping() bool {
	return !e.Ungrouped && e.commitsSteps()
}

// groups reports whether u may wait for others to go with.
func (r *runner) groups(u script.Unit) bool {
	if !r.e.grouping() || u.Entry < 0 || u.Alone {
		return false
	}
	switch u.Op {
	case script.Note, script.Warn, script.TableDone:
		return true
	case script.Exec:
		return r.e.cheap(u.Entry) && !(r.e.Jobs > 1 && r.e.buildsIndex(u.Entry) && r.e.serverMajor < 18)
	}
	return false
}

// buildsIndex reports whether an entry's statement notes in a table's row of the
// catalogue that it has an index. That outlives a rollback, but servers before
// 18 do not tell other sessions then: one that makes a trigger may write the
// row back as it was, and the server forgets the index.
func (e *engine) buildsIndex(entry int) bool {
	switch e.TOC.Entries[entry].Kind {
	case toc.KindIndex, toc.KindConstraint:
		return true
	}
	return false
}

// add puts a unit into the group. What user makes is user's without being given:
// since all of the group is done or nothing, that statement can be left out.
func (g *group) add(u script.Unit, kind toc.Kind, user string) {
	g.units = append(g.units, u)
	if u.Op != script.Exec {
		return
	}
	before := g.last
	g.last = u
	if u.Owner != "" && u.Owner == user && before.Entry == u.Entry && makesOwned(kind, before.Text) {
		return
	}
	text := u.Text
	if kind == toc.KindBlobMetadata && strings.HasPrefix(text, makesObject) && strings.HasPrefix(before.Text, makesObject) {
		// One statement that makes many costs the server less.
		g.text = bytes.TrimSuffix(g.text, []byte(";\n"))
		text = ", " + strings.TrimPrefix(text, "SELECT ")
	}
	g.text = append(g.text, text...)
	if u.Own {
		g.text = append(g.text, ";\n"...) // the others have theirs
	}
	g.statements++
	if kind == toc.KindBlobMetadata {
		g.objects++
	}
}

// makesObject is how a statement that makes a large object begins.
const makesObject = "SELECT pg_catalog.lo_create("

// needless reports whether u gives large objects to the user who has just made
// them, unless a group with what makes them fails.
func (r *runner) needless(u script.Unit) bool {
	return u.Owner != "" && u.Owner == r.e.user && r.e.TOC.Entries[u.Entry].Kind == toc.KindBlobMetadata && !r.undone[u.Entry]
}

// leaveOut puts a unit into the group without its statement.
func (g *group) leaveOut(u script.Unit) {
	g.units = append(g.units, u)
	if n := len(g.leftOut); n == 0 || g.leftOut[n-1] != u.Entry {
		g.leftOut = append(g.leftOut, u.Entry)
	}
}

// incomplete reports whether the group lacks a statement that is needed now.
func (r *runner) incomplete(g *group) bool {
	return slices.ContainsFunc(g.leftOut, func(entry int) bool { return r.undone[entry] })
}

// makesOwned reports whether a statement makes a new object, which belongs to who
// makes it.
func makesOwned(kind toc.Kind, definition string) bool {
	return kind == toc.KindTable && strings.HasPrefix(definition, "CREATE TABLE ")
}

// full reports whether the group should be sent. A large object is made in a
// fraction of the time that other statements take.
func (g *group) full() bool {
	return g.statements-g.objects*4/5 >= groupStatements || len(g.text) >= groupBytes
}

// sendGroup sends the group. It waits only where many are sent.
func (r *runner) sendGroup(ctx context.Context) error {
	if r.group.statements < 2 {
		return r.endGroup(ctx)
	}
	g := r.group
	r.group = r.chain.next()
	for _, m := range g.cutBeginnings() {
		m.at = 0
		r.group.marks = append(r.group.marks, m)
	}
	r.chainGroup(g)
	for len(r.chain.sent) > 0 {
		g := r.chain.sent[0]
		if len(r.chain.sent) < r.chain.length && !g.isAnswered() {
			break
		}
		if <-g.answered; g.failed {
			return r.settle(ctx)
		}
		r.chain.pass()
	}
	return r.stopped(ctx)
}

func (g *group) isAnswered() bool {
	select {
	case <-g.answered:
		return true
	default:
		return false
	}
}

// pass takes leave of the first group, which has succeeded.
func (c *chain) pass() {
	c.spare = append(c.spare, c.sent[0])
	c.sent = slices.Delete(c.sent, 0, 1)
	c.length = min(2*c.length, ahead)
}

// chainGroup sends a group after those that are sent.
func (r *runner) chainGroup(g *group) {
	g.answered, g.failed, g.ahead = make(chan struct{}), false, len(r.chain.sent) > 0
	r.later(func() {
		if !r.chain.broken && !g.begun {
			g.begun = true
			g.tell(false)
		}
	})
	r.wire.query(&request{query: r.chain.message(g), answered: func(err error) {
		if g.failed = err != nil; g.failed {
			r.chain.broken = true
		} else {
			r.groupDone(g)
		}
		close(g.answered)
	}})
	r.wire.flush()
	r.chain.sent = append(r.chain.sent, g)
}

// tell tells of the steps that begin in the group, or of those that end.
func (g *group) tell(ends bool) {
	for _, m := range g.marks {
		if m.ends == ends {
			m.tell(g.ahead)
		}
	}
}

// groupDone sees to what is no statement in a group that has succeeded. Called by
// the goroutine that reads replies.
func (r *runner) groupDone(g *group) {
	for _, u := range g.units {
		if r.fatalKnown() {
			return
		}
		switch u.Op {
		case script.Note:
			r.e.report.note(u.Text)
		case script.Warn:
			r.e.report.warn(u.Text)
		case script.TableDone:
			r.tableDone(u.Entry)
		}
	}
	g.tell(true)
}

// endGroup sends the group and sees to the outcome of all groups.
func (r *runner) endGroup(ctx context.Context) error {
	beginnings := r.group.cutBeginnings()
	if r.group.statements > 1 {
		r.chainGroup(r.group)
		r.group = r.chain.next()
	}
	if err := r.settle(ctx); err != nil {
		return err
	}
	g := r.group
	r.group = r.chain.next()
	if err := r.singly(ctx, g); err != nil {
		return err
	}
	for _, m := range beginnings {
		r.later(func() { m.tell(false) })
	}
	return nil
}

// cutBeginnings removes the marks of steps that begin behind the last unit.
func (g *group) cutBeginnings() []mark {
	n := len(g.marks)
	for n > 0 && !g.marks[n-1].ends && g.marks[n-1].at == len(g.units) {
		n--
	}
	cut := g.marks[n:]
	g.marks = g.marks[:n]
	return cut
}

// settle sees to the outcome of the groups that were sent: the units of one that
// failed are sent one by one, those after it once more.
func (r *runner) settle(ctx context.Context) error {
	c := &r.chain
	var again []*group
	for len(c.sent)+len(again) > 0 {
		for len(again) > 0 && len(c.sent) < c.length && !r.incomplete(again[0]) {
			r.chainGroup(again[0])
			again = again[1:]
		}
		var failed *group
		if len(c.sent) > 0 {
			<-c.sent[0].answered
			if err := r.stopped(ctx); err != nil {
				return err
			}
			if !c.sent[0].failed {
				c.pass()
				continue
			}
			r.wire.drain() // those after it have failed for that
			failed = c.sent[0]
			again = append(slices.Clone(c.sent[1:]), again...)
			c.sent, c.length, c.broken = nil, 1, false
		} else {
			failed, again = again[0], again[1:]
		}
		if err := r.singly(ctx, failed); err != nil {
			return err
		}
		// If the connection was lost, nothing may be sent after that as if it were not.
		r.wire.drain()
		if err := r.stopped(ctx); err != nil {
			return err
		}
	}
	return nil
}

// singly sends the units of a group one by one.
func (r *runner) singly(ctx context.Context, g *group) error {
	marks := g.marks
	tell := func(before int) {
		for ; len(marks) > 0 && marks[0].at <= before; marks = marks[1:] {
			if marks[0].ends || !g.begun {
				told := marks[0].tell
				r.later(func() { told(false) })
			}
		}
	}
	for n, u := range g.units {
		tell(n)
		if u.Op == script.Exec {
			if r.needless(u) {
				continue
			}
			r.undone[u.Entry] = true
		}
		if err := r.unit(ctx, u); err != nil {
			return err
		}
	}
	tell(len(g.units))
	return nil
}

// cheap reports whether an entry's statements take little work, so that a
// failure beside them may undo them.
func (e *engine) cheap(entry int) bool {
	t := &e.TOC.Entries[entry]
	switch {
	case t.Kind == toc.KindDatabase, t.Kind == toc.KindDatabaseProperties, t.Kind == toc.KindSubscription,
		t.Kind == toc.KindMaterializedViewData, t.HasData:
		return false
	case t.Section == toc.SectionPostData:
		return e.estimates().Load(entry) <= cheapLoad
	}
	return true
}
