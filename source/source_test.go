package source_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgrestore/source"
)

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenFile(t *testing.T) {
	name := write(t, t.TempDir(), "x", "0123456789")
	f, err := source.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Size() != 10 || f.Name() != name {
		t.Errorf("got size %d, name %q", f.Size(), f.Name())
	}
	checkRead(t, f, 3, "3456")
	if _, err := f.ReadAt(make([]byte, 1), 10); err != io.EOF {
		t.Errorf("at the end: got %v, want io.EOF", err)
	}
	if _, err := f.ReadAt(make([]byte, 1), -1); err == nil {
		t.Error("a negative offset gives no error")
	}
}

func checkRead(t *testing.T, r io.ReaderAt, off int64, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if _, err := r.ReadAt(got, off); err != nil || string(got) != want {
		t.Errorf("at %d: got %q and %v, want %q", off, got, err, want)
	}
}

func TestOpenFileMissing(t *testing.T) {
	if _, err := source.OpenFile(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
	if _, err := source.OpenFile(os.DevNull); !errors.Is(err, source.ErrNotSeekable) {
		t.Errorf("got %v, want ErrNotSeekable", err)
	}
}

func TestFromCurrent(t *testing.T) {
	f, err := os.Open(write(t, t.TempDir(), "x", "0123456789"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	rest, ok := source.FromCurrent(f)
	if !ok || rest.Size() != 6 {
		t.Fatalf("got %t, want 6 bytes", ok)
	}
	checkRead(t, rest, 1, "56789")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if _, ok := source.FromCurrent(r); ok {
		t.Error("a pipe is taken for a file")
	}
}

func TestFolder(t *testing.T) {
	base := t.TempDir()
	secret := write(t, base, "secret", "s")
	dir := filepath.Join(base, "dir")
	if err := os.MkdirAll(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "in", "content")
	for link, target := range map[string]string{"inner": "in", "outer": "../secret", "absolute": secret, "sub/up": "../in", "loop": "loop"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	d, err := source.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, test := range []struct {
		name string
		want error // nil if it opens
	}{
		{"in", nil},
		{"./in", nil},
		{"sub/../in", nil},
		{"inner", nil},
		{"sub/up", nil},
		{"none", fs.ErrNotExist},
		{"../secret", source.ErrOutside},
		{"../dir/in", source.ErrOutside},
		{"outer", source.ErrOutside},
		{"absolute", source.ErrOutside},
		{secret, source.ErrOutside},
		{"/etc/passwd", source.ErrOutside},
	} {
		f, err := d.Open(test.name)
		if err == nil {
			checkRead(t, f, 0, "content")
			f.Close()
		}
		if !errors.Is(err, test.want) {
			t.Errorf("Open %s: got %v, want %v", test.name, err, test.want)
		}
		if _, err := d.Stat(test.name); !errors.Is(err, test.want) {
			t.Errorf("Stat %s: got %v, want %v", test.name, err, test.want)
		}
	}
	for _, bad := range []string{"loop", "", "in/x", "a\x00b"} {
		if f, err := d.Open(bad); err == nil {
			f.Close()
			t.Errorf("Open %q gives no error", bad)
		}
	}
}

func TestOpenFolderErrors(t *testing.T) {
	dir := t.TempDir()
	if _, err := source.OpenFolder(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
	_, err := source.OpenFolder(write(t, dir, "file", ""))
	if err == nil || !strings.HasSuffix(err.Error(), "not a directory") {
		t.Errorf("got %v, want not a directory", err)
	}
}

func TestStreamUnread(t *testing.T) {
	s := source.NewStream(strings.NewReader("0123456789"), "test")
	head := make([]byte, 6)
	if _, err := io.ReadFull(s, head); err != nil {
		t.Fatal(err)
	}
	s.Unread(head[4:])
	s.Unread(head[2:4])
	if s.Offset() != 2 {
		t.Errorf("got offset %d, want 2", s.Offset())
	}
	rest, err := io.ReadAll(s)
	if err != nil || string(rest) != "23456789" || s.Offset() != 10 {
		t.Errorf("got %q, offset %d and %v", rest, s.Offset(), err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func ExampleOpenFolder() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	d, err := source.OpenFolder(dir)
	if err != nil {
		panic(err)
	}
	defer d.Close()
	_, err = d.Open("../../etc/passwd")
	fmt.Println(errors.Is(err, source.ErrOutside))
	// Output: true
}
