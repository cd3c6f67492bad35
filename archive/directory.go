package archive

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"sync"

	"pgrestore/source"
	"pgrestore/toc"
)

// directory is an archive of a toc.dat and one file for each entry with data.
type directory struct {
	folder   *source.Folder
	toc      *toc.TOC
	decoders decoders
	windows  sync.Pool // of *[]byte
}

func openDirectory(ctx context.Context, path string, o Options) (*Archive, error) {
	if path == "" {
		return nil, failure("no output directory specified")
	}
	folder, err := source.OpenFolder(path)
	if err != nil {
		return nil, failure(textCannotOpen, path+"/"+tocName, systemText(err)).because(err)
	}
	d := &directory{folder: folder}
	d.decoders.ahead = o.Ahead
	d.windows.New = func() any { b := make([]byte, windowBytes); return &b }
	a, err := d.readTOC(ctx)
	if err != nil {
		folder.Close()
		return nil, err
	}
	return a, nil
}

func (d *directory) readTOC(ctx context.Context) (*Archive, error) {
	file, err := d.open(tocName)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	left := int64(-1)
	if file.codec == codecPlain {
		left = file.file.Size()
	}
	f := newFields(file, 0, left, file.path)
	var warnings []string
	if d.toc, warnings, err = readTOC(ctx, f, toc.FormatDirectory); err != nil {
		return nil, err
	}
	return &Archive{toc: d.toc, warnings: warnings, store: d}, nil
}

func (d *directory) seekable() bool { return true }

func (d *directory) Close() error { return d.folder.Close() }

func (d *directory) data(ctx context.Context, e *toc.Entry) (Reader, error) {
	if e.FileName == "" {
		return nil, nil
	}
	f, err := d.open(e.FileName)
	if err != nil {
		return nil, err
	}
	f.entry = e
	return f, nil
}

// path is the name of a file for messages.
func (d *directory) path(name string) string { return d.folder.Name() + "/" + name }

// Suffixes that tell a file's compression, in the order they are looked for
// (InitDiscoverCompressFileHandle).
var fileCodecs = []struct {
	suffix string
	codec  codec
}{{".gz", codecGzip}, {".lz4", codecLZ4}, {".zst", codecZstd}}

// open opens a file by its name or, if there is no such file, by its name with
// a suffix.
func (d *directory) open(name string) (*dataFile, error) {
	stored, c := name, codecPlain
	for _, known := range fileCodecs {
		if strings.HasSuffix(name, known.suffix) {
			c = known.codec
		}
	}
	if c == codecPlain {
		stored, c = d.stored(name)
	}
	file, err := d.folder.Open(stored)
	if err != nil {
		return nil, failure(textCannotOpen, d.path(name), systemText(err)).because(err)
	}
	return d.openCodec(file, d.path(stored), c)
}

// stored finds which of the names there is.
func (d *directory) stored(name string) (string, codec) {
	if _, err := d.folder.Stat(name); err == nil || errors.Is(err, source.ErrOutside) {
		return name, codecPlain
	}
	for _, known := range fileCodecs {
		if _, err := d.folder.Stat(name + known.suffix); err == nil {
			return name + known.suffix, known.codec
		}
	}
	return name, codecPlain
}

func (d *directory) openCodec(file *source.File, path string, c codec) (*dataFile, error) {
	f := &dataFile{archive: d, file: file, path: path, codec: c}
	f.window = d.windows.Get().(*[]byte)
	f.c = &cursor{file: file, name: path, size: file.Size(), window: *f.window, step: min(firstStepBytes, len(*f.window))}
	var err error
	if f.dec, err = d.decoders.get(c, f.c); err != nil {
		file.Close()
		return nil, err
	}
	return f, nil
}

// objectsPerList is how many times a list of large objects their data is taken
// for, as pg_restore does.
const objectsPerList = 1024

// size is that of an entry's file (_PrepParallelRestore), for which only the
// suffix of the archive's own compression is tried.
func (d *directory) size(index int) int64 {
	e := &d.toc.Entries[index]
	if e.FileName == "" {
		return 0
	}
	info, err := d.folder.Stat(e.FileName)
	if err != nil {
		if info, err = d.statCompressed(e.FileName); err != nil {
			return 0
		}
	}
	if e.Kind == toc.KindBlobs {
		return info.Size() * objectsPerList
	}
	return info.Size()
}

func (d *directory) statCompressed(name string) (fs.FileInfo, error) {
	switch d.toc.Header.Compression {
	case toc.CompressionGzip:
		return d.folder.Stat(name + ".gz")
	case toc.CompressionLZ4:
		return d.folder.Stat(name + ".lz4")
	case toc.CompressionZstd:
		return d.folder.Stat(name + ".zst")
	default:
		return nil, fs.ErrNotExist
	}
}
