package verdict

import (
	"cmp"
	"slices"
	"time"

	"pgrestore/event"
)

// causes groups errors. What it keeps is bounded, however many there are.
type causes struct {
	groups []*group
	byKey  map[groupKey]*group
	total  int

	// failing are entries of the archive that are not there as they should be,
	// by dump ID; no more than maxFailing.
	failing map[int]*failing
	// unmade are those that do not exist, by their name in messages.
	unmade map[string]*failing
	// tables are those with any error, by schema and name.
	tables map[string]failedTable
	// lacking are all entries that do not exist or have the wrong content.
	lacking idSet
	// unloaded are tables whose data was not loaded, by the table's ID, and
	// unloadedNames by its name alone.
	unloaded      map[int]*failing
	unloadedNames map[string]*failing

	missingRoles roleSet
	existing     map[string]bool // roles of those in privileges that failed; nil if not known
	last         Example         // of all errors
	fatal        event.Cause     // of the error that ended the restore, "" where it had none
}

const (
	maxFailing = 100_000
	maxRoles   = 10_000
)

type groupKey struct {
	class Class
	harm  Harm
	apart string
}

func newCauses() causes {
	return causes{
		byKey:   map[groupKey]*group{},
		failing: map[int]*failing{}, unmade: map[string]*failing{}, unloaded: map[int]*failing{}, unloadedNames: map[string]*failing{},
		tables:       map[string]failedTable{},
		lacking:      idSet{},
		missingRoles: newRoleSet(),
	}
}

// add takes an error that came at the given time. started are the entries that
// are part of the restore and had their turn.
func (c *causes) add(f event.Failure, at time.Duration, started idSet) {
	c.total++
	c.last = example(f, at)
	c.fatal = ""
	if f.Fatal {
		c.fatal = f.Cause
	}
	s := parseStatement(f.Statement, event.StatementLimit)
	found := classify(f, s)
	if found.class == MissingRole {
		c.missingRoles.add(found.subject)
	}
	if origin, needed := c.origin(f, s, found); origin != nil {
		if isAttribute(f.Kind) || s.newOwner() != "" {
			found.harm = Harmless // nothing is lost beyond what is missing already
		}
		origin.follow(f, found, needed)
		c.remember(f, s, found, origin)
		return
	}
	g := c.group(found)
	g.add(f, found, at)
	g.outside = g.outside || slices.ContainsFunc(f.Needs, func(id int) bool { return !started.has(id) })
	c.remember(f, s, found, g)
}

// leaveOut takes data that is not loaded because of an error of its table, even
// one that would be harmless. It reports whether the error is known.
func (c *causes) leaveOut(e event.StepSkipped) bool {
	t, known := c.tables[e.Schema+"."+e.Name]
	if known {
		t.group.leftOut++
		c.unloaded[t.id] = &failing{group: t.group, name: nameOf(e.Kind, e.Schema, e.Name), state: unmade}
	}
	return known
}

// refreshed takes a materialized view that was refreshed from tables.
func (c *causes) refreshed(view Object, tables []int) {
	var told []*group
	for _, id := range tables {
		if e := c.unloaded[id]; e != nil && !slices.Contains(told, e.group) {
			e.group.refreshed(view, e.name)
			told = append(told, e.group)
		}
	}
}

// end takes what ended the restore, and errors that were counted and that no
// event explains.
func (c *causes) end(e event.End, at time.Duration) {
	if e.Error != "" && e.Outcome != event.Cancelled {
		f := event.Failure{Message: e.Error, Text: e.Error, Fatal: true, Cause: e.Cause, SQLState: e.SQLState}
		found := byCause(e.Cause, e.Error)
		if c := breakdown(e.SQLState); c != "" {
			found = harmful(c)
		} else if e.SQLState != "" && e.Cause == "" { // a statement of the program's own
			found = harmful(Other)
		}
		found.apart = "end"
		c.total++
		c.last = example(f, at)
		if g, needed := c.databaseUnmade(e); g != nil {
			g.follow(f, found, needed)
		} else {
			c.group(found).add(f, found, at)
		}
	}
	if missing := e.Errors - c.total; missing > 0 {
		found := harmful(Other)
		found.apart = "unexplained"
		c.total += missing
		g := c.group(found)
		g.add(event.Failure{Text: "the events tell of fewer errors than there were"}, found, at)
		g.cause.Count += missing - 1
	}
}

// databaseUnmade gives the cause of a database that was not made, if the end
// is that nobody can connect to it; otherwise nil.
func (c *causes) databaseUnmade(e event.End) (g *group, needed string) {
	if e.SQLState != "3D000" { // invalid_catalog_name
		return nil, ""
	}
	for _, name := range allQuoted(e.Error) {
		if database := c.unmade[name]; database != nil {
			return database.group, database.name
		}
	}
	return nil, ""
}

// list finishes the causes, worst first, and counts the errors. source and
// target are the versions of the servers dumped and restored into.
func (c *causes) list(ignored map[Class]bool, source, target string) ([]Cause, Errors) {
	list := []Cause{}
	errors := Errors{Total: c.total}
	in := c.context(source, target)
	for _, g := range c.withSharedRoles() {
		cause := g.finish(ignored, in)
		errors.Ignored += cause.ignoredErrors()
		counted := cause.Count + cause.Consequences.Count - cause.ignoredErrors()
		if cause.Harm == Harmful {
			errors.Harmful += counted
		} else {
			errors.Harmless += counted
		}
		list = append(list, cause)
	}
	slices.SortStableFunc(list, func(a, b Cause) int {
		return cmp.Or(
			cmp.Compare(a.rank(), b.rank()),
			cmp.Compare(b.Count+b.Consequences.Count, a.Count+a.Consequences.Count),
		)
	})
	return list, errors
}
