// Package archivetest makes archives of every version, format and compression
// from a plain description. It is for tests: real archives of most versions are
// hard to come by. It is written from the format's description alone and shares
// no code with the reader.
//
//	a := archivetest.Sample(toc.Version{Major: 1, Minor: 3})
//	a.Compression = toc.CompressionGzip
//	file := a.Custom()
package archivetest

import (
	"fmt"
	"os"
	"path/filepath"

	"pgrestore/toc"
)

// Archive describes an archive. The zero values of its settings are what
// today's pg_dump would write.
type Archive struct {
	Version     toc.Version // zero is 1.16
	Compression toc.Compression
	IntSize     int  // 0 is 4
	OffsetSize  int  // 0 is 8
	NoOffsets   bool // custom format, written to a pipe
	BlockSize   int  // custom format: bytes of stored data a block; 0 is 4096
	Checksum    bool // custom format with zstd: frames have a checksum, unlike pg_dump's
	// TarMagic is "ustar\x0000", "ustar  \x00" or "ustar00\x00"; the first if empty.
	TarMagic string

	Database      string
	ServerVersion string
	DumpVersion   string
	Created       toc.CalendarTime
	Entries       []Entry
}

// Entry is an entry with its data. DataState, Offset and FileName are filled
// in by the writer: an entry has data if HasData is set.
type Entry struct {
	toc.Entry
	Data    []byte
	Objects []Object // of a BLOBS entry
}

// Object is a large object.
type Object struct {
	OID  toc.OID
	Data []byte
}

func (a *Archive) version() toc.Version {
	if a.Version == (toc.Version{}) {
		return toc.Version{Major: 1, Minor: 16}
	}
	return a.Version
}

func (a *Archive) intSize() int { return orDefault(a.IntSize, 4) }

func (a *Archive) offsetSize() int { return orDefault(a.OffsetSize, 8) }

func (a *Archive) blockSize() int { return orDefault(a.BlockSize, 4096) }

func orDefault(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

// File is a file of a directory archive or a member of a tar archive.
type File struct {
	Name    string
	Content []byte
}

// Directory gives the files of the archive in directory format, in the order
// in which pg_dump makes them.
func (a *Archive) Directory() []File {
	names := a.fileNames(true)
	files := []File{{"toc.dat", a.tableOfContents(codeTar, nil, names)}}
	for i := range a.Entries {
		e := &a.Entries[i]
		if !e.HasData {
			continue
		}
		if e.Kind == toc.KindBlobs {
			files = append(files, a.objectFiles(e, fileSuffix(a.Compression))...)
			continue
		}
		files = append(files, File{names[i] + fileSuffix(a.Compression), compressFile(a.Compression, e.Data)})
	}
	return files
}

// objectFiles are a BLOBS entry's files: its large objects and their list,
// which is never compressed.
func (a *Archive) objectFiles(e *Entry, suffix string) (files []File) {
	c := a.Compression
	if suffix == "" {
		c = toc.CompressionNone
	}
	var list []byte
	for _, o := range e.Objects {
		name := fmt.Sprintf("blob_%d.dat", o.OID)
		files = append(files, File{name + suffix, compressFile(c, o.Data)})
		list = fmt.Appendf(list, "%d %s\n", o.OID, name)
	}
	return append(files, File{a.listName(e), list})
}

func (a *Archive) listName(e *Entry) string {
	if a.version().AtLeast(16) {
		return fmt.Sprintf("blobs_%d.toc", e.ID)
	}
	return "blobs.toc"
}

// fileNames are the names that the table of contents gives, "" for an entry
// without data. A directory names the list of a BLOBS entry; a tar names a
// file that does not exist.
func (a *Archive) fileNames(directory bool) []string {
	names := make([]string, len(a.Entries))
	for i := range a.Entries {
		e := &a.Entries[i]
		if e.HasData {
			names[i] = fmt.Sprintf("%d.dat", e.ID)
		}
		if e.HasData && directory && e.Kind == toc.KindBlobs {
			names[i] = a.listName(e)
		}
	}
	return names
}

// WriteDirectory writes the archive's files to the directory dir.
func (a *Archive) WriteDirectory(dir string) error {
	return WriteFiles(dir, a.Directory())
}

// WriteFiles writes files to the directory dir.
func WriteFiles(dir string, files []File) error {
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
