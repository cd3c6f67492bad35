package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// workspace is the temporary folder that everything is in, and what ends it:
// a shell that stops the server and removes the folder when its standard input
// closes, which happens at the latest when this process ends, even killed.
type workspace struct {
	folder   string
	lifeline io.Closer
	reaper   *exec.Cmd
}

// newWorkspace makes a folder on the RAM disk.
func newWorkspace() (*workspace, error) {
	folder, err := os.MkdirTemp(ramDisk(), "bench")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(folder, 0o755); err != nil { // the server's user has to get in
		return nil, errors.Join(err, os.Remove(folder))
	}
	const script = `read -r _
if read -r server 2>/dev/null <"$1/data/postmaster.pid"; then
	kill -QUIT "$server"
	while kill -0 "$server" 2>/dev/null; do sleep 0.1; done
fi
rm -rf "$0"`
	w := &workspace{folder: folder}
	w.reaper = exec.Command("/bin/sh", "-c", script, folder, w.serverFolder())
	w.reaper.Dir = "/"
	w.reaper.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // keeps Ctrl-C from it
	if w.lifeline, err = w.reaper.StdinPipe(); err != nil {
		return nil, errors.Join(err, os.Remove(folder))
	}
	if err := w.reaper.Start(); err != nil {
		return nil, errors.Join(err, os.Remove(folder))
	}
	return w, nil
}

// close stops the server and removes the folder.
func (w *workspace) close() error { return errors.Join(w.lifeline.Close(), w.reaper.Wait()) }

func (w *workspace) serverFolder() string { return filepath.Join(w.folder, "server") }

// ramDisk is where the server and its data go; without one, numbers depend on
// the disk.
func ramDisk() string {
	const sharedMemory = "/dev/shm"
	if info, err := os.Stat(sharedMemory); err == nil && info.IsDir() {
		return sharedMemory
	}
	return os.TempDir()
}
