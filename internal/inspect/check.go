package inspect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pgrestore/internal/script"
	"pgrestore/toc"
)

// checker compares what an archive needs with what a server has.
type checker struct {
	*facts
	toc      *toc.TOC
	needs    *Needs
	names    toc.Encoding // to quote identifiers in
	decode   decoder      // nil: names need none
	findings []Finding
}

// check tells what a restore would find missing or in its way.
func (f *facts) check(t *toc.TOC, n *Needs) *ServerCheck {
	set, err := t.Settings()
	c := &checker{facts: f, toc: t, needs: n, names: toc.UTF8, decode: decoderOf(t), findings: []Finding{}}
	if err == nil {
		c.names = set.NameEncoding()
	}
	c.version()
	c.encodings(set)
	c.missingRoles()
	c.missingExtensions()
	c.missingSchemas()
	c.missingTablespaces()
	c.missingMethods()
	c.missingLanguages()
	c.missingWrappers()
	c.missingCollations()
	c.labels()
	c.present()
	if !f.superuser {
		c.privileges()
	}
	slices.SortStableFunc(c.findings, func(a, b Finding) int { return cmp.Compare(a.Level.rank(), b.Level.rank()) })
	return &ServerCheck{
		Version: f.versionText, Database: Name(f.database), User: Name(f.user), Superuser: f.superuser,
		Encoding: f.encoding, Findings: c.findings,
	}
}

func (l Level) rank() int {
	switch l {
	case LevelError:
		return 0
	case LevelWarning:
		return 1
	default:
		return 2
	}
}

func (c *checker) add(f Finding) {
	if f.Names == nil {
		f.Names = []Name{}
	}
	if f.Do == nil {
		f.Do = []string{}
	}
	c.findings = append(c.findings, f)
}

// ident quotes a name for SQL. A name that does not print is better typed by
// somebody who knows it: ok is false.
func (c *checker) ident(name Name) (quoted string, ok bool) {
	shown := name
	if c.decode != nil {
		shown = c.decode(name)
	}
	// A decoder that does not know a character leaves \xNN for it.
	prints := isPrintable(string(shown)) && strings.Count(string(shown), `\x`) == strings.Count(string(name), `\x`)
	return script.QuoteIdent(string(name), c.names), prints
}

// version tells of a server that is older than the one that was dumped.
func (c *checker) version() {
	dumped := dumpedMajor(string(c.toc.Header.ServerVersion))
	here := c.facts.version / 100 * 100
	if c.facts.version >= 100000 {
		here = c.facts.version / 10000 * 10000
	}
	if dumped > here {
		c.add(Finding{Class: "version", Level: LevelWarning,
			Text: fmt.Sprintf("the server is PostgreSQL %s, older than the dumped one, %s: statements that it does not know will fail",
				major(c.facts.version), major(dumped))})
	}
}

// dumpedMajor reads a version such as 18.6 (Debian): 180000, 90600 for 9.6.2,
// 0 where it is none.
func dumpedMajor(text string) int {
	var first, second int
	n, _ := fmt.Sscanf(text, "%d.%d", &first, &second)
	switch {
	case n == 0 || first < 0 || first > 1000 || second < 0 || second > 99:
		return 0
	case first >= 10:
		return first * 10000
	default:
		return first*10000 + second*100
	}
}

func (c *checker) encodings(set toc.Settings) {
	from := set.Encoding.String()
	switch {
	case !c.converts:
		c.add(Finding{Class: "encoding", Level: LevelError,
			Text: fmt.Sprintf("the archive is in %s, which the server does not convert to the database's %s", from, c.encoding),
			Hint: fmt.Sprintf("Restore into a database with encoding %s.", from)})
	case set.HasEncoding && from != c.encoding && (from == "SQL_ASCII" || c.encoding == "SQL_ASCII"):
		c.add(Finding{Class: "encoding", Level: LevelWarning,
			Text: fmt.Sprintf("the archive is in %s and the database in %s: bytes are taken as they are, and those that are no character are refused or kept as garbage", from, c.encoding)})
	case set.HasEncoding && from != c.encoding && c.encoding != "UTF8":
		c.add(Finding{Class: "encoding", Level: LevelWarning,
			Text: fmt.Sprintf("the archive is in %s and the database in %s: characters that %s does not have are refused", from, c.encoding, c.encoding)})
	}
}

