package inspect

import (
	"fmt"
	"slices"
	"strings"

	"pgrestore/toc"
)

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
	c.comments()
	c.foreignOwners()
	if !c.createSchemas && slices.ContainsFunc(c.toc.Entries, func(e toc.Entry) bool { return e.Kind == toc.KindSchema && makesSchema(&e) }) {
		c.add(Finding{Class: "privilege", Level: LevelError,
			Text: fmt.Sprintf("%s may not make schemas in database %s", c.user, c.database),
			Do:   c.grantCreate()})
	}
	c.deniedSchemas()
	if len(c.needs.Subscriptions) > 0 && !c.roles["pg_create_subscription"].member {
		var names []Name
		for _, s := range c.needs.Subscriptions {
			names = append(names, s.Name)
		}
		c.add(Finding{Class: "privilege", Level: LevelError, Names: names, Entries: len(names),
			Text: fmt.Sprintf("%s may not make subscriptions", c.user), Hints: []string{"Leave them out: --no-subscriptions."}})
	}
}

// deniedSchemas tells of schemas that are there and in which the user may not
// make what the archive has.
func (c *checker) deniedSchemas() {
	counts := tally{}
	for i := range c.toc.Entries {
		if e := &c.toc.Entries[i]; isMade(e.Kind) && c.schemas[e.Namespace] && !c.creatable[e.Namespace] {
			counts.use(e.Namespace)
		}
	}
	var names []Name
	var do []string
	entries := 0
	user, userPrints := c.ident(Name(c.user))
	for _, u := range counts.sorted() {
		names = append(names, u.Name)
		entries += u.Count
		if quoted, ok := c.ident(u.Name); ok && userPrints {
			do = append(do, "GRANT USAGE, CREATE ON SCHEMA "+quoted+" TO "+user+";")
		}
	}
	if len(names) > 0 {
		c.add(Finding{Class: "privilege", Level: LevelError, Names: names, Entries: entries, Do: do,
			Text: fmt.Sprintf("%s may not make objects in %s", c.user, plural(len(names), "schema"))})
	}
}

// isMade reports whether entries of the kind make something in their schema;
// others fill or describe what is there.
func isMade(k toc.Kind) bool {
	switch k {
	case toc.KindTableData, toc.KindSequenceSet, toc.KindMaterializedViewData, toc.KindACL, toc.KindComment,
		toc.KindSecurityLabel, toc.KindStatisticsData:
		return false
	}
	return true
}

func (c *checker) grantCreate() []string {
	database, ok := c.ident(Name(c.database))
	user, ok2 := c.ident(Name(c.user))
	if !ok || !ok2 {
		return nil
	}
	return []string{"GRANT CREATE ON DATABASE " + database + " TO " + user + ";"}
}

// comments tells of comments on extensions that are somebody else's.
func (c *checker) comments() {
	var names []Name
	for i := range c.toc.Entries {
		e := &c.toc.Entries[i]
		name, ok := strings.CutPrefix(e.Tag, "EXTENSION ")
		if x := c.extensions[strings.Trim(name, `"`)]; ok && e.Kind == toc.KindComment && x.installed && !x.owned {
			names = append(names, Name(name))
		}
	}
	if len(names) > 0 {
		c.add(Finding{Class: "extension-comment", Level: LevelError, Names: names, Entries: len(names),
			Text:  fmt.Sprintf("%s does not own %s to comment on, which does no harm", c.user, plural(len(names), "extension")),
			Hints: []string{"Leave comments out: --no-comments."}})
	}
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
			Text:  fmt.Sprintf("%s may not make %s", c.user, plural(len(extensions), "extension")),
			Hints: []string{"Have a superuser make them, and the schemas for them, beforehand."}})
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
			Text:  fmt.Sprintf("%s cannot give objects to %s", c.user, plural(len(names), "role")),
			Hints: []string{"Or restore without owners: -O."}})
	}
}
