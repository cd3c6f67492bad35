package archive

import (
	"context"
	"errors"
	"math"

	"pgrestore/toc"
)

const textWithOIDs = "restoring tables WITH OIDS is not supported anymore"

const (
	// At first, room is made for as many entries as the file is long enough
	// for, each of usualEntry bytes at least; firstStreamEntries where its
	// length is not known. From there on room grows by entriesGrowth, and only
	// as entries are really read. Room that is not used costs no memory.
	usualEntry         = 64
	firstStreamEntries = 1 << 10
	entriesGrowth      = 8
	// A ctx is looked at every entriesPerCheck entries.
	entriesPerCheck = 1 << 12
)

// entries reads the table of contents, mirroring ReadToc.
type entries struct {
	f        *fields
	header   *toc.Header
	warnings []string
	deps     []toc.ID   // free room for dependencies
	last     *toc.Entry // the one before
}

// readTOC reads the header and the entries.
func readTOC(ctx context.Context, f *fields, format toc.Format) (t *toc.TOC, warnings []string, err error) {
	h, warnings := readHeader(f, format)
	if f.err != nil {
		return nil, nil, warned(f.err, warnings)
	}
	list, more, err := readEntries(ctx, f, &h)
	warnings = append(warnings, more...)
	if err != nil {
		return nil, nil, warned(err, warnings)
	}
	return toc.New(h, list), warnings, nil
}

// warned adds to err what pg_restore warns of before it fails so.
func warned(err error, warnings []string) error {
	var known *Error
	if errors.As(err, &known) {
		known.Warnings = warnings
	}
	return err
}

// readEntries reads all entries. The warnings are good even if that fails.
func readEntries(ctx context.Context, f *fields, h *toc.Header) (list []toc.Entry, warnings []string, err error) {
	r := &entries{f: f, header: h, last: &toc.Entry{}}
	count := int(f.int())
	if f.err != nil {
		return nil, nil, f.err
	}
	list = make([]toc.Entry, 0, max(min(count, f.room()), 0))
	for i := 0; i < count; i++ {
		if i%entriesPerCheck == 0 && ctx.Err() != nil {
			return nil, r.warnings, context.Cause(ctx)
		}
		if i == cap(list) {
			grown := make([]toc.Entry, i, min(count, i*entriesGrowth+entriesPerCheck))
			copy(grown, list)
			list = grown
		}
		list = list[:i+1]
		r.entry(&list[i])
		if f.err != nil {
			failed := asError(f.err)
			failed.addDetail("in the table of contents, entry " + ordinal(i+1, count))
			return nil, r.warnings, failed
		}
	}
	return list, r.warnings, nil
}

// room is how many entries to make room for at first.
func (f *fields) room() int {
	if f.left < 0 {
		return firstStreamEntries
	}
	return int((f.left+int64(len(f.unread())))/usualEntry + 1)
}

