package script

import (
	"fmt"
	"strconv"
	"strings"

	"pgrestore/toc"
)

// Step is one entry's turn in a restore.
type Step struct {
	Entry int
	Parts toc.Parts
	// Truncate asks for the table to be emptied and loaded in one transaction:
	// this run made it, on another connection.
	Truncate bool
	// Freeze asks, with Truncate, for rows that need no freezing later (COPY
	// with FREEZE).
	Freeze bool
	// WithoutSchema is true where nothing of the schema is restored.
	WithoutSchema bool
}

// Restore renders the making of an entry (restore_toc_entry).
func (s *Session) Restore(out []Unit, step Step) []Unit {
	entry := step.Entry
	e := &s.toc.Entries[entry]
	if e.Kind == toc.KindWarning {
		out = s.dumpWarning(out, entry, step.WithoutSchema)
	}
	if step.Parts&toc.Definition != 0 {
		out = s.create(out, entry)
	}
	if step.Parts&toc.Data != 0 {
		switch {
		case e.HasData:
			out = s.data(out, step)
		case step.Parts&toc.Definition == 0:
			out = s.note(out, entry, "executing %s %s", e.Desc, e.Tag)
			out = s.print(out, entry, "")
		}
	}
	if step.Parts&toc.StatisticsPart != 0 {
		out = s.print(out, entry, "Statistics for ")
	}
	if step.Parts&toc.Restorable != 0 {
		out = s.countActions(out, entry, 1, "COMMIT;\nBEGIN;\n\n")
	}
	return out
}

func (s *Session) dumpWarning(out []Unit, entry int, withoutSchema bool) []Unit {
	e := &s.toc.Entries[entry]
	text := e.Copy
	if !withoutSchema && e.Definition != "" {
		text = e.Definition
	}
	if text == "" {
		return out
	}
	return append(out, Unit{Op: Warn, Entry: entry, Text: "warning from original dump file: " + text})
}

func (s *Session) create(out []Unit, entry int) []Unit {
	e := &s.toc.Entries[entry]
	if isDatabase(e) && s.o.TransactionSize > 0 {
		out = s.commit(out, entry, "COMMIT;\n\n")
	}
	if e.IsNull(toc.FieldNamespace) {
		out = s.note(out, entry, "creating %s \"%s\"", e.Desc, e.Tag)
	} else {
		out = s.note(out, entry, "creating %s \"%s.%s\"", e.Desc, e.Namespace, e.Tag)
	}
	out = s.print(out, entry, "")
	if e.Kind == toc.KindTable {
		out = append(out, Unit{Op: TableDone, Entry: entry})
	}
	if isDatabase(e) {
		out = s.note(out, entry, "connecting to new database \"%s\"", e.Tag)
		out = s.reconnect(out, entry, e.Tag)
	}
	return out
}

// partitioned is the RelKind of partitioned tables.
const partitioned = 'p'

// print renders an entry's definition with what belongs to it: settings before,
// owner after (_printTocEntry). prefix goes before "Name:" in the comment.
func (s *Session) print(out []Unit, entry int, prefix string) []Unit {
	e := &s.toc.Entries[entry]
	out = s.becomeOwner(out, entry)
	out = s.selectSchema(out, entry, e.Namespace)
	out = s.selectTablespace(out, entry)
	out = s.selectTableAM(out, entry)
	if s.target == ToScript {
		out = s.comment(out, s.header(e, prefix))
	}

	switch {
	case s.o.NoOwner && e.Kind == toc.KindSchema && !strings.HasPrefix(e.Definition, "--"):
		// Old definitions hold an AUTHORIZATION clause.
		out = s.exec(out, entry, "CREATE SCHEMA "+s.ident(e.Tag)+";\n\n\n")
	case e.Kind == toc.KindBlobMetadata:
		out = s.perLargeObject(out, entry, e, "SELECT pg_catalog.lo_create('", "')")
	case e.Kind == toc.KindACL && strings.HasPrefix(e.Tag, "LARGE OBJECTS"):
		out = s.largeObjectACL(out, entry)
	case e.Definition != "":
		out = s.exec(out, entry, e.Definition+"\n\n")
		if n := semicolons(e.Definition); n > 1 && e.Kind != toc.KindFunction && e.Kind != toc.KindProcedure {
			s.actions += n - 1
		}
	}

	out = s.owner(out, entry)
	if e.RelKind == partitioned && !s.o.NoTableAccessMethod && !e.IsNull(toc.FieldTableAM) {
		out = s.change(out, entry, "ALTER TABLE "+s.qualified(e)+" SET ACCESS METHOD "+s.ident(e.TableAM)+";", "\n\n",
			"could not alter table access method")
	}
	switch e.Kind {
	case toc.KindACL, toc.KindACLLanguage, toc.KindDefaultACL:
		s.user = setting{} // its statements may have changed it
	}
	return out
}

