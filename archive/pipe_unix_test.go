//go:build unix

package archive_test

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"pgrestore/archive"
	"pgrestore/toc"
)

// TestNamedPipe opens an archive that another process is just writing to a
// pipe, as a shell's <(...) gives it.
func TestNamedPipe(t *testing.T) {
	a := severalTables(toc.CompressionZstd)
	for name, content := range map[string][]byte{"custom": a.Custom(), "tar": a.Tar()} {
		t.Run(name, func(t *testing.T) {
			pipe := filepath.Join(t.TempDir(), "pipe")
			if err := syscall.Mkfifo(pipe, 0o600); err != nil {
				t.Fatal(err)
			}
			written := make(chan error)
			go func() { written <- os.WriteFile(pipe, content, 0o600) }()
			got, err := archive.Open(t.Context(), pipe, archive.Options{})
			if err != nil {
				t.Fatal(explain(err))
			}
			if got.Seekable() {
				t.Error("a pipe says that it is seekable")
			}
			for i := range a.Entries {
				e := &a.Entries[i]
				if data := readData(t, got, e.ID); !bytes.Equal(data, e.Data) {
					t.Errorf("entry %d: got %d bytes, want %d", e.ID, len(data), len(e.Data))
				}
			}
			_, _ = got.TarMembers(t.Context())
			got.Close()
			<-written // an error is the reader's, who does not need the end of a tar
		})
	}
}
