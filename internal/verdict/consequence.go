package verdict

import (
	"strings"

	"pgrestore/event"
)

// failing is an entry with an error.
type failing struct {
	group *group
	name  string // such as "table public.a"
	state state
}

// failedTable is a table with an error.
type failedTable struct {
	group *group
	id    int // of the TABLE
}

// state is in what way an entry is not as it should be.
type state uint8

const (
	unmade    state = 1 << iota // it does not exist, or its data was not loaded
	undropped                   // it is the one that was there before
	existed                     // it was there before
)

// origin gives the cause that an error is a consequence of, and what its entry
// needed and had failed; nil if the error has a cause of its own.
func (c *causes) origin(f event.Failure, s statement, found finding) (g *group, needed string) {
	if f.SQLState == "25P02" && len(c.groups) > 0 { // in_failed_sql_transaction
		return c.groups[len(c.groups)-1], ""
	}
	if e := c.failing[f.ID]; e != nil && (e.explains(f, found) || e.state&unmade != 0 && s.newOwner() != "") {
		return e.group, "" // what does not exist has no owner
	}
	for _, id := range f.Needs {
		if e := c.failing[id]; e != nil && e.explains(f, found) {
			return e.group, e.name
		}
		if e := c.unloaded[id]; e != nil && found.class == ForeignKeyViolation {
			return e.group, e.name
		}
	}
	if found.class == ForeignKeyViolation {
		// In a restore of data alone no dependency leads to the other table,
		// but the server names it.
		for _, name := range allQuoted(f.Detail) {
			if e := c.unloadedNames[name]; e != nil {
				return e.group, e.name
			}
		}
	}
	if !isMissing(found.class) {
		return nil, ""
	}
	for _, name := range []string{quoted(f.Message), signature(f.Message, f.Statement)} {
		if e := c.unmade[name]; name != "" && e != nil && (strings.Contains(name, ".") || isBare(found.class)) {
			return e.group, e.name
		}
	}
	return nil, ""
}

// isBare reports whether errors of the class name things that are in no schema.
// Others with a bare name may look for it in the wrong schema.
func isBare(c Class) bool {
	switch c {
	case MissingSchema, MissingLanguage, MissingExtension, MissingAccessMethod, MissingObject:
		return true
	}
	return false
}

// explains reports whether an error in what needs e may come from e.
func (e *failing) explains(f event.Failure, found finding) bool {
	switch {
	case e.state&unmade != 0 && isMissing(found.class):
		return true
	case e.state&unmade != 0 && (found.class == Statistics || found.class == Encoding):
		return true
	case e.state&(unmade|existed) != 0 && found.class == Other && (strings.HasPrefix(f.SQLState, "42") || strings.HasPrefix(f.SQLState, "55")):
		return true // such as a partition that is attached already
	case e.state&undropped != 0 && found.class == AlreadyExists:
		return true
	case e.state&existed != 0:
		// The triggers of such a table are at work already.
		return isOfRows(found.class) || found.class == MissingColumn || found.class == RaisedError
	default:
		return false
	}
}

// remember notes in which way the entry is not as it should be, for those that
// need it.
func (c *causes) remember(f event.Failure, s statement, found finding, g *group) {
	table := f.Schema + "." + f.Name
	if _, known := c.tables[table]; f.Kind == "TABLE" && !known && len(c.tables) < maxFailing {
		c.tables[table] = failedTable{g, f.ID}
	}
	how := stateAfter(f, s, found)
	if f.ID != 0 && (how != 0 || isAttribute(f.Kind) || found.class == AlreadyExists) {
		c.lacking.add(f.ID)
	}
	if f.ID == 0 || how == 0 || len(c.failing) >= maxFailing {
		return
	}
	e := c.failing[f.ID]
	if e == nil {
		e = &failing{name: nameOf(f.Kind, f.Schema, f.Name)}
		c.failing[f.ID] = e
	}
	if e.group == nil || how&unmade != 0 && e.state&unmade == 0 {
		e.group = g
	}
	e.state |= how
	switch {
	case how&unmade == 0:
	case f.Kind == "TABLE DATA":
		for _, id := range f.Needs {
			if len(c.unloaded) < maxFailing {
				c.unloaded[id] = e
			}
		}
		c.unloadedNames[f.Name] = e
	case f.Schema != "":
		c.unmade[f.Schema+"."+f.Name] = e
	default: // what is in no schema: schemas, servers, languages ...
		c.unmade[f.Name] = e
	}
}

func stateAfter(f event.Failure, s statement, found finding) state {
	switch {
	case isAttribute(f.Kind) || s.newOwner() != "" || s.begins("SET") || found.class == DropMissing:
		return 0
	case found.class == AlreadyExists && found.harm == Harmless:
		return 0 // it is what was needed
	case found.class == AlreadyExists:
		return existed
	case s.drops():
		return undropped
	default:
		return unmade
	}
}

// isAttribute: such entries describe others and are nothing by themselves.
func isAttribute(kind string) bool {
	switch kind {
	case "ACL", "COMMENT", "SECURITY LABEL", "STATISTICS DATA", "EXTENDED STATISTICS DATA":
		return true
	}
	return false
}

// isMissing reports whether errors of the class say that something is not
// there which the archive may hold.
func isMissing(c Class) bool {
	switch c {
	case MissingExtension, MissingLanguage, MissingAccessMethod, MissingCollation, MissingSchema, MissingTable,
		MissingColumn, MissingType, MissingFunction, MissingKey, MissingObject:
		return true
	}
	return false
}

// isOfRows reports whether errors of the class are about rows.
func isOfRows(c Class) bool {
	switch c {
	case DuplicateKey, ForeignKeyViolation, CheckViolation, NotNullViolation, ExclusionViolation, InvalidData, Encoding:
		return true
	}
	return false
}