// header is the comment above an entry.
func (s *Session) header(e *toc.Entry, prefix string) string {
	var b []byte
	b = append(b, "--\n"...)
	if s.o.Verbose {
		b = fmt.Appendf(b, "-- TOC entry %d (class %d OID %d)\n", e.ID, e.TableOID, e.OID)
		if len(e.Dependencies) > 0 {
			b = append(b, "-- Dependencies:"...)
			for _, d := range e.Dependencies {
				b = strconv.AppendInt(append(b, ' '), int64(d), 10)
			}
			b = append(b, '\n')
		}
	}
	b = append(b, "-- "...)
	b = append(b, prefix...)
	b = append(append(b, "Name: "...), toc.OneLine(e.Tag)...)
	b = append(append(b, "; Type: "...), e.Desc...)
	b = append(append(b, "; Schema: "...), toc.OneLineOrHyphen(e.Namespace, e.IsNull(toc.FieldNamespace))...)
	b = append(append(b, "; Owner: "...), toc.OneLineOrHyphen(e.Owner, s.o.NoOwner || e.IsNull(toc.FieldOwner))...)
	if e.Tablespace != "" && !s.o.NoTablespaces {
		b = append(append(b, "; Tablespace: "...), toc.OneLine(e.Tablespace)...)
	}
	b = append(b, '\n')
	if s.o.Verbose {
		switch {
		case s.toc.Header.Format == toc.FormatCustom:
			b = fmt.Appendf(b, "-- Data Pos: %d\n", e.Offset)
		case e.FileName != "":
			b = append(append(append(b, "-- File: "...), e.FileName...), '\n')
		}
	}
	return string(append(b, "--\n\n"...))
}

// owner gives an object to its owner, unless the session's user already is.
// Only what can be dropped can be owned. Schema "public", where its definition
// is but a comment, was not made by the session's user.
func (s *Session) owner(out []Unit, entry int) []Unit {
	e := &s.toc.Entries[entry]
	if s.o.NoOwner || e.Owner == "" || e.Drop == "" {
		return out
	}
	if s.o.UseSetSessionAuthorization && !(e.Kind == toc.KindSchema && strings.HasPrefix(e.Definition, "--")) {
		return out
	}
	if e.Kind == toc.KindBlobMetadata {
		before := len(out)
		out = s.perLargeObject(out, entry, e, "ALTER LARGE OBJECT ", " OWNER TO "+s.ident(e.Owner))
		for n := before; n < len(out); n++ {
			if out[n].Op == Exec {
				out[n].Owner = e.Owner
			}
		}
		return out
	}
	object, known := s.ownedObject(e)
	if !known {
		return append(out, Unit{Op: Die, Entry: entry,
			Text: fmt.Sprintf("don't know how to set owner for object type \"%s\"", e.Desc)})
	}
	if object == "" {
		return out
	}
	out = s.exec(out, entry, "ALTER "+object+" OWNER TO "+s.ident(e.Owner)+";\n\n")
	out[len(out)-1].Owner = e.Owner
	return out
}

// ownedObject names the object for ALTER ... OWNER; "" where it has no owner of
// its own (_getObjectDescription). known is false for kinds that PostgreSQL 18
// does not know.
func (s *Session) ownedObject(e *toc.Entry) (object string, known bool) {
	switch e.Kind {
	case toc.KindCollation, toc.KindConversion, toc.KindDomain, toc.KindForeignTable,
		toc.KindMaterializedView, toc.KindSequence, toc.KindStatistics, toc.KindTable,
		toc.KindTextSearchDictionary, toc.KindTextSearchConfiguration, toc.KindType, toc.KindView,
		toc.KindDatabase, toc.KindProceduralLanguage, toc.KindSchema, toc.KindEventTrigger,
		toc.KindForeignDataWrapper, toc.KindServer, toc.KindPublication, toc.KindSubscription:
		return e.Desc + " " + s.qualified(e), true
	case toc.KindBlob:
		return "LARGE OBJECT " + e.Tag, true
	case toc.KindAggregate, toc.KindFunction, toc.KindOperator, toc.KindOperatorClass,
		toc.KindOperatorFamily, toc.KindProcedure:
		// The DROP statement spells the arguments.
		if len(e.Drop) < len("DROP ") {
			return "", true
		}
		return strings.TrimRight(e.Drop[len("DROP "):], "\n;"), true
	case toc.KindCast, toc.KindCheckConstraint, toc.KindConstraint, toc.KindDatabaseProperties,
		toc.KindDefault, toc.KindForeignKey, toc.KindIndex, toc.KindRule, toc.KindTrigger,
		toc.KindRowSecurity, toc.KindPolicy, toc.KindUserMapping:
		return "", true
	default:
		return "", false
	}
}