// missingRoles tells of roles that do not exist: those that anybody can make,
// those that only newer servers have, and those that only -C needs.
func (c *checker) missingRoles() {
	var plain, builtin, create []Role
	for _, r := range c.needs.Roles {
		_, exists := c.roles[string(r.Name)]
		switch {
		case exists:
		case r.uses() == 0:
			create = append(create, r)
		case strings.HasPrefix(string(r.Name), "pg_"):
			builtin = append(builtin, r)
		default:
			plain = append(plain, r)
		}
	}
	if len(plain) > 0 {
		f := c.aboutRoles(plain)
		f.Level, f.Text = LevelError, plural(len(plain), "role")+" missing"
		f.Hint = "Or restore without owners and privileges: -O -x."
		if slices.ContainsFunc(plain, func(r Role) bool { return r.Policies > 0 }) {
			f.Hint = "Or restore without owners, privileges and policies: -O -x --no-policies."
		}
		c.add(f)
	}
	if len(builtin) > 0 {
		f := c.aboutRoles(builtin)
		f.Class, f.Level, f.Do = "predefined-role", LevelError, nil
		f.Text = plural(len(builtin), "predefined role") + " missing, which only newer servers have"
		c.add(f)
	}
	if len(create) > 0 {
		f := c.aboutRoles(create)
		f.Level, f.Text = LevelNote, plural(len(create), "role")+" missing that only -C needs"
		c.add(f)
	}
}

// aboutRoles makes a finding of roles that do not exist.
func (c *checker) aboutRoles(roles []Role) Finding {
	f := Finding{Class: "role"}
	for i := range roles {
		f.Names = append(f.Names, roles[i].Name)
		f.Entries += roles[i].uses()
		if quoted, ok := c.ident(roles[i].Name); ok {
			f.Do = append(f.Do, "CREATE ROLE "+quoted+";")
		}
	}
	return f
}

// missingExtensions tells of extensions that are not there to be made.
func (c *checker) missingExtensions() {
	var names []Name
	for _, e := range c.needs.Extensions {
		if _, ok := c.extensions[string(e.Name)]; !ok {
			names = append(names, e.Name)
		}
	}
	if len(names) == 0 {
		return
	}
	c.add(Finding{Class: "extension", Level: LevelError, Names: names,
		Text: plural(len(names), "extension") + " not available; what uses it will fail, too",
		Hint: fmt.Sprintf("Install their packages for PostgreSQL %s on the server's machine.", major(c.facts.version))})
}

// missingSchemas tells of schemas that neither the archive nor the database
// has.
func (c *checker) missingSchemas() {
	created := map[string]bool{}
	counts := tally{}
	for i := range c.toc.Entries {
		e := &c.toc.Entries[i]
		switch {
		case e.Kind == toc.KindSchema && makesSchema(e):
			created[e.Tag] = true
		case e.Namespace != "":
			counts.use(e.Namespace)
		}
	}
	var names []Name
	var do []string
	entries := 0
	for _, u := range counts.sorted() {
		if created[string(u.Name)] || c.schemas[string(u.Name)] {
			continue
		}
		names = append(names, u.Name)
		entries += u.Count
		if quoted, ok := c.ident(u.Name); ok {
			do = append(do, "CREATE SCHEMA "+quoted+";")
		}
	}
	if len(names) > 0 {
		c.add(Finding{Class: "schema", Level: LevelError, Names: names, Entries: entries, Do: do,
			Text: plural(len(names), "schema") + " missing that the archive does not make"})
	}
}

func (c *checker) missingTablespaces() {
	var do []string
	names, entries := absentOf(c.needs.Tablespaces, func(name string) bool { return c.tablespaces[name] })
	for _, n := range names {
		if quoted, ok := c.ident(n); ok {
			do = append(do, "CREATE TABLESPACE "+quoted+" LOCATION '...';")
		}
	}
	if len(names) > 0 {
		c.add(Finding{Class: "tablespace", Level: LevelError, Names: names, Entries: entries, Do: do,
			Text: plural(len(names), "tablespace") + " missing",
			Hint: "Or restore into the default one: --no-tablespaces."})
	}
}

func (c *checker) missingMethods() {
	if c.mayComeWithExtension() {
		return
	}
	names, entries := absentOf(c.needs.AccessMethods, func(name string) bool { return c.methods[name] })
	if len(names) > 0 {
		c.add(Finding{Class: "access-method", Level: LevelError, Names: names, Entries: entries,
			Text: plural(len(names), "access method") + " missing",
			Hint: "Install what brings them; for tables, --no-table-access-method takes the default one."})
	}
}

