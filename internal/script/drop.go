package script

import (
	"fmt"
	"strings"

	"pgrestore/toc"
)

// Drop renders the dropping of an entry, for -c. With -C only the database is
// dropped.
func (s *Session) Drop(out []Unit, entry int, parts toc.Parts) []Unit {
	e := &s.toc.Entries[entry]
	if s.o.Create && !isDatabase(e) || parts&(toc.Definition|toc.Data) == 0 || e.IsNull(toc.FieldDrop) {
		return out
	}
	out = s.note(out, entry, "dropping %s %s", e.Desc, e.Tag)
	outside := s.o.TransactionSize > 0 && isDatabase(e)
	if outside {
		out = s.commit(out, entry, "COMMIT;\n")
	}
	out = s.becomeOwner(out, entry)
	out = s.selectSchema(out, entry, e.Namespace)
	switch {
	case e.Kind == toc.KindBlobMetadata && s.o.IfExists:
		out = s.perLargeObject(out, entry, e, "SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '", "'")
	case e.Kind == toc.KindBlobMetadata:
		out = s.perLargeObject(out, entry, e, "SELECT pg_catalog.lo_unlink('", "')")
	case e.Drop == "":
	case !s.o.IfExists || strings.HasPrefix(e.Drop, "--"):
		out = s.exec(out, entry, e.Drop)
	case e.Kind == toc.KindBlob:
		out = s.exec(out, entry, UnlinkIfExists(e.OID))
	default:
		text, ok := dropIfExists(e)
		if !ok {
			out = append(out, Unit{Op: Warn, Entry: entry,
				Text: fmt.Sprintf("could not find where to insert IF EXISTS in statement \"%s\"", e.Drop)})
		}
		out = s.exec(out, entry, text)
	}
	if outside {
		out = s.begin(out, entry, "BEGIN;\n")
		s.actions = 0
		return out
	}
	return s.countActions(out, entry, 1, "COMMIT;\nBEGIN;\n")
}

// AfterDrops forgets the search path, which may name a schema that is gone.
func (s *Session) AfterDrops() { s.schema = setting{} }

// dropIfExists puts IF EXISTS into a DROP statement; ok is false, and the text
// but little changed, where there is no place for it.
func dropIfExists(e *toc.Entry) (text string, ok bool) {
	drop, prefix := e.Drop, ""
	if rest, found := strings.CutPrefix(drop, "ALTER TABLE"); found {
		prefix, drop = "ALTER TABLE IF EXISTS", rest
	}
	// DROP DEFAULT knows no IF EXISTS, and a view may be replaced instead of
	// its ON SELECT rule being dropped.
	if e.Kind == toc.KindDefault || e.Kind == toc.KindDatabaseProperties ||
		strings.HasPrefix(drop, "CREATE OR REPLACE VIEW") {
		return prefix + drop, true
	}
	verb := "DROP " + e.Desc
	switch e.Kind {
	case toc.KindConstraint, toc.KindCheckConstraint, toc.KindForeignKey:
		verb = "DROP CONSTRAINT"
	}
	if len(verb) > 39 { // pg_restore's buffer
		verb = verb[:39]
	}
	before, after, found := strings.Cut(drop, verb)
	if !found {
		return prefix + drop, false
	}
	return prefix + before + verb + " IF EXISTS" + after, true
}
