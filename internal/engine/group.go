package engine

import (
	"context"
	"strings"

	"pgrestore/internal/script"
	"pgrestore/toc"
)

const (
	// groupStatements and groupBytes bound what goes into one message.
	groupStatements = 50
	groupBytes      = 32 << 10
	// cheapLoad is the stored size of a table's data up to which work on it is
	// cheap enough to be done twice.
	cheapLoad = 256 << 10
)

// group is units whose statements go to the server in one message. It carries
// out all of them or none; if none, they are sent one by one, so that each has
// its own outcome. So the result is that of single statements at a fraction of
// the messages and commits.
type group struct {
	units      []script.Unit
	text       []byte
	statements int
	objects    int         // statements about large objects
	last       script.Unit // with a statement; its text may be left out
	// What is to be told of steps that begin and end in the group.
	starts, ends []func()
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
		return r.e.cheap(u.Entry) && !(r.e.Jobs > 1 && r.e.buildsIndex(u.Entry) && serverMajor(r.wire.conn) < 18)
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
	g.text = append(g.text, u.Text...)
	if u.Own {
		g.text = append(g.text, ";\n"...) // the others have theirs
	}
	g.statements++
	if kind == toc.KindBlobMetadata {
		g.objects++
	}
}

// needless reports whether u gives large objects that were just made, in groups
// that succeeded, to the user who made them.
func (r *runner) needless(u script.Unit) bool {
	return u.Owner != "" && u.Owner == r.e.user && r.e.TOC.Entries[u.Entry].Kind == toc.KindBlobMetadata &&
		!r.undone[u.Entry] && !(r.group.statements > 0 && r.group.last.Entry == u.Entry)
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

// endGroup sends the group and sees to its outcome.
func (r *runner) endGroup(ctx context.Context) error {
	g := r.group
	if len(g.units) == 0 {
		return nil
	}
	r.group = group{units: r.spare[:0], text: g.text[:0]}
	r.spare = g.units
	for _, f := range g.starts {
		r.later(f)
	}
	failed := false
	if g.statements > 1 {
		r.wire.query(&request{query: string(g.text), answered: func(err error) { failed = err != nil }})
		r.wire.drain()
		if err := r.stopped(ctx); err != nil {
			return err
		}
	}
	defer func() {
		for _, f := range g.ends {
			r.later(f)
		}
	}()
	for _, u := range g.units {
		if u.Op == script.Exec && g.statements > 1 && !failed {
			continue // done
		}
		if u.Op == script.Exec {
			r.undone[u.Entry] = true
		}
		if err := r.unit(ctx, u); err != nil {
			return err
		}
	}
	if failed {
		// If the connection was lost, nothing may be sent after that as if it were not.
		r.wire.drain()
		return r.stopped(ctx)
	}
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
