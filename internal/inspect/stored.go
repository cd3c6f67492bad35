package inspect

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pgrestore/archive"
	"pgrestore/toc"
)

// surveyLimit is the size of an archive without data offsets, in bytes, up to
// which its block headers are looked for, which takes a few seconds at most.
const surveyLimit = 4 << 30

// stored is what is known of where the data lies, without reading it.
type stored struct {
	bytes []Number // size of each entry's data; of BLOBS entries in a custom archive only
	total Number   // of the archive
	why   string   // why sizes are not known, for [Data.Why]
	plain bool     // the data takes as much when it is read

	objects     Number // large objects that are files or members of their own
	objectBytes Number

	damage []Damage // that shows without reading
}

// findStored finds the sizes of the data.
func findStored(ctx context.Context, a *archive.Archive, o Options, inout IO) (*stored, error) {
	s := &stored{bytes: make([]Number, len(a.TOC().Entries)), total: inputSize(o.Input, inout.Stdin)}
	switch {
	case a.TOC().Header.Format == toc.FormatDirectory:
		return s, s.folder(a, o.Input)
	case a.TOC().Header.Format == toc.FormatTar && a.Seekable():
		return s, s.tar(ctx, a)
	case a.TOC().Header.Format == toc.FormatCustom && (a.Seekable() || hasOffsets(a.TOC())):
		return s, s.custom(ctx, a, o, inout.Stdin)
	default:
		s.why = "stream"
		return s, nil
	}
}

// inputSize is the size of the file that is read.
func inputSize(input string, stdin *os.File) Number {
	if input != "" {
		info, err := os.Stat(input)
		if err != nil || !info.Mode().IsRegular() {
			return Number{}
		}
		return known(info.Size())
	}
	if stdin == nil {
		return Number{}
	}
	info, err := stdin.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return Number{}
	}
	position, err := stdin.Seek(0, io.SeekCurrent)
	if err != nil {
		return Number{}
	}
	return known(max(info.Size()-position, 0))
}

// hasOffsets reports whether the archive says where its data is.
func hasOffsets(t *toc.TOC) bool {
	return !slices.ContainsFunc(t.Entries, func(e toc.Entry) bool { return e.HasData && e.DataState == toc.DataUnknown })
}

// custom takes the sizes that follow from the offsets, or from a survey.
func (s *stored) custom(ctx context.Context, a *archive.Archive, o Options, stdin *os.File) error {
	offsets := hasOffsets(a.TOC())
	if !offsets {
		if !o.Deep && (!s.total.Known || s.total.N > surveyLimit) {
			s.why = "pipe"
			return nil
		}
		if err := a.Survey(ctx, math.MaxInt64); err != nil {
			return err
		}
	}
	var missing absent
	for i := range a.TOC().Entries {
		e := &a.TOC().Entries[i]
		if !e.HasData || e.DataState == toc.DataNone {
			continue
		}
		size := a.DataSize(e.ID)
		if offsets && s.total.Known {
			left := max(s.total.N-max(e.Offset, 0), 0)
			if size > left || left == 0 {
				missing.add(e)
			}
			size = min(size, left)
		} else if !offsets && size == 0 {
			missing.add(e)
		}
		// In a stream, nobody knows where the last data ends.
		s.bytes[i] = Number{size, a.Seekable() || size > 0}
		if !s.bytes[i].Known {
			s.why = "stream"
		}
	}
	switch {
	case missing.count > 0:
		s.damage = append(s.damage, missing.damage("the file is cut short: the data of %s is not all there"))
	case offsets && !o.Deep && !endsWithData(a.TOC(), o.Input, stdin):
		s.damage = append(s.damage, Damage{Text: "the file does not end where its last data does: it is cut short, or goes on"})
	}
	return nil
}

// endsWithData reports whether a file ends as the data of a custom archive
// does, with a zero for the length of the next piece. An archive that holds no
// data may end with anything, and so may what is no file.
func endsWithData(t *toc.TOC, input string, stdin *os.File) bool {
	if !slices.ContainsFunc(t.Entries, func(e toc.Entry) bool { return e.DataState == toc.DataAt }) {
		return true
	}
	file := stdin
	if input != "" {
		var err error
		if file, err = os.Open(input); err != nil {
			return true
		}
		defer file.Close()
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return true
	}
	zero := make([]byte, 1+int(t.Header.IntSize)) // the sign, then the number
	last := make([]byte, len(zero))
	if _, err := file.ReadAt(last, info.Size()-int64(len(last))); err != nil {
		return true
	}
	return bytes.Equal(last, zero)
}

