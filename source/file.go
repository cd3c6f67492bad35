package source

import (
	"io"
	"io/fs"
	"os"
)

// File is a file of known size. It may be read by many at once.
type File struct {
	f    *os.File
	base int64 // where in f the file begins
	size int64 // at the time it was opened
}

// OpenFile opens a regular file or a block device. What can not be read at any
// offset, such as a pipe, is refused with [ErrNotSeekable]; see [OpenStream].
func OpenFile(name string) (*File, error) {
	// Looked at before it is opened, because opening a pipe waits for its writer.
	info, err := os.Stat(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: cause(err)}
	}
	if !seekable(info.Mode()) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: ErrNotSeekable}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	file, err := sized(f, 0)
	if err != nil {
		f.Close()
		return nil, err
	}
	return file, nil
}

// FromCurrent makes a File of what follows the current position of f, which
// the caller still closes. ok is false where f can not be read at any offset.
func FromCurrent(f *os.File) (file *File, ok bool) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, false
	}
	base, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, false
	}
	file, err = sized(f, base)
	return file, err == nil
}

// sized finds f's size; that of a block device is only known by going there.
func sized(f *os.File, base int64) (*File, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	size := info.Size()
	if !info.Mode().IsRegular() && !info.IsDir() {
		if size, err = f.Seek(0, io.SeekEnd); err != nil {
			return nil, err
		}
	}
	return &File{f: f, base: base, size: max(size-base, 0)}, nil
}

// seekable admits directories, too: reading one gives the system's own error.
func seekable(m fs.FileMode) bool {
	return m.IsRegular() || m.IsDir() || m&fs.ModeDevice != 0 && m&fs.ModeCharDevice == 0
}

// Name is the name that the file was opened by.
func (f *File) Name() string { return f.f.Name() }

// Size is the file's size in bytes when it was opened.
func (f *File) Size() int64 { return f.size }

// ReadAt reads as io.ReaderAt does, to the file's present end.
func (f *File) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off+f.base < 0 {
		return 0, fs.ErrInvalid
	}
	return f.f.ReadAt(p, off+f.base)
}

// Close closes the file.
func (f *File) Close() error { return f.f.Close() }
