package inspect

import (
	"cmp"
	"slices"
	"strings"

	"pgrestore/toc"
)

// needs collects what entries need.
type needs struct {
	sql   sqlReader
	roles map[string]*Role
	last  *Role // the role looked up last: owners come in runs

	languages, wrappers, tablespaces, methods tally
	collations, libraries, providers          tally
	bare                                      tally // collations named without a schema
	superuser                                 tally
	made                                      map[string]bool // collations of the archive's own
	list                                      Needs
}

// tally counts uses by name.
type tally map[string]*Used

func (t tally) use(name string) {
	if name != "" {
		t.get(name).Count++
	}
}

func (t tally) made(name string) { t.get(name).Created = true }

func (t tally) get(name string) *Used {
	u := t[name]
	if u == nil {
		u = &Used{Name: Name(name)}
		t[name] = u
	}
	return u
}

// sorted gives what was counted by name.
func (t tally) sorted() []Used {
	list := make([]Used, 0, len(t))
	for _, u := range t {
		list = append(list, *u)
	}
	slices.SortFunc(list, func(a, b Used) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// findNeeds reads what all entries need.
func findNeeds(t *toc.TOC) Needs {
	n := &needs{
		roles: map[string]*Role{}, made: map[string]bool{},
		languages: tally{}, wrappers: tally{}, tablespaces: tally{}, methods: tally{},
		collations: tally{}, bare: tally{}, libraries: tally{}, providers: tally{}, superuser: tally{},
	}
	n.list = Needs{
		Extensions: []Extension{}, ForeignServers: []Server{}, Collations: []Collation{},
		Publications: []Owned{}, Subscriptions: []Owned{}, EventTriggers: []Owned{},
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		n.storage(e)
		n.definition(e)
		n.role(e)
		if reason := n.superuserReason(e); reason != "" {
			n.superuser.use(reason)
		}
	}
	return n.finish()
}

func (n *needs) finish() Needs {
	l := n.list
	l.Roles = make([]Role, 0, len(n.roles))
	for _, r := range n.roles {
		l.Roles = append(l.Roles, *r)
	}
	slices.SortFunc(l.Roles, func(a, b Role) int { return cmp.Compare(a.Name, b.Name) })
	for name, u := range n.bare {
		if !n.made[name] {
			n.collations.get(name).Count += u.Count
		}
	}
	l.Languages, l.Wrappers, l.Tablespaces = n.languages.sorted(), n.wrappers.sorted(), n.tablespaces.sorted()
	l.AccessMethods, l.UsedCollations = n.methods.sorted(), n.collations.sorted()
	l.Libraries, l.LabelProviders = n.libraries.sorted(), n.providers.sorted()
	l.SuperuserOnly = n.superuser.sorted()
	return l
}

// storage takes tablespaces and access methods.
func (n *needs) storage(e *toc.Entry) {
	if e.Tablespace != "" && e.Tablespace != "pg_default" {
		n.tablespaces.use(e.Tablespace)
	}
	n.methods.use(e.TableAM)
	switch e.Kind {
	case toc.KindIndex:
		n.methods.use(n.sql.indexMethod(e.Definition))
	case toc.KindConstraint:
		if strings.Contains(e.Definition, "EXCLUDE") {
			n.methods.use(n.sql.exclusionMethod(e.Definition))
		}
	}
	if e.Desc == "ACCESS METHOD" {
		n.methods.made(e.Tag)
	}
}

// definition takes what stands in the SQL of some kinds.
func (n *needs) definition(e *toc.Entry) {
	switch e.Kind {
	case toc.KindFunction, toc.KindProcedure:
		r := n.sql.routineNeeds(e.Definition)
		n.languages.use(r.language)
		n.libraries.use(r.library)
	case toc.KindProceduralLanguage:
		n.languages.use(e.Tag)
		if n.sql.hasHandler(e.Definition) {
			n.languages.made(e.Tag)
		}
	case toc.KindExtension:
		n.list.Extensions = append(n.list.Extensions, Extension{Name(e.Tag), Name(n.sql.extensionSchema(e.Definition))})
	case toc.KindForeignDataWrapper:
		n.wrappers.made(e.Tag)
	case toc.KindServer:
		wrapper := n.sql.serverWrapper(e.Definition)
		n.wrappers.use(wrapper)
		n.list.ForeignServers = append(n.list.ForeignServers, Server{Name(e.Tag), Name(wrapper)})
	case toc.KindCollation:
		provider, locale := collationNeeds(e.Definition)
		n.made[e.Tag] = true
		n.list.Collations = append(n.list.Collations, Collation{Name(e.Namespace), Name(e.Tag), Name(provider), Name(locale)})
	case toc.KindSecurityLabel:
		n.providers.use(n.sql.labelProvider(e.Definition))
	case toc.KindPublication:
		n.list.Publications = append(n.list.Publications, Owned{Name(e.Tag), Name(e.Owner)})
	case toc.KindSubscription:
		n.list.Subscriptions = append(n.list.Subscriptions, Owned{Name(e.Tag), Name(e.Owner)})
	case toc.KindEventTrigger:
		n.list.EventTriggers = append(n.list.EventTriggers, Owned{Name(e.Tag), Name(e.Owner)})
	case toc.KindStatisticsData:
		n.list.StatisticsCount++
	case toc.KindDatabase:
		d := databaseNeeds(e.Definition)
		n.list.Database = &DatabaseNeed{
			Name: Name(e.Tag), Owner: Name(e.Owner), Encoding: Name(d.encoding),
			Provider: Name(d.provider), Locale: Name(d.locale), Tablespace: Name(d.tablespace),
		}
	}
	if mayCollate(e.Kind) {
		collationsUsed(e.Definition, func(schema, name string) {
			switch {
			case isBuiltinCollation(name):
			case schema == "pg_catalog":
				n.collations.use(name)
			case schema == "": // in archives before 10.3
				n.bare.use(name)
			}
		})
	}
}

// mayCollate reports whether a definition of that kind may name collations.
func mayCollate(k toc.Kind) bool {
	switch k {
	case toc.KindTable, toc.KindForeignTable, toc.KindView, toc.KindMaterializedView, toc.KindIndex, toc.KindDomain,
		toc.KindType, toc.KindConstraint, toc.KindCheckConstraint, toc.KindDefault, toc.KindRule, toc.KindPolicy, toc.KindTrigger:
		return true
	default:
		return false
	}
}

// isBuiltinCollation reports whether every server has the collation.
func isBuiltinCollation(name string) bool {
	switch name {
	case "default", "C", "POSIX", "ucs_basic":
		return true
	default:
		return false
	}
}

// role takes the roles that an entry names.
func (n *needs) role(e *toc.Entry) {
	if ownerMatters(e) {
		n.count(e, (*Role).owns)(e.Owner)
	}
	switch e.Kind {
	case toc.KindACL, toc.KindACLLanguage:
		n.sql.privilegeRoles(e.Definition, once(n.count(e, (*Role).privileges)))
	case toc.KindDefaultACL:
		n.sql.privilegeRoles(e.Definition, once(n.count(e, (*Role).defaults)))
	case toc.KindPolicy:
		n.sql.policyRoles(e.Definition, once(n.count(e, (*Role).policies)))
	case toc.KindUserMapping:
		if role := n.sql.mappingRole(e.Definition); role != "" {
			n.count(e, (*Role).mappings)(role)
		}
	case toc.KindDatabaseProperties:
		n.sql.settingRoles(e.Definition, once(n.count(e, (*Role).create)))
	}
}

func (r *Role) owns() *int       { return &r.Owns }
func (r *Role) privileges() *int { return &r.Privileges }
func (r *Role) defaults() *int   { return &r.Defaults }
func (r *Role) policies() *int   { return &r.Policies }
func (r *Role) mappings() *int   { return &r.Mappings }
func (r *Role) create() *int     { return &r.Create }

// count gives a function that counts a role's use by an entry.
func (n *needs) count(e *toc.Entry, use func(*Role) *int) func(role string) {
	if needsCreate(e) {
		use = (*Role).create
	}
	return func(role string) { *use(n.get(role))++ }
}

// once passes each name on once.
func once(yield func(string)) func(string) {
	seen := map[string]bool{}
	return func(name string) {
		if !seen[name] {
			seen[name] = true
			yield(name)
		}
	}
}

func (n *needs) get(name string) *Role {
	if n.last != nil && string(n.last.Name) == name {
		return n.last
	}
	r := n.roles[name]
	if r == nil {
		r = &Role{Name: Name(name)}
		n.roles[name] = r
	}
	n.last = r
	return r
}

// ownerMatters reports whether a restore gives the entry's object to its owner:
// only what can be dropped has one of its own (_printTocEntry).
func ownerMatters(e *toc.Entry) bool {
	return e.Owner != "" && e.Drop != ""
}

// needsCreate reports whether an entry is restored with -C only.
func needsCreate(e *toc.Entry) bool {
	switch e.Kind {
	case toc.KindDatabase, toc.KindDatabaseProperties:
		return true
	case toc.KindACL, toc.KindComment, toc.KindSecurityLabel:
		return strings.HasPrefix(e.Tag, "DATABASE ")
	default:
		return false
	}
}

// superuserReason tells what of an entry only a superuser may do, "" for
// nothing. What depends on the server, such as extensions, is not among it.
func (n *needs) superuserReason(e *toc.Entry) string {
	switch e.Kind {
	case toc.KindEventTrigger:
		return "event triggers"
	case toc.KindForeignDataWrapper:
		return "foreign data wrappers"
	case toc.KindOperatorClass, toc.KindOperatorFamily:
		return "operator classes and families"
	case toc.KindPublicationTablesInSchema:
		return "publications of whole schemas"
	case toc.KindPublication:
		if n.sql.publishesAll(e.Definition) {
			return "publications for all tables"
		}
	case toc.KindProceduralLanguage:
		if n.sql.hasHandler(e.Definition) {
			return "languages with a handler"
		}
	case toc.KindFunction, toc.KindProcedure:
		if l := n.sql.routineNeeds(e.Definition).language; l == "c" || l == "internal" {
			return "functions in C"
		}
	case toc.KindType:
		if isBaseType(e.Definition) {
			return "base types"
		}
	case toc.KindCast:
		if strings.Contains(e.Definition, "WITHOUT FUNCTION") {
			return "casts without a function"
		}
	case toc.KindOther:
		return otherSuperuserReasons[e.Desc]
	}
	return ""
}

// otherSuperuserReasons are for kinds that no other part of a restore knows.
var otherSuperuserReasons = map[string]string{
	"ACCESS METHOD":        "access methods",
	"TEXT SEARCH PARSER":   "text search parsers and templates",
	"TEXT SEARCH TEMPLATE": "text search parsers and templates",
	"SHELL TYPE":           "base types",
}

// isBaseType reports whether a CREATE TYPE names input and output functions.
func isBaseType(text string) bool {
	found := false
	options(text, func(name, _ string) { found = found || name == "input" })
	return found
}
