package verdict

import (
	"maps"
	"slices"
	"time"

	"pgrestore/event"
)

// group is a cause in the making.
type group struct {
	cause    Cause
	own      finding // of the first error
	reasons  []string
	subjects map[string]int // where in cause.Subjects; no more than maxKnown
	sharers  roleSet        // beside missing ones, may exist or not
	outside  bool           // some entry needs what is not part of the restore
	leftOut  int            // tables whose data was not loaded because of it
	last     int            // the ID of the last of cause.Objects

	following    map[followerKey]int
	lastFollower int // the ID of the last of cause.Consequences.Objects
}

// followerKey tells consequences apart that count in different ways.
type followerKey struct {
	class Class
	harm  Harm
}

// group gives the group that an error belongs to.
func (c *causes) group(found finding) *group {
	key := groupKey{found.class, found.harm, found.apart}
	if classNamed(found.class).apart {
		key.apart = found.subject
	}
	if len(found.sharers) > 0 {
		key.apart = sharedRoles
	}
	if c.byKey[key] == nil && len(c.groups) >= MaxCauses {
		key.apart = ""
	}
	g := c.byKey[key]
	if g == nil {
		g = &group{
			cause: Cause{Class: found.class, Harm: found.harm},
			own:   found, subjects: map[string]int{}, sharers: newRoleSet(), following: map[followerKey]int{},
		}
		c.byKey[key] = g
		c.groups = append(c.groups, g)
	}
	return g
}

func (g *group) add(f event.Failure, found finding, at time.Duration) {
	c := &g.cause
	c.Count++
	if c.Count == 1 {
		c.First = example(f, at)
	}
	if f.SQLState != "" && len(c.SQLStates) < MaxSQLStates && !slices.Contains(c.SQLStates, f.SQLState) {
		c.SQLStates = append(c.SQLStates, f.SQLState)
	}
	g.note(found.subject, 1)
	if found.reason != "" && !slices.Contains(g.reasons, found.reason) {
		g.reasons = append(g.reasons, found.reason)
	}
	for _, role := range found.sharers {
		g.sharers.add(role)
	}
	if f.ID != 0 && (f.ID != g.last || c.Count == 1) {
		g.last = f.ID
		c.Objects, c.MoreObjects = appendBounded(c.Objects, c.MoreObjects, objectOf(f))
	}
}

// maxKnown is how many subjects of a group are told apart.
const maxKnown = 1000

// note counts a subject. Those that are not told apart are counted as often as
// they come.
func (g *group) note(subject string, count int) {
	if subject == "" {
		return
	}
	c := &g.cause
	i, known := g.subjects[subject]
	switch {
	case known && i < MaxSubjects:
		c.Subjects[i].Count += count
	case known:
	case len(g.subjects) < MaxSubjects:
		g.subjects[subject] = len(c.Subjects)
		c.Subjects = append(c.Subjects, Subject{Name: subject, Count: count})
	default:
		c.MoreSubjects++
		if len(g.subjects) < maxKnown {
			g.subjects[subject] = MaxSubjects
		}
	}
}

// follow takes a consequence.
func (g *group) follow(f event.Failure, found finding, needed string) {
	c := &g.cause.Consequences
	c.Count++
	g.following[followerKey{found.class, found.harm}]++
	if f.ID == 0 || f.ID == g.lastFollower || isAttribute(f.Kind) || f.ID == g.last && needed == "" {
		return
	}
	g.lastFollower = f.ID
	object := objectOf(f)
	object.Because = needed
	c.Objects, c.More = appendBounded(c.Objects, c.More, object)
}

// refreshed takes a materialized view that lacks what one of the tables that it was
// refreshed from lacks.
func (g *group) refreshed(view Object, table string) {
	view.Because = table
	g.cause.Stale, g.cause.MoreStale = appendBounded(g.cause.Stale, g.cause.MoreStale, view)
}

func appendBounded(objects []Object, more int, o Object) ([]Object, int) {
	if len(objects) < MaxObjects {
		return append(objects, o), more
	}
	return objects, more + 1
}

func objectOf(f event.Failure) Object {
	return Object{ID: f.ID, Kind: f.Kind, Schema: f.Schema, Name: f.Name}
}

func example(f event.Failure, at time.Duration) Example {
	return Example{
		Object: objectOf(f), Seconds: at.Seconds(),
		SQLState: f.SQLState, Severity: f.Severity,
		Message: f.Message, Detail: f.Detail, Hint: f.Hint, Context: f.Context,
		Statement: f.Statement, Text: f.Text,
	}
}

// merged is g and other as one group, without a change to either.
func (g *group) merged(other *group) *group {
	m := *g
	c := &m.cause
	c.Count += other.cause.Count
	if other.cause.First.Seconds < c.First.Seconds {
		c.First = other.cause.First
	}
	c.Objects = slices.Clone(c.Objects)
	for _, o := range other.cause.Objects {
		c.Objects, c.MoreObjects = appendBounded(c.Objects, c.MoreObjects, o)
	}
	c.MoreObjects += other.cause.MoreObjects
	c.Stale = slices.Clone(c.Stale)
	for _, o := range other.cause.Stale {
		c.Stale, c.MoreStale = appendBounded(c.Stale, c.MoreStale, o)
	}
	c.MoreStale += other.cause.MoreStale
	m.subjects, c.Subjects = maps.Clone(g.subjects), slices.Clone(c.Subjects)
	for _, s := range other.cause.Subjects {
		m.note(s.Name, s.Count)
	}
	c.MoreSubjects += other.cause.MoreSubjects
	m.reasons = union(g.reasons, other.reasons)
	m.following = maps.Clone(g.following)
	for key, n := range other.following {
		m.following[key] += n
	}
	c.Consequences.Count += other.cause.Consequences.Count
	m.outside = g.outside || other.outside
	m.leftOut = g.leftOut + other.leftOut
	return &m
}

func union(a, b []string) []string {
	a = slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}