func (c *checker) missingLanguages() {
	names, entries := absentOf(c.needs.Languages, func(name string) bool {
		_, here := c.languages[name]
		_, available := c.extensions[name]
		return here || available && c.hasExtension(name) || available && c.hasLanguageEntry(name)
	})
	if c.mayComeWithExtension() {
		// All that the archive's own extensions could bring is left to them.
		names = slices.DeleteFunc(names, func(n Name) bool { return !strings.HasPrefix(string(n), "pl") })
	}
	if len(names) == 0 {
		return
	}
	f := Finding{Class: "language", Level: LevelError, Names: names, Entries: entries, Text: plural(len(names), "language") + " missing"}
	for _, n := range names {
		if quoted, ok := c.ident(n); ok {
			if _, available := c.extensions[string(n)]; available {
				f.Do = append(f.Do, "CREATE EXTENSION "+quoted+";")
			}
		}
	}
	c.add(f)
}

func (c *checker) missingWrappers() {
	if c.mayComeWithExtension() {
		return
	}
	// Wrappers of the server's own are all made by extensions.
	names, entries := absentOf(c.needs.Wrappers, func(name string) bool { return c.extensions[name].installed })
	if len(names) > 0 {
		c.add(Finding{Class: "foreign-data-wrapper", Level: LevelWarning, Names: names, Entries: entries,
			Text: plural(len(names), "foreign data wrapper") + " that the archive does not make"})
	}
}

// mayComeWithExtension reports whether the archive makes an extension that is
// not there yet: nobody knows what it will bring.
func (c *checker) mayComeWithExtension() bool {
	return slices.ContainsFunc(c.needs.Extensions, func(e Extension) bool {
		x, available := c.extensions[string(e.Name)]
		return available && !x.installed
	})
}

func (c *checker) hasExtension(name string) bool {
	return slices.ContainsFunc(c.needs.Extensions, func(e Extension) bool { return string(e.Name) == name })
}

func (c *checker) hasLanguageEntry(name string) bool {
	return slices.ContainsFunc(c.toc.Entries, func(e toc.Entry) bool { return e.Kind == toc.KindProceduralLanguage && e.Tag == name })
}

func (c *checker) missingCollations() {
	names, entries := absentOf(c.needs.UsedCollations, func(name string) bool { return c.collations[name] })
	if len(names) > 0 {
		c.add(Finding{Class: "collation", Level: LevelError, Names: names, Entries: entries,
			Text: plural(len(names), "collation") + " of the system's missing",
			Do:   []string{"SELECT pg_import_system_collations('pg_catalog');"},
			Hint: "Install the locales on the server's machine first."})
	}
	var icu []Name
	for _, n := range c.needs.Collations {
		if n.Provider == "icu" {
			icu = append(icu, n.Name)
		}
	}
	if len(icu) > 0 && !c.icu {
		c.add(Finding{Class: "collation", Level: LevelError, Names: icu, Text: "the server is built without ICU, which these collations need"})
	}
}

// labels tells of providers of security labels: nobody can ask a server which
// it has loaded.
func (c *checker) labels() {
	names, entries := absentOf(c.needs.LabelProviders, func(string) bool { return false })
	if len(names) > 0 {
		c.add(Finding{Class: "label-provider", Level: LevelNote, Names: names, Entries: entries,
			Text: "security labels need these providers to be loaded, which cannot be looked up", Hint: "Leave the labels out: --no-security-labels."})
	}
}

// present tells of schemas and relations that are there already.
func (c *checker) present() {
	var schemas, relations []Name
	for i := range c.toc.Entries {
		e := &c.toc.Entries[i]
		switch e.Kind {
		case toc.KindSchema:
			if makesSchema(e) && c.schemas[e.Tag] {
				schemas = append(schemas, Name(e.Tag))
			}
		case toc.KindTable, toc.KindForeignTable, toc.KindView, toc.KindMaterializedView:
			if c.relations[e.Namespace+"\x00"+e.Tag] {
				relations = append(relations, Name(e.Namespace+"."+e.Tag))
			}
		case toc.KindSequence:
			if c.relations[e.Namespace+"\x00"+e.Tag] {
				relations = append(relations, Name(e.Namespace+"."+e.Tag))
			}
		}
	}
	const hint = "Restore into an empty database, or drop them first: -c --if-exists."
	if len(schemas) > 0 {
		c.add(Finding{Class: "schema-exists", Level: LevelError, Names: schemas, Entries: len(schemas),
			Text: plural(len(schemas), "schema") + " there already: making them will fail", Hint: hint})
	}
	if len(relations) > 0 {
		c.add(Finding{Class: "relation-exists", Level: LevelError, Names: relations, Entries: len(relations),
			Text: plural(len(relations), "table, view or sequence", "tables, views and sequences") + " there already: rows will be added to what they hold, or refused", Hint: hint})
	}
}

