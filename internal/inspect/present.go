package inspect

import "pgrestore/toc"

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
		case toc.KindTable, toc.KindForeignTable, toc.KindView, toc.KindMaterializedView, toc.KindSequence:
			if c.relations[relation(e)] {
				relations = append(relations, Name(e.Namespace+"."+e.Tag))
			}
		}
	}
	if d := c.needs.Database; d != nil && c.databases[string(d.Name)] {
		c.add(Finding{Class: "database-exists", Level: LevelNote, Names: []Name{d.Name},
			Text: "the archive's database is there already: -C will fail without -c"})
	}
	const hint = "Restore into an empty database, or drop them first: -c --if-exists."
	if len(schemas) > 0 {
		c.add(Finding{Class: "schema-exists", Level: LevelError, Names: schemas, Entries: len(schemas),
			Text: plural(len(schemas), "schema") + " there already: making them will fail", Hints: []string{hint}})
	}
	if len(relations) > 0 {
		c.add(Finding{Class: "relation-exists", Level: LevelError, Names: relations, Entries: len(relations),
			Text: plural(len(relations), "table, view or sequence", "tables, views and sequences") + " there already: rows will be added to what they hold, or refused", Hints: []string{hint}})
	}
}
