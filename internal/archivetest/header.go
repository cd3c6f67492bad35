package archivetest

import (
	"strconv"

	"pgrestore/toc"
)

// Codes of the formats in the header.
const (
	codeCustom = 1
	codeTar    = 3
)

// writer appends an archive's parts in the representation of its version.
type writer struct {
	a *Archive
	b []byte
}

func (w *writer) byte(b byte) { w.b = append(w.b, b) }

// int writes a sign byte, from 1.1 on, and the bytes of the number, lowest first.
func (w *writer) int(n int) {
	u := uint64(int64(n))
	if v := w.a.version(); v != (toc.Version{Major: 1}) {
		sign := byte(0)
		if n < 0 {
			sign, u = 1, -u
		}
		w.byte(sign)
	}
	for k := range w.a.intSize() {
		if k < 8 {
			w.byte(byte(u >> (8 * k)))
		} else {
			w.byte(0)
		}
	}
}

func (w *writer) string(s string) {
	w.int(len(s))
	w.b = append(w.b, s...)
}

func (w *writer) null() { w.int(-1) }

func (w *writer) optional(s string, isNull bool) {
	if isNull {
		w.null()
		return
	}
	w.string(s)
}

// header writes what stands before the table of contents.
func (w *writer) header(format byte) {
	a, v := w.a, w.a.version()
	w.b = append(w.b, "PGDMP"...)
	w.byte(v.Major)
	w.byte(v.Minor)
	if v.AtLeast(1) {
		w.byte(v.Rev)
	}
	w.byte(byte(a.intSize()))
	if v.AtLeast(7) {
		w.byte(byte(a.offsetSize()))
	}
	w.byte(format)
	w.compression()
	if v.AtLeast(4) {
		c := a.Created
		for _, n := range []int{c.Second, c.Minute, c.Hour, c.Day, c.Month, c.Year, c.IsDST} {
			w.int(n)
		}
		w.string(a.Database)
	}
	if v.AtLeast(10) {
		w.string(a.ServerVersion)
		w.string(a.DumpVersion)
	}
}

// compression writes the algorithm or, before 1.15, the level of gzip. Before
// 1.2, data is always compressed.
func (w *writer) compression() {
	level := 0
	if w.a.Compression != toc.CompressionNone {
		level = -1 // zlib's default
	}
	switch v := w.a.version(); {
	case v.AtLeast(15):
		w.byte(byte(w.a.Compression))
	case v.AtLeast(4):
		w.int(level)
	case v.AtLeast(2):
		w.byte(byte(level))
	}
}

// offset is where a custom archive's data is.
type offset struct {
	state toc.DataState
	at    int64
}

// tableOfContents writes the header and all entries. One of offsets and names
// is given.
func (a *Archive) tableOfContents(format byte, offsets []offset, names []string) []byte {
	w := &writer{a: a}
	w.header(format)
	w.int(len(a.Entries))
	for i := range a.Entries {
		w.entry(&a.Entries[i])
		if names != nil {
			w.string(names[i])
		} else {
			w.offset(offsets[i])
		}
	}
	return w.b
}

func (w *writer) entry(e *Entry) {
	v := w.a.version()
	w.int(int(e.ID))
	hadDumper := 0
	if e.HasData {
		hadDumper = 1
	}
	w.int(hadDumper)
	if v.AtLeast(8) {
		w.string(strconv.FormatUint(uint64(e.TableOID), 10))
	}
	w.string(strconv.FormatUint(uint64(e.OID), 10))
	w.optional(e.Tag, e.IsNull(toc.FieldTag))
	w.string(e.Desc)
	if v.AtLeast(11) {
		w.int(int(e.Section))
	}
	w.optional(e.Definition, e.IsNull(toc.FieldDefinition))
	w.optional(e.Drop, e.IsNull(toc.FieldDrop))
	if v.AtLeast(3) {
		w.optional(e.Copy, e.IsNull(toc.FieldCopy))
	}
	if v.AtLeast(6) {
		w.optional(e.Namespace, e.IsNull(toc.FieldNamespace))
	}
	if v.AtLeast(10) {
		w.optional(e.Tablespace, e.IsNull(toc.FieldTablespace))
	}
	if v.AtLeast(14) {
		w.optional(e.TableAM, e.IsNull(toc.FieldTableAM))
	}
	if v.AtLeast(16) {
		w.int(int(e.RelKind))
	}
	w.optional(e.Owner, e.IsNull(toc.FieldOwner))
	if v.AtLeast(9) {
		w.string(strconv.FormatBool(e.WithOIDs))
	}
	if v.AtLeast(5) {
		for _, id := range e.Dependencies {
			w.string(strconv.Itoa(int(id)))
		}
		w.null()
	}
}

// offset writes a flag and a number or, before 1.7, a number that tells both,
// with an unused size after it.
func (w *writer) offset(o offset) {
	if !w.a.version().AtLeast(7) {
		switch o.state {
		case toc.DataNone:
			w.int(0)
		case toc.DataAt:
			w.int(int(o.at))
		default:
			w.int(-1)
		}
		w.int(0)
		return
	}
	w.byte(byte(o.state))
	for k := range w.a.offsetSize() {
		if k < 8 {
			w.byte(byte(o.at >> (8 * k)))
		} else {
			w.byte(0)
		}
	}
}