// data renders the loading of an entry's data.
func (s *Session) data(out []Unit, step Step) []Unit {
	entry := step.Entry
	e := &s.toc.Entries[entry]
	out = s.print(out, entry, "Data for ")
	if e.Kind == toc.KindBlobs || e.Kind == toc.KindBlobComments {
		out = s.note(out, entry, "processing %s", e.Desc)
		out = s.selectSchema(out, entry, "pg_catalog")
		op := LargeObjects
		if e.Kind == toc.KindBlobComments {
			op = Inserts
		}
		return append(out, Unit{Op: op, Entry: entry})
	}

	triggers := s.o.DisableTriggers && step.WithoutSchema
	if triggers {
		out = s.note(out, entry, "disabling triggers for %s", e.Tag)
		out = s.becomeUser(out, entry, s.o.Superuser)
		out = s.exec(out, entry, "ALTER TABLE "+s.qualified(e)+" DISABLE TRIGGER ALL;\n\n")
	}
	out = s.Lane(out, entry)
	namespace := e.Namespace
	if e.IsNull(toc.FieldNamespace) {
		namespace = "(null)"
	}
	out = s.note(out, entry, "processing data for table \"%s.%s\"", namespace, e.Tag)
	transaction := step.Truncate && !s.inTransaction()
	if transaction {
		out = s.begin(out, entry, "")
	}
	if step.Truncate {
		out = s.exec(out, entry, "TRUNCATE TABLE ONLY "+s.qualified(e)+";\n\n")
	}
	switch {
	case e.Copy == "":
		out = append(out, Unit{Op: Inserts, Entry: entry})
	case step.Freeze && step.Truncate:
		out = append(out, Unit{Op: Copy, Entry: entry, Text: Frozen(e.Copy)})
	default:
		out = append(out, Unit{Op: Copy, Entry: entry, Text: e.Copy})
	}
	if transaction {
		out = s.commit(out, entry, "")
	}
	if triggers {
		out = s.note(out, entry, "enabling triggers for %s", e.Tag)
		out = s.becomeUser(out, entry, s.o.Superuser)
		out = s.exec(out, entry, "ALTER TABLE "+s.qualified(e)+" ENABLE TRIGGER ALL;\n\n")
	}
	return out
}

// inTransaction reports whether the units are within a transaction of many.
func (s *Session) inTransaction() bool { return s.o.SingleTransaction || s.o.TransactionSize > 0 }

// Frozen gives a COPY statement as pg_dump writes it, or [Binary], the FREEZE option,
// as it is where it is not known (PostgreSQL takes the old syntax, too).
func Frozen(statement string) string {
	trimmed := strings.TrimRight(statement, " \n")
	if before, found := strings.CutSuffix(trimmed, "(FORMAT binary);"); found {
		return before + "(FORMAT binary, FREEZE);\n"
	}
	if before, found := strings.CutSuffix(trimmed, "FROM stdin;"); found {
		return before + "FROM stdin FREEZE;\n"
	}
	return statement
}

// Binary gives a COPY statement as pg_dump writes it the binary format, and a
// query whose result has the columns that it loads. known is false where the
// statement is not as pg_dump writes it, or names no columns.
func Binary(statement string) (binary, columns string, known bool) {
	before, found := strings.CutSuffix(strings.TrimRight(statement, " \n"), " FROM stdin;")
	target, copies := strings.CutPrefix(before, "COPY ")
	quoted := false
	open := strings.IndexFunc(target, func(c rune) bool {
		quoted = quoted != (c == '"')
		return c == '(' && !quoted
	})
	if !found || !copies || open < 1 || target[open-1] != ' ' || !strings.HasSuffix(target, ")") {
		return "", "", false
	}
	table, list := target[:open], target[open+1:len(target)-1]
	return before + " FROM stdin WITH (FORMAT binary);\n", "SELECT " + list + " FROM ONLY " + table + "LIMIT 0", true
}

// Lane renders what a connection needs set before an entry's COPY.
func (s *Session) Lane(out []Unit, entry int) []Unit {
	return s.selectSchema(s.becomeOwner(out, entry), entry, s.toc.Entries[entry].Namespace)
}

// Truncate renders the emptying of a table, as a statement of its own without
// which the restore cannot go on.
func (s *Session) Truncate(out []Unit, entry int) []Unit {
	return append(s.Lane(out, entry), Unit{Op: ExecOrDie, Entry: entry,
		Text: "TRUNCATE TABLE ONLY " + s.qualified(&s.toc.Entries[entry]), Failure: "could not empty table to load it again"})
}

// Table is the name of an entry's table as statements have it.
func (s *Session) Table(entry int) string { return s.qualified(&s.toc.Entries[entry]) }

// Other renders statements in place of an entry's own, with the settings that
// those would have.
func (s *Session) Other(out []Unit, entry int, text string) []Unit {
	out = s.Lane(out, entry)
	out = s.selectTablespace(out, entry)
	return s.exec(out, entry, text)
}