func (r *entries) entry(e *toc.Entry) {
	f, v, last := r.f, r.header.Version, r.last
	r.last = e
	e.ID = toc.ID(f.int())
	if e.ID <= 0 && f.err == nil {
		f.fail(failure("entry ID %d out of range -- perhaps a corrupt TOC", e.ID))
	}
	e.HasData = f.int() != 0
	if v.AtLeast(8) {
		e.TableOID = scanOID(f.required("table OID"))
	}
	e.OID = scanOID(f.required("OID"))
	f.optional(&e.Tag, &e.Null, toc.FieldTag)
	desc, unnamed := f.text()
	if e.Desc, e.Kind = last.Desc, last.Kind; string(desc) != last.Desc {
		e.Desc = f.keep(desc)
		e.Kind = toc.ParseKind(e.Desc)
	}
	if v.AtLeast(11) {
		e.Section = section(f.int())
	} else {
		e.Section = toc.SectionBefore111(e.Kind)
	}
	f.optional(&e.Definition, &e.Null, toc.FieldDefinition)
	f.optional(&e.Drop, &e.Null, toc.FieldDrop)
	r.since(3, &e.Copy, "", &e.Null, toc.FieldCopy)
	r.since(6, &e.Namespace, last.Namespace, &e.Null, toc.FieldNamespace)
	r.since(10, &e.Tablespace, last.Tablespace, &e.Null, toc.FieldTablespace)
	r.since(14, &e.TableAM, last.TableAM, &e.Null, toc.FieldTableAM)
	if v.AtLeast(16) {
		e.RelKind = byte(f.int())
	}
	f.repeated(&e.Owner, last.Owner, &e.Null, toc.FieldOwner)
	if v.AtLeast(9) {
		e.WithOIDs = string(f.required("WITH OIDS flag")) == "true"
	}
	// Archives before 1.9 do not tell, so pg_restore warns of all entries.
	if f.err == nil && (e.WithOIDs || !v.AtLeast(9)) {
		r.warnings = append(r.warnings, textWithOIDs)
	}
	if v.AtLeast(5) {
		e.Dependencies = r.dependencies()
	}
	r.place(e)
	if unnamed && f.err == nil {
		f.fail(failure("kind of entry is NULL -- perhaps a corrupt TOC"))
	}
}

// place reads where the entry's data is, which formats tell each in their way.
func (r *entries) place(e *toc.Entry) {
	if r.header.Format == toc.FormatCustom {
		r.offset(e)
	} else {
		e.FileName = r.f.keep(r.f.required("file name"))
	}
	if e.FileName == "" {
		e.Null |= toc.FieldFileName
	}
}

// since reads a string that archives before 1.minor do not have; before is what
// it is often the same as.
func (r *entries) since(minor uint8, s *string, before string, null *toc.Fields, field toc.Fields) {
	if !r.header.Version.AtLeast(minor) {
		*null |= field
		return
	}
	r.f.repeated(s, before, null, field)
}

// dependencies reads a list of strings that ends with a NULL.
func (r *entries) dependencies() []toc.ID {
	const room = 1 << 12
	start := len(r.deps)
	for {
		s, isNull := r.f.text()
		if isNull || r.f.err != nil {
			break
		}
		if len(r.deps) == cap(r.deps) {
			grown := make([]toc.ID, len(r.deps)-start, max(room, 2*(len(r.deps)-start)))
			copy(grown, r.deps[start:])
			r.deps, start = grown, 0
		}
		r.deps = append(r.deps, toc.ID(scanInt(s)))
	}
	if len(r.deps) == start {
		return nil
	}
	return r.deps[start:len(r.deps):len(r.deps)]
}

// offset reads where a custom archive's data is, mirroring ReadOffset and
// _ReadExtraToc. Before 1.7 it is an integer, followed by the data's size.
func (r *entries) offset(e *toc.Entry) {
	f := r.f
	if !r.header.Version.AtLeast(7) {
		switch i := f.int(); {
		case i < 0:
			e.DataState = toc.DataUnknown
		case i == 0:
			e.DataState = toc.DataNone
		default:
			e.DataState, e.Offset = toc.DataAt, int64(i)
		}
		f.int()
		return
	}
	flag := f.byte()
	if f.err == nil && (flag < byte(toc.DataUnknown) || flag > byte(toc.DataNone)) {
		f.next--
		f.fail(failure("unexpected data offset flag %d", flag))
	}
	e.DataState = toc.DataState(flag)
	for i, b := range f.take(int(r.header.OffsetSize)) {
		if i < 8 {
			e.Offset |= int64(b) << (8 * i)
		} else if b != 0 {
			f.fail(failure("file offset in dump file is too large"))
		}
	}
}

// section keeps the codes that are none of ours apart from those that are.
func section(code int32) toc.Section {
	if code < 0 || code > math.MaxUint8 {
		return 0
	}
	return toc.Section(code)
}
