package inspect

import (
	"slices"
	"strings"

	"pgrestore/internal/verdict"
	"pgrestore/toc"
)

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
		f.Hints = []string{"Or restore without owners and privileges: -O -x."}
		if slices.ContainsFunc(plain, func(r Role) bool { return r.Policies > 0 }) {
			f.Hints = []string{"Or restore without owners, privileges and policies: -O -x --no-policies."}
		}
		if slices.ContainsFunc(plain, func(r Role) bool { return r.Mappings > 0 }) {
			f.Hints = append(f.Hints, "User mappings fail even then, which does no harm to who does not exist; -L leaves them out.")
		}
		if !c.createRoles {
			f.Hints = append(f.Hints, c.user+" may not make roles: somebody else has to.")
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
	var hints []string
	for _, e := range c.needs.Extensions {
		if _, ok := c.extensions[string(e.Name)]; !ok {
			names = append(names, e.Name)
			hints = append(hints, string(e.Name)+": "+verdict.ExtensionHint(string(e.Name), c.versionText))
		}
	}
	if len(names) > 0 {
		c.add(Finding{Class: "extension", Level: LevelError, Names: names, Hints: hints,
			Text: plural(len(names), "extension") + " not available; what uses it will fail, too"})
	}
}

// missingSchemas tells of schemas that neither the archive nor the database
// has.
func (c *checker) missingSchemas() {
	if c.makesExtensions() {
		return
	}
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
			Text:  plural(len(names), "tablespace") + " missing",
			Hints: []string{"Or restore into the default one: --no-tablespaces."}})
	}
}

func (c *checker) missingMethods() {
	if c.mayComeWithExtension() {
		return
	}
	names, entries := absentOf(c.needs.AccessMethods, func(name string) bool { return c.methods[name] })
	if len(names) > 0 {
		c.add(Finding{Class: "access-method", Level: LevelError, Names: names, Entries: entries,
			Text:  plural(len(names), "access method") + " missing",
			Hints: []string{"Install what brings them; for tables, --no-table-access-method takes the default one."}})
	}
}

func (c *checker) missingLanguages() {
	made, mayCome := c.languagesMade(), c.mayComeWithExtension()
	names, entries := absentOf(c.needs.Languages, func(name string) bool {
		_, here := c.languages[name]
		_, available := c.extensions[name]
		// The extensions of languages are named as these are: what another
		// extension may bring is no plperl.
		return here || available && made[name] || mayCome && !strings.HasPrefix(name, "pl")
	})
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

// languagesMade are those that the archive makes if the extension of that name
// is available: as an extension, or, in old archives, without a handler.
func (c *checker) languagesMade() map[string]bool {
	made := map[string]bool{}
	for i := range c.toc.Entries {
		if e := &c.toc.Entries[i]; e.Kind == toc.KindProceduralLanguage || e.Kind == toc.KindExtension {
			made[e.Tag] = true
		}
	}
	return made
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

// makesExtensions reports whether the archive makes an extension that is not
// there yet, which may bring schemas, and tables that the archive has data for.
func (c *checker) makesExtensions() bool {
	return slices.ContainsFunc(c.needs.Extensions, func(e Extension) bool { return !c.extensions[string(e.Name)].installed })
}

// mayComeWithExtension reports whether the archive can make an extension
// that is not there yet: nobody knows what it will bring.
func (c *checker) mayComeWithExtension() bool {
	return slices.ContainsFunc(c.needs.Extensions, func(e Extension) bool {
		x, available := c.extensions[string(e.Name)]
		return available && !x.installed
	})
}

func (c *checker) missingCollations() {
	names, entries := absentOf(c.needs.UsedCollations, func(name string) bool { return c.collations[name] })
	if len(names) > 0 {
		c.add(Finding{Class: "collation", Level: LevelError, Names: names, Entries: entries,
			Text:  plural(len(names), "collation") + " of the system's missing",
			Do:    []string{"SELECT pg_import_system_collations('pg_catalog');"},
			Hints: []string{"Install the locales on the server's machine first."}})
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

// missingRelations tells of tables that the archive has data for, but does not
// make.
func (c *checker) missingRelations() {
	if c.makesExtensions() {
		return
	}
	made := map[string]bool{}
	for i := range c.toc.Entries {
		if e := &c.toc.Entries[i]; e.Kind == toc.KindTable || e.Kind == toc.KindForeignTable {
			made[relation(e)] = true
		}
	}
	var names []Name
	for i := range c.toc.Entries {
		e := &c.toc.Entries[i]
		if e.Kind == toc.KindTableData && !made[relation(e)] && !c.relations[relation(e)] {
			names = append(names, Name(e.Namespace+"."+e.Tag))
		}
	}
	if len(names) > 0 {
		c.add(Finding{Class: "relation", Level: LevelError, Names: names, Entries: len(names),
			Text:  plural(len(names), "table") + " missing that the archive has data for, but does not make",
			Hints: []string{"Restore the definitions first."}})
	}
}

// relation is how a server's relations are looked up.
func relation(e *toc.Entry) string { return e.Namespace + "\x00" + e.Tag }

// labels tells of providers of security labels: nobody can ask a server which
// it has loaded.
func (c *checker) labels() {
	names, entries := absentOf(c.needs.LabelProviders, func(string) bool { return false })
	if len(names) > 0 {
		c.add(Finding{Class: "label-provider", Level: LevelNote, Names: names, Entries: entries,
			Text: "security labels need these providers to be loaded, which cannot be looked up", Hints: []string{"Leave the labels out: --no-security-labels."}})
	}
}
