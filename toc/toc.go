// Package toc holds the table of contents of a PostgreSQL archive as plain
// values: a [Header], the [Entry] values in archive order, their [Kind] and
// [Section], and the list files that pg_restore's -l writes and -L reads.
//
// It does no I/O, knows no options and never changes an Entry: what a restore
// wants of the entries stands beside them, in slices of the same length.
//
//	t := toc.New(header, entries)
//	for i := range t.Entries {
//		e := &t.Entries[i]
//		fmt.Println(e.ID, e.Kind, e.Namespace, e.Tag)
//	}
package toc

import (
	"fmt"
	"strings"
	"time"
)

// ID is an entry's dump ID: positive, unique in its archive.
type ID int32

// OID is a PostgreSQL object identifier.
type OID uint32

// Version is an archive format version, 1.0.0 to 1.16.x (pg_backup_archiver.h,
// K_VERS_*).
type Version struct{ Major, Minor, Rev uint8 }

// AtLeast reports whether v is 1.minor or later.
func (v Version) AtLeast(minor uint8) bool {
	return v.Major > 1 || v.Major == 1 && v.Minor >= minor
}

// String gives the form of -l: "1.16-0".
func (v Version) String() string {
	return fmt.Sprintf("%d.%d-%d", v.Major, v.Minor, v.Rev)
}

// Format is the container an archive came in.
type Format uint8

// The formats, with pg_dump's letters c, t and d.
const (
	FormatUnknown Format = iota
	FormatCustom
	FormatTar
	FormatDirectory
)

// String gives the form of -l.
func (f Format) String() string {
	switch f {
	case FormatCustom:
		return "CUSTOM"
	case FormatTar:
		return "TAR"
	case FormatDirectory:
		return "DIRECTORY"
	default:
		return "UNKNOWN"
	}
}

// Compression is the algorithm that an archive's header names.
type Compression uint8

// The algorithms with their codes in archives from 1.15 on.
const (
	CompressionNone Compression = iota
	CompressionGzip
	CompressionLZ4
	CompressionZstd
)

// String gives the form of -l; an unknown code is "???".
func (c Compression) String() string {
	switch c {
	case CompressionNone:
		return "none"
	case CompressionGzip:
		return "gzip"
	case CompressionLZ4:
		return "lz4"
	case CompressionZstd:
		return "zstd"
	default:
		return "???"
	}
}

// CalendarTime is the creation time as the archive stores it: the fields of
// C's struct tm in the time zone of the machine that ran pg_dump, which is not
// recorded. Year counts from 1900, Month from 0.
type CalendarTime struct {
	Second, Minute, Hour, Day, Month, Year int
	IsDST                                  int
}

// In gives the instant as pg_restore does (ReadHead): as if the fields were in
// the given zone. ok is false where C's mktime would refuse them.
func (c CalendarTime) In(zone *time.Location) (at time.Time, ok bool) {
	fields := func(zone *time.Location) time.Time {
		return time.Date(1900+c.Year, time.Month(1+c.Month), c.Day, c.Hour, c.Minute, c.Second, 0, zone)
	}
	at = fields(zone)
	if c.IsDST >= 0 {
		at = fields(time.UTC).Add(-offset(at, c.IsDST > 0)).In(zone)
	}
	tmYear := at.Year() - 1900
	return at, at.Unix() != -1 && tmYear == int(int32(tmYear))
}

// offset is the zone's offset at the given time, or, where its clocks are not
// set as isDST says, at the nearest time when they are, as glibc's mktime looks
// for it.
func offset(at time.Time, isDST bool) time.Duration {
	_, here := at.Zone()
	if at.IsDST() == isDST {
		return time.Duration(here) * time.Second
	}
	const week, years = 7 * 24 * time.Hour, 8 * 366 * 24 * time.Hour
	for step := week; step < years; step += week {
		for _, other := range [...]time.Time{at.Add(-step), at.Add(step)} {
			if other.IsDST() == isDST {
				_, there := other.Zone()
				return time.Duration(there) * time.Second
			}
		}
	}
	return time.Duration(here) * time.Second
}

// Header is what stands before the entries.
type Header struct {
	Version     Version
	IntSize     uint8 // bytes of an integer in this archive
	OffsetSize  uint8 // bytes of a data offset
	Format      Format
	Compression Compression
	// Created is all zero, and HasCreated false, before 1.4.
	Created    CalendarTime
	HasCreated bool
	Database   string // name of the dumped database; from 1.4
	// The versions are those of the dumped server and of pg_dump; from 1.10.
	// Their Has fields are false where the archive holds NULL or is older.
	ServerVersion    string
	DumpVersion      string
	HasServerVersion bool
	HasDumpVersion   bool
}

// DumpMajor gives the major version of the pg_dump that wrote the archive, 906
// for 9.6 and 1500 for 15, 0 where it is not known.
func (h *Header) DumpMajor() int {
	var major, minor int
	n, _ := fmt.Sscanf(h.DumpVersion, "%d.%d", &major, &minor)
	switch {
	case n == 0 || !h.HasDumpVersion:
		return 0
	case major >= 10:
		return major * 100
	default:
		return major*100 + minor
	}
}