// privileges tells what fails for a user who is no superuser.
func (c *checker) privileges() {
	if len(c.needs.SuperuserOnly) > 0 {
		var names []Name
		entries := 0
		for _, u := range c.needs.SuperuserOnly {
			names = append(names, u.Name)
			entries += u.Count
		}
		c.add(Finding{Class: "superuser", Level: LevelError, Names: names, Entries: entries,
			Text: fmt.Sprintf("%s is no superuser, and only a superuser may make these", c.user)})
	}
	c.untrusted()
	c.foreignOwners()
	if !c.createSchemas && slices.ContainsFunc(c.toc.Entries, func(e toc.Entry) bool { return e.Kind == toc.KindSchema && makesSchema(&e) }) {
		c.add(Finding{Class: "privilege", Level: LevelError,
			Text: fmt.Sprintf("%s may not make schemas in database %s", c.user, c.database),
			Do:   c.grantCreate()})
	}
	if len(c.needs.Subscriptions) > 0 && !c.roles["pg_create_subscription"].member {
		var names []Name
		for _, s := range c.needs.Subscriptions {
			names = append(names, s.Name)
		}
		c.add(Finding{Class: "privilege", Level: LevelError, Names: names, Entries: len(names),
			Text: fmt.Sprintf("%s may not make subscriptions", c.user), Hint: "Leave them out: --no-subscriptions."})
	}
}

func (c *checker) grantCreate() []string {
	database, ok := c.ident(Name(c.database))
	user, ok2 := c.ident(Name(c.user))
	if !ok || !ok2 {
		return nil
	}
	return []string{"GRANT CREATE ON DATABASE " + database + " TO " + user + ";"}
}

// untrusted tells of extensions and languages for superusers only.
func (c *checker) untrusted() {
	var extensions []Name
	var do []string
	for _, e := range c.needs.Extensions {
		x, available := c.extensions[string(e.Name)]
		if !available || x.installed || x.trusted && c.createSchemas {
			continue
		}
		extensions = append(extensions, e.Name)
		if statement, ok := c.createExtension(e); ok {
			do = append(do, statement)
		}
	}
	if len(extensions) > 0 {
		c.add(Finding{Class: "extension-privilege", Level: LevelError, Names: extensions, Entries: len(extensions), Do: do,
			Text: fmt.Sprintf("%s may not make %s", c.user, plural(len(extensions), "extension")),
			Hint: "Have a superuser make them, and the schemas for them, beforehand."})
	}
	languages, entries := absentOf(c.needs.Languages, func(name string) bool {
		l, here := c.languages[name]
		return !here || l.trusted || name == "c" || name == "internal"
	})
	if len(languages) > 0 {
		c.add(Finding{Class: "language-privilege", Level: LevelError, Names: languages, Entries: entries,
			Text: fmt.Sprintf("%s may not write functions in %s", c.user, plural(len(languages), "untrusted language"))})
	}
}

func (c *checker) createExtension(e Extension) (statement string, ok bool) {
	name, prints := c.ident(e.Name)
	if e.Schema == "" {
		return "CREATE EXTENSION IF NOT EXISTS " + name + ";", prints
	}
	schema, schemaPrints := c.ident(e.Schema)
	return "CREATE EXTENSION IF NOT EXISTS " + name + " WITH SCHEMA " + schema + ";", prints && schemaPrints
}

// foreignOwners tells of owners that the user cannot give objects to.
func (c *checker) foreignOwners() {
	var names []Name
	entries := 0
	var do []string
	user, userPrints := c.ident(Name(c.user))
	for i := range c.needs.Roles {
		r := &c.needs.Roles[i]
		f, exists := c.roles[string(r.Name)]
		if !exists || f.member || r.Owns == 0 {
			continue
		}
		names = append(names, r.Name)
		entries += r.Owns
		if quoted, ok := c.ident(r.Name); ok && userPrints && f.grantable {
			do = append(do, "GRANT "+quoted+" TO "+user+";")
		}
	}
	if len(names) > 0 {
		c.add(Finding{Class: "owner", Level: LevelError, Names: names, Entries: entries, Do: do,
			Text: fmt.Sprintf("%s cannot give objects to %s", c.user, plural(len(names), "role")),
			Hint: "Or restore without owners: -O."})
	}
}

// absentOf gives what is used, is not made by the archive and is not there,
// with how often it is used.
func absentOf(list []Used, here func(name string) bool) (names []Name, entries int) {
	for _, u := range list {
		if !u.Created && !here(string(u.Name)) {
			names = append(names, u.Name)
			entries += u.Count
		}
	}
	return names, entries
}

// plural gives "1 role" or "3,000 roles"; forms names a plural that is not
// formed with s.
func plural(n int, one string, forms ...string) string {
	many := one + "s"
	if len(forms) > 0 {
		many = forms[0]
	}
	if n == 1 {
		many = one
	}
	return count(int64(n)) + " " + many
}
