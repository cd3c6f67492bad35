package script

import (
	"fmt"
	"strings"

	"pgrestore/toc"
)

// LargeObjectChunk is how many bytes of a large object one statement writes
// (pg_backup_archiver.h, LOBBUFSIZE).
const LargeObjectChunk = 16384

// perLargeObject renders a command for each large object that the BLOB METADATA
// entry list names: its definition holds one OID a line.
func (s *Session) perLargeObject(out []Unit, entry int, list *toc.Entry, before, after string) []Unit {
	rest := list.Definition
	for {
		oid, tail, found := strings.Cut(rest, "\n")
		if !found {
			break
		}
		rest = tail
		out = s.exec(out, entry, before+oid+after+";\n")
		out = s.countActions(out, entry, 1, "COMMIT;\nBEGIN;\n\n")
	}
	return s.comment(out, "\n")
}

// largeObjectACL renders the privileges of many large objects. The entry holds
// the commands for the first of them; those for the others differ only in the
// OID (IssueACLPerBlob).
func (s *Session) largeObjectACL(out []Unit, entry int) []Unit {
	e := &s.toc.Entries[entry]
	if len(e.Dependencies) == 0 {
		return append(out, Unit{Op: Die, Entry: entry, Text: "large object privileges without large objects: entry " + e.String()})
	}
	list := s.toc.Get(e.Dependencies[0])
	if list == nil {
		return append(out, Unit{Op: Die, Entry: entry, Text: fmt.Sprintf("could not find entry for ID %d", e.Dependencies[0])})
	}
	const marker = "LARGE OBJECT "
	text := e.Definition
	quoted := false
	start, markerEnd, afterOID := 0, -1, -1
	for i := 0; i < len(text); {
		switch {
		case text[i] == '"':
			quoted = !quoted
			i++
		case quoted:
			i++
		case afterOID < 0 && strings.HasPrefix(text[i:], marker):
			i += len(marker)
			markerEnd = i
			for i < len(text) && text[i] >= '0' && text[i] <= '9' {
				i++
			}
			afterOID = i
		case text[i] == ';':
			if afterOID >= 0 {
				out = s.perLargeObject(out, entry, list, text[start:markerEnd], text[afterOID:i])
			} else {
				// SET or RESET SESSION AUTHORIZATION: once for all. pg_restore
				// makes a statement of it for each object, and none that works.
				out = s.exec(out, entry, text[start:i]+";\n")
			}
			i++
			for i < len(text) && strings.IndexByte(" \t\n\v\f\r", text[i]) >= 0 {
				i++
			}
			start, markerEnd, afterOID = i, -1, -1
		default:
			i++
		}
	}
	return out
}

// UnlinkIfExists is the statement that removes a large object if there is one.
func UnlinkIfExists(oid toc.OID) string {
	return fmt.Sprintf("SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '%d';\n", oid)
}

// LargeObjectStyle is how the large objects of an archive are loaded.
type LargeObjectStyle struct {
	// Create is true for archives older than 1.12, where loading also makes
	// the object; Drop, with it, unlinks it first, for -c.
	Create, Drop bool
	// Transaction is true where the loading of an entry is a transaction.
	Transaction bool
	// Notes is how often the line for an object comes: pg_restore says it
	// twice for tar archives.
	Notes int
}

// LargeObjectStyle gives the style of this session.
func (s *Session) LargeObjectStyle() LargeObjectStyle {
	old := !s.toc.Header.Version.AtLeast(12)
	notes := 1
	if s.toc.Header.Format == toc.FormatTar {
		notes = 2
	}
	return LargeObjectStyle{
		Notes:       notes,
		Create:      old,
		Drop:        old && s.o.Clean,
		Transaction: !s.o.SingleTransaction && s.o.TransactionSize == 0,
	}
}

// OpenLargeObject is the statement that opens a large object for writing.
func OpenLargeObject(oid toc.OID, create bool) string {
	const write = 131072 // INV_WRITE
	if create {
		return fmt.Sprintf("SELECT pg_catalog.lo_open(pg_catalog.lo_create('%d'), %d);\n", oid, write)
	}
	return fmt.Sprintf("SELECT pg_catalog.lo_open('%d', %d);\n", oid, write)
}

// AppendLargeObject appends the statements that load a small large object whole.
func AppendLargeObject(dst []byte, oid toc.OID, content []byte, conforming bool) []byte {
	dst = append(dst, OpenLargeObject(oid, false)...)
	if len(content) > 0 {
		dst = AppendLargeObjectWrite(dst, content, conforming)
	}
	return append(dst, CloseLargeObject...)
}

// CloseLargeObject is the statement that closes it.
const CloseLargeObject = "SELECT pg_catalog.lo_close(0);\n\n"

// AppendLargeObjectWrite appends the statement that writes a chunk to the large
// object that was opened last.
func AppendLargeObjectWrite(dst, chunk []byte, conforming bool) []byte {
	dst = append(dst, "SELECT pg_catalog.lowrite(0, "...)
	dst = appendBytea(dst, chunk, conforming)
	return append(dst, ");\n"...)
}