// Section is the part of a restore that an entry belongs to.
type Section uint8

// The sections with their codes in archives (pg_backup.h, teSection).
const (
	SectionNone     Section = 1 // comments, ACLs: wherever their object is
	SectionPreData  Section = 2
	SectionData     Section = 3
	SectionPostData Section = 4
)

// Fields is a set of an entry's text fields.
type Fields uint16

// The text fields that an archive may hold as NULL, which pg_restore prints
// otherwise than an empty text.
const (
	FieldTag Fields = 1 << iota
	FieldDefinition
	FieldDrop
	FieldCopy
	FieldNamespace
	FieldTablespace
	FieldTableAM
	FieldOwner
	FieldFileName
)

// DataState tells where a custom archive's data block is (K_OFFSET_*).
type DataState uint8

// The states. Archives written to a pipe have DataUnknown everywhere.
const (
	DataUnknown DataState = 1 // not recorded: the file has to be searched
	DataAt      DataState = 2 // at Entry.Offset
	DataNone    DataState = 3 // there is none
)

// Entry is one item of the table of contents. It is never changed once the
// archive is open. Texts are the archive's bytes up to the first NUL, in the
// encoding that the archive's ENCODING entry names.
type Entry struct {
	ID       ID
	HasData  bool // pg_dump had data to write for it (hadDumper)
	Section  Section
	Kind     Kind
	TableOID OID // OID of the catalogue; 0 before 1.8
	OID      OID
	Null     Fields // fields that are NULL rather than empty
	RelKind  byte   // pg_class.relkind; 0 before 1.16
	WithOIDs bool   // made WITH OIDS, which no server since 12 can restore
	// DataState is of the custom format.
	DataState DataState

	Desc       string // the kind as the archive spells it, e.g. "TABLE DATA"
	Tag        string // the object's name
	Definition string // SQL that makes it (te->defn)
	Drop       string // SQL that drops it
	Copy       string // COPY statement of a TABLE DATA entry; "" for INSERTs
	Namespace  string
	Tablespace string
	TableAM    string // table access method
	Owner      string

	Dependencies []ID

	Offset   int64  // custom format: file offset of the data block's header
	FileName string // directory and tar format: file that holds the data
}

// IsNull reports whether the field f is NULL in the archive.
func (e *Entry) IsNull(f Fields) bool { return e.Null&f != 0 }

// String names the entry as pg_restore does in its context lines.
func (e *Entry) String() string {
	owner := e.Owner
	if e.IsNull(FieldOwner) {
		owner = "(no owner)"
	}
	tag := e.Tag
	if e.IsNull(FieldTag) {
		tag = "(no tag)"
	}
	return fmt.Sprintf("%d; %d %d %s %s %s", e.ID, e.TableOID, e.OID, e.Desc, tag, owner)
}

// IsLoadViaRootNote reports whether the entry's definition is no statement but
// the note that its rows go to a partitioned table above it.
func (e *Entry) IsLoadViaRootNote() bool {
	return strings.HasPrefix(e.Definition, "-- load via partition root ")
}

// TOC is a table of contents in archive order with an index by ID.
type TOC struct {
	Header  Header
	Entries []Entry

	// The entry of an ID stands at one less than byID[ID]; 0 is none. IDs are
	// dense, as a rule; those beyond byID are in farID.
	byID  []int32
	farID map[ID]int32
}

// New makes a TOC of entries, which it keeps. Of two entries with the same ID
// the later one is found by it, as in pg_restore.
func New(h Header, entries []Entry) *TOC {
	t := &TOC{Header: h, Entries: entries}
	t.byID = make([]int32, min(int(t.MaxID()), 4*len(entries))+1)
	for i := range entries {
		if id := entries[i].ID; id >= 0 && int(id) < len(t.byID) {
			t.byID[id] = int32(i) + 1
			continue
		}
		if t.farID == nil {
			t.farID = make(map[ID]int32)
		}
		t.farID[entries[i].ID] = int32(i) + 1
	}
	return t
}

// Index gives the position in Entries of the entry with the given ID.
func (t *TOC) Index(id ID) (index int, ok bool) {
	place := int32(0)
	if id >= 0 && int(id) < len(t.byID) {
		place = t.byID[id]
	} else {
		place = t.farID[id]
	}
	return int(place) - 1, place > 0
}

// Get gives the entry with the given ID, or nil.
func (t *TOC) Get(id ID) *Entry {
	if i, ok := t.Index(id); ok {
		return &t.Entries[i]
	}
	return nil
}

// MaxID is the largest ID in the archive, 0 where it has no entries.
func (t *TOC) MaxID() ID {
	var highest ID
	for i := range t.Entries {
		highest = max(highest, t.Entries[i].ID)
	}
	return highest
}