// absent are entries whose data is not there, or not all of it.
type absent struct {
	count int
	first *toc.Entry
}

func (m *absent) add(e *toc.Entry) {
	if m.count == 0 {
		m.first = e
	}
	m.count++
}

func (m *absent) damage(format string) Damage {
	d := Damage{ID: int(m.first.ID), Entry: Name(entryName(m.first)), Text: fmt.Sprintf(format, "1 entry")}
	if m.count > 1 {
		d.Text = fmt.Sprintf(format, fmt.Sprintf("%d entries", m.count))
		d.Detail = "this entry is the first of them"
	}
	return d
}

// tar takes the sizes of the members.
func (s *stored) tar(ctx context.Context, a *archive.Archive) error {
	members, err := a.TarMembers(ctx)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		s.damage = append(s.damage, damageOf(nil, err))
	}
	sizes := make(map[string]int64, len(members))
	s.plain = true
	s.objects, s.objectBytes = known(0), known(0)
	for _, m := range members {
		if _, twice := sizes[m.Name]; !twice {
			sizes[m.Name] = m.Size
		}
		if isObjectFile(m.Name) {
			s.objects.N++
			s.objectBytes.N += m.Size
		}
	}
	var missing absent
	for i := range a.TOC().Entries {
		e := &a.TOC().Entries[i]
		if !e.HasData || e.FileName == "" || e.Kind == toc.KindBlobs {
			continue
		}
		size, found := sizes[e.FileName]
		if !found {
			missing.add(e)
		}
		s.bytes[i] = Number{size, found}
	}
	if missing.count > 0 {
		s.damage = append(s.damage, missing.damage("the data of %s is not in the tar archive"))
	}
	if n := len(members); err == nil && n > 0 && s.total.Known && members[n-1].Offset+members[n-1].Size > s.total.N {
		s.damage = append(s.damage, Damage{Text: "the file is cut short", Detail: fmt.Sprintf("in the member %q", members[n-1].Name)})
	}
	return nil
}

// isObjectFile reports whether a file or member holds a large object.
func isObjectFile(name string) bool { return strings.HasPrefix(name, "blob_") }

// folder takes the sizes of the files.
func (s *stored) folder(a *archive.Archive, path string) error {
	s.total, s.objects, s.objectBytes, s.plain = known(0), known(0), known(0), true
	files := map[string]int64{}
	err := eachFile(path, func(name string, size int64) {
		s.total.N += size
		if isObjectFile(name) {
			s.objects.N++
			s.objectBytes.N += size
			return
		}
		files[name] = size
	})
	if err != nil {
		return err
	}
	var missing absent
	for i := range a.TOC().Entries {
		e := &a.TOC().Entries[i]
		if !e.HasData || e.FileName == "" {
			continue
		}
		name := e.FileName
		if e.Kind == toc.KindBlobs && !a.TOC().Header.Version.AtLeast(16) {
			name = "blobs.toc" // what the archive says was wrong until then
		}
		size, plain, found := fileSize(files, name)
		s.plain = s.plain && plain
		if !found {
			missing.add(e)
		}
		if e.Kind != toc.KindBlobs {
			s.bytes[i] = Number{size, found}
		}
	}
	if missing.count > 0 {
		s.damage = append(s.damage, missing.damage("the file of %s is missing"))
	}
	return nil
}

// fileSize finds a file by its name, then it is plain, or its name with one of
// the suffixes that tell a compression.
func fileSize(files map[string]int64, name string) (size int64, plain, found bool) {
	for _, suffix := range []string{"", ".gz", ".lz4", ".zst"} {
		if size, ok := files[name+suffix]; ok {
			return size, suffix == "", true
		}
	}
	return 0, false, false
}

// eachFile calls yield for each file of a folder, in no order. There may be
// millions of large objects, so they are never all held.
func eachFile(path string, yield func(name string, size int64)) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	for {
		files, err := d.ReadDir(1024)
		for _, f := range files {
			if info, err := fileInfo(path, f); err == nil && info.Mode().IsRegular() {
				yield(f.Name(), info.Size())
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// fileInfo follows links, as reading does.
func fileInfo(path string, f fs.DirEntry) (fs.FileInfo, error) {
	if f.Type()&fs.ModeSymlink != 0 {
		return os.Stat(filepath.Join(path, f.Name()))
	}
	return f.Info()
}
