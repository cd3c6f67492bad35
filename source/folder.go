package source

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// ErrNotSeekable says that something is neither a file nor a disk.
var ErrNotSeekable = errors.New("not a regular file")

// ErrOutside says that a name leads out of a [Folder].
var ErrOutside = errors.New("name leads out of the folder")

// Folder is a directory. No name, link or mount trick reaches a file outside it.
type Folder struct {
	root *os.Root
	name string
}

// OpenFolder opens a directory, which may itself be a symbolic link.
func OpenFolder(name string) (*Folder, error) {
	// os.OpenRoot has an error of its own for what is no directory.
	if info, err := os.Stat(name); err == nil && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.ENOTDIR}
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &Folder{root: root, name: name}, nil
}

// Name is the name that the folder was opened by.
func (d *Folder) Name() string { return d.name }

// Stat looks at the file of that name, following links that stay inside.
func (d *Folder) Stat(name string) (fs.FileInfo, error) {
	info, err := d.root.Stat(name)
	return info, outside(err)
}

// Open opens the file of that name, following links that stay inside. Errors
// are [fs.PathError]; that of a name that leads out is an [ErrOutside].
func (d *Folder) Open(name string) (*File, error) {
	info, err := d.root.Stat(name)
	if err != nil {
		return nil, outside(err)
	}
	if !seekable(info.Mode()) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: ErrNotSeekable}
	}
	f, err := d.root.Open(name)
	if err != nil {
		return nil, outside(err)
	}
	file, err := sized(f, 0)
	if err != nil {
		f.Close()
		return nil, err
	}
	return file, nil
}

// Close closes the folder; files opened in it stay open.
func (d *Folder) Close() error { return d.root.Close() }

// outside puts ErrOutside in place of os.Root's own refusal, which has no
// exported value to test for. Everything else that Root returns is from the
// system.
func outside(err error) error {
	var path *fs.PathError
	if !errors.As(err, &path) || fromSystem(path.Err) {
		return err
	}
	return &fs.PathError{Op: path.Op, Path: path.Path, Err: ErrOutside}
}
