package verdict

import (
	"cmp"
	"maps"
	"slices"
	"strings"
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
	// lacking are all of these and those with the wrong content.
	lacking idSet
	// unloaded are tables whose data was not loaded, by the table's ID, and
	// unloadedNames by its name alone.
	unloaded      map[int]*failing
	unloadedNames map[string]*failing

	missingRoles roleSet
	last         Example // of all errors
}

// roleSet is roles in the order in which they came, no more than maxRoles.
type roleSet struct {
	names []string
	known map[string]bool
}

func newRoleSet() roleSet { return roleSet{known: map[string]bool{}} }

func (s *roleSet) add(role string) {
	if role != "" && !s.known[role] && len(s.names) < maxRoles {
		s.known[role] = true
		s.names = append(s.names, role)
	}
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

// sharedRoles keeps apart what also concerns roles that may exist.
const sharedRoles = "shared"

// failing is an entry with an error.
type failing struct {
	group *group
	name  string // such as "table public.a"
	state state
}

// state is in what way an entry is not as it should be.
type state uint8

const (
	unmade    state = 1 << iota // it does not exist, or its data was not loaded
	undropped                   // it is the one that was there before
	existed                     // it was there before
)

// group is a cause in the making.
type group struct {
	cause     Cause
	own       finding // of the first error
	reasons   []string
	subjects  map[string]int // where in cause.Subjects
	sharers   roleSet        // beside missing ones, may exist or not
	last      int            // the ID of the last entry noted as an object
	outside   bool
	following map[followerKey]int
	lastOf    int // the same for consequences
}

// followerKey tells consequences apart that count in different ways.
type followerKey struct {
	class Class
	harm  Harm
}

func newCauses() causes {
	return causes{
		byKey:   map[groupKey]*group{},
		failing: map[int]*failing{}, unmade: map[string]*failing{}, unloaded: map[int]*failing{}, unloadedNames: map[string]*failing{},
		lacking:      idSet{},
		missingRoles: newRoleSet(),
	}
}

// add takes an error that came at the given time. started are the entries that
// are part of the restore and had their turn.
func (c *causes) add(f event.Failure, at time.Duration, started idSet) {
	c.total++
	c.last = example(f, at)
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

// isAttribute: such entries describe others and are nothing by themselves.
func isAttribute(kind string) bool {
	switch kind {
	case "ACL", "COMMENT", "SECURITY LABEL", "STATISTICS DATA", "EXTENDED STATISTICS DATA":
		return true
	}
	return false
}

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
	case e.state&unmade != 0 && found.class == Other && (strings.HasPrefix(f.SQLState, "42") || strings.HasPrefix(f.SQLState, "55")):
		return true
	case e.state&undropped != 0 && found.class == AlreadyExists:
		return true
	case e.state&existed != 0:
		return isOfRows(found.class) || found.class == MissingColumn
	default:
		return false
	}
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

// remember notes in which way the entry is not as it should be, for those that
// need it.
func (c *causes) remember(f event.Failure, s statement, found finding, g *group) {
	how := stateAfter(f, s, found)
	if f.ID == 0 || how == 0 {
		return
	}
	c.lacking.add(f.ID)
	if len(c.failing) >= maxFailing {
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
			c.unloaded[id] = e
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
	case found.class == AlreadyExists:
		return existed
	case s.drops():
		return undropped
	default:
		return unmade
	}
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

// note counts a subject. Those beyond the bound are counted as often as they
// come.
func (g *group) note(subject string, count int) {
	if subject == "" {
		return
	}
	if i, known := g.subjects[subject]; known {
		g.cause.Subjects[i].Count += count
		return
	}
	if len(g.cause.Subjects) >= MaxSubjects {
		g.cause.MoreSubjects++
		return
	}
	g.subjects[subject] = len(g.cause.Subjects)
	g.cause.Subjects = append(g.cause.Subjects, Subject{Name: subject, Count: count})
}

func (g *group) follow(f event.Failure, found finding, needed string) {
	c := &g.cause.Consequences
	c.Count++
	g.following[followerKey{found.class, found.harm}]++
	if f.ID == 0 || f.ID == g.lastOf || isAttribute(f.Kind) || f.ID == g.last && needed == "" {
		return
	}
	g.lastOf = f.ID
	object := objectOf(f)
	object.Because = needed
	c.Objects, c.More = appendBounded(c.Objects, c.More, object)
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

// withEnd gives the causes together with what ended the restore, and with
// errors that were counted and not explained. c stays as it is.
func (c *causes) withEnd(end event.End, at time.Duration) causes {
	all := *c
	all.byKey = maps.Clone(c.byKey)
	all.groups = slices.Clone(c.groups)
	if end.Error != "" && end.Outcome != event.Cancelled {
		found := classifyByText(end.Error)
		found.apart = "end"
		all.total++
		all.last = example(event.Failure{Message: end.Error, Text: end.Error}, at)
		all.group(found).add(event.Failure{Message: end.Error, Text: end.Error, Fatal: true}, found, at)
	}
	if unexplained := end.Errors - c.total; unexplained > 0 {
		found := harmful(Other)
		found.apart = "unexplained"
		all.total += unexplained
		g := all.group(found)
		g.add(event.Failure{Text: "the events tell of fewer errors than there were"}, found, at)
		g.cause.Count = unexplained
	}
	return all
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

// ignoredErrors is how many of a cause's errors do not count.
func (c *Cause) ignoredErrors() int {
	if c.Ignored {
		return c.Count + c.Consequences.Ignored
	}
	return c.Consequences.Ignored
}

// rank is 0 for causes with harmful errors that count, 1 for harmless and 2 for
// ignored ones.
func (c *Cause) rank() int {
	switch {
	case c.ignoredErrors() == c.Count+c.Consequences.Count:
		return 2
	case c.Harm == Harmful:
		return 0
	default:
		return 1
	}
}

// withSharedRoles decides about privileges that were lost together with those
// of a missing role: nothing is lost if all the roles are missing.
func (c *causes) withSharedRoles() []*group {
	shared := c.byKey[groupKey{MissingRole, Harmless, sharedRoles}]
	if shared == nil {
		return c.groups
	}
	decided := *shared
	if present := c.maybePresent(shared.sharers); len(present) > 0 {
		decided.cause.Harm = Harmful
		decided.reasons = []string{"privileges of " + names(present) + " were in the same statements, and were not given either"}
	}
	groups := slices.Clone(c.groups)
	at := slices.Index(groups, shared)
	alike := c.byKey[groupKey{MissingRole, decided.cause.Harm, ""}]
	if alike == nil {
		groups[at] = &decided
		return groups
	}
	groups[slices.Index(groups, alike)] = alike.merged(&decided)
	return slices.Delete(groups, at, at+1)
}

// maybePresent gives the roles that no error has called missing.
func (c *causes) maybePresent(roles roleSet) (present []string) {
	for _, role := range roles.names {
		if !c.missingRoles.known[role] {
			present = append(present, role)
		}
	}
	return present
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

// finish words a cause, and decides what of it counts.
func (g *group) finish(ignored map[Class]bool, in surroundings) Cause {
	c := g.cause
	info := classNamed(c.Class)
	c.Ignored = ignored[c.Class]
	for key, n := range g.following {
		switch {
		case ignored[key.class] || c.Ignored && key.harm == Harmless:
			c.Consequences.Ignored += n
		case key.harm == Harmful:
			c.Consequences.Harmful += n
		}
	}
	c.Title = info.title(c)
	c.Reason = g.reason(info)
	c.Hint = g.hint(info, in)
	if c.Consequences.Harmful > 0 && c.Harm == Harmless {
		c.Harm = Harmful
		c.Reason = "other entries need it and were not restored"
	}
	c.SQLStates = append([]string{}, c.SQLStates...)
	c.Subjects = append([]Subject{}, c.Subjects...)
	c.Objects = append([]Object{}, c.Objects...)
	c.Consequences.Objects = append([]Object{}, c.Consequences.Objects...)
	return c
}

func (g *group) reason(info *Info) string {
	switch {
	case len(g.reasons) > 0:
		return strings.Join(g.reasons, "; ")
	case g.cause.Harm == Harmless:
		return info.Harmless
	default:
		return info.Harmful
	}
}

// surroundings is what hints know beside their own cause.
type surroundings struct {
	source, target    string // major versions, "" where they are not known
	missingRoles      []string
	missingExtensions []string
}

func (c *causes) context(source, target string) surroundings {
	in := surroundings{source: majorVersion(source), target: majorVersion(target), missingRoles: c.missingRoles.names}
	for _, g := range c.groups {
		if g.cause.Class == MissingExtension || g.cause.Class == PermissionExtension {
			for _, s := range g.cause.Subjects {
				in.missingExtensions = append(in.missingExtensions, s.Name)
			}
		}
	}
	return in
}

func (g *group) hint(info *Info, in surroundings) string {
	hint := cmp.Or(g.own.hint, info.Hint)
	switch c := g.cause; {
	case c.Class == MissingExtension:
		return ExtensionHint(g.own.subject, in.target)
	case c.Class == MissingRole && len(in.missingRoles) > 0:
		return roleHint(hint, in.missingRoles)
	case c.Class == Syntax || c.Class == NotSupported || c.Class == Other && in.older():
		return cmp.Or(in.versionHint(), hint)
	case g.outside && isMissing(c.Class):
		hint = hintSelection
		if len(in.missingExtensions) > 0 {
			hint += "; or it belongs to a missing extension (" + names(in.missingExtensions) + ")"
		}
	default:
		hint = strings.Replace(hint, "%s", subjectNames(c, "what is missing"), 1)
	}
	switch g.cause.Class {
	case MissingType, MissingFunction, MissingObject, InvalidData:
		if in.older() {
			hint += "; it may also be new in PostgreSQL " + in.source + ", while the server is of version " + in.target
		}
	}
	return hint
}

// roleHint is the same for all causes with missing roles.
func roleHint(hint string, missing []string) string {
	var ordinary, builtin []string
	for _, role := range missing {
		if strings.HasPrefix(role, "pg_") {
			builtin = append(builtin, role)
		} else {
			ordinary = append(ordinary, role)
		}
	}
	hint = strings.Replace(hint, "%s", names(ordinary), 1)
	if len(ordinary) == 0 {
		hint = "use --no-owner and --no-privileges"
	}
	if len(builtin) > 0 {
		hint += "; roles that begin with pg_ come with later versions of PostgreSQL"
	}
	return hint
}

// older reports whether the server is known to be older than the one dumped.
func (in surroundings) older() bool {
	source, target := versionNumber(in.source), versionNumber(in.target)
	return target > 0 && source > target
}

// versionHint says what to do about statements of another version, "" where it
// is the same.
func (in surroundings) versionHint() string {
	switch source, target := versionNumber(in.source), versionNumber(in.target); {
	case source == 0 || target == 0 || source == target:
		return ""
	case source > target:
		return "the archive is from PostgreSQL " + in.source + ", which can more than this server of version " + in.target +
			"; restore into version " + in.source + " or later, or make what is missing by hand"
	default:
		return "the archive is from PostgreSQL " + in.source + ", and the server of version " + in.target +
			" does not take this any more; make what is missing by hand, in the way of the new version"
	}
}

// title is the cause in one line.
func (i *Info) title(c Cause) string {
	switch n := len(c.Subjects) + c.MoreSubjects; {
	case n > 1 && i.many != "":
		return strings.Replace(i.many, "%s", subjectNames(c, ""), 1)
	case n == 1 && i.one != "":
		return strings.Replace(i.one, "%s", subjectNames(c, ""), 1)
	case i.none != "":
		return i.none
	default:
		first, _, _ := strings.Cut(cmp.Or(c.First.Message, c.First.Text), "\n")
		return first
	}
}

// subjectNames lists a cause's subjects in quotes, or gives otherwise.
func subjectNames(c Cause, otherwise string) string {
	var all []string
	for _, s := range c.Subjects {
		all = append(all, s.Name)
	}
	if len(all) == 0 {
		return otherwise
	}
	return namesOf(all, c.MoreSubjects)
}

// namesInLine is how many names stand in a line at most.
const namesInLine = 5

// names lists names in quotes.
func names(all []string) string { return namesOf(all, 0) }

func namesOf(all []string, more int) string {
	shown := all[:min(len(all), namesInLine)]
	more += len(all) - len(shown)
	text := `"` + strings.Join(shown, `", "`) + `"`
	if more > 0 {
		text += " and " + number(int64(more)) + " more"
	}
	return text
}
