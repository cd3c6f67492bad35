package archive

import (
	"bytes"
	"time"

	"pgrestore/toc"
)

const magic = "PGDMP"

// Codes of the formats in the header (pg_backup.h, ArchiveFormat).
const (
	codeCustom    = 1
	codeTar       = 3
	codeDirectory = 5
)

func formatCode(f toc.Format) int {
	switch f {
	case toc.FormatCustom:
		return codeCustom
	case toc.FormatTar:
		return codeTar
	case toc.FormatDirectory:
		return codeDirectory
	default:
		return 0
	}
}

// newest is the newest version that can be read, 1.16.255.
const newest = 1<<16 | 16<<8 | 255

// readHeader mirrors ReadHead. The table of contents of a directory carries
// the code of the tar format.
func readHeader(f *fields, format toc.Format) (h toc.Header, warnings []string) {
	if m := f.take(len(magic)); f.err == nil && !bytes.Equal(m, []byte(magic)) {
		f.next -= len(magic)
		f.fail(failure("did not find magic string in file header"))
	}
	h.Format = format
	h.Version = readVersion(f)
	if f.err != nil {
		return h, warnings
	}
	h.IntSize = f.byte()
	if h.IntSize > maxIntSize {
		f.fail(failure("sanity check on integer size (%d) failed", h.IntSize))
	}
	if h.IntSize > 4 {
		warnings = append(warnings, "archive was made on a machine with larger integers, some operations might fail")
	}
	f.ints = intFormat{
		size:     int(h.IntSize),
		hasSign:  h.Version != toc.Version{Major: 1},
		dataType: h.Version.AtLeast(3),
	}
	h.OffsetSize = h.IntSize
	if h.Version.AtLeast(7) {
		h.OffsetSize = f.byte()
	}
	want := format
	if format == toc.FormatDirectory {
		want = toc.FormatTar
	}
	if code := int(f.byte()); f.err == nil && code != formatCode(want) {
		f.fail(failure("expected format (%d) differs from format found in file (%d)", formatCode(want), code))
	}
	h.Compression = readCompression(f, h.Version)
	if f.err != nil {
		return h, warnings
	}
	if h.Compression > toc.CompressionZstd {
		warnings = append(warnings, "archive is compressed, but this installation does not support compression ("+
			unsupported(h.Compression)+") -- no data will be available")
	}
	if h.Version.AtLeast(4) {
		h.HasCreated = true
		h.Created = readTime(f)
		if _, ok := h.Created.In(time.Local); !ok && f.err == nil {
			warnings = append(warnings, "invalid creation date in header")
		}
		h.Database, _ = f.string()
	}
	if h.Version.AtLeast(10) {
		var isNull bool
		h.ServerVersion, isNull = f.string()
		h.HasServerVersion = !isNull
		h.DumpVersion, isNull = f.string()
		h.HasDumpVersion = !isNull
	}
	return h, warnings
}

// readVersion reads the version, whose bytes are signed to pg_restore; 1.0 has
// no revision.
func readVersion(f *fields) toc.Version {
	major, minor := int(int8(f.byte())), int(int8(f.byte()))
	revision := 0
	if major > 1 || major == 1 && minor > 0 {
		revision = int(int8(f.byte()))
	}
	version := (major*256+minor)*256 + revision
	if f.err == nil && (version < 1<<16 || version > newest) {
		f.fail(failure("unsupported version (%d.%d) in file header", major, minor))
	}
	return toc.Version{Major: uint8(version >> 16), Minor: uint8(version >> 8), Rev: uint8(version)}
}

// readCompression reads the algorithm, which archives before 1.15 tell only by
// a level, and those before 1.2 not at all: they are always compressed.
func readCompression(f *fields, v toc.Version) toc.Compression {
	var level int32
	switch {
	case v.AtLeast(15):
		return toc.Compression(f.byte())
	case v.AtLeast(4):
		level = f.int()
	case v.AtLeast(2):
		level = int32(f.byte())
	default:
		level = -1
	}
	if level != 0 {
		return toc.CompressionGzip
	}
	return toc.CompressionNone
}

// unsupported is supports_compression's text.
func unsupported(c toc.Compression) string {
	return "this build does not support compression with " + c.String()
}

func readTime(f *fields) (t toc.CalendarTime) {
	for _, field := range []*int{&t.Second, &t.Minute, &t.Hour, &t.Day, &t.Month, &t.Year, &t.IsDST} {
		*field = int(f.int())
	}
	return t
}
