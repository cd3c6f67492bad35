package terminal_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"pgrestore/event"
	"pgrestore/internal/cli"
	"pgrestore/internal/restore"
	"pgrestore/internal/terminal"
)

// drawsBar in the environment makes the tests a program that shows a bar on
// standard error, writes a line above it when there is a file called "line", and
// ends when there is one called "end".
const drawsBar = "TERMINAL_TEST_DRAWS_BAR"

func TestMain(m *testing.M) {
	if os.Getenv(drawsBar) == "" {
		os.Exit(m.Run())
	}
	p := cli.Program{
		Args: []string{"pg_restore", "-dx", "--progress=bar"}, IO: restore.IO{Now: func() time.Time { return time.Time{} }},
		Stderr: os.Stderr, Env: os.LookupEnv, Run: drawBar,
	}
	os.Exit(p.Main(context.Background()))
}

func drawBar(_ context.Context, _ restore.Config, _ restore.IO, sink event.Sink) (restore.Result, error) {
	sink.Emit(event.Run{Jobs: 1})
	sink.Emit(event.Connected{PID: 1})
	over := time.After(time.Minute)
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		select {
		case <-over:
			return restore.Result{}, errors.New("nobody said that it ends")
		case <-tick.C:
			if _, err := os.Stat("line"); err == nil && signal.Ignored(syscall.SIGTTOU) { // as from the first bar on
				sink.Emit(event.Message{Level: event.Error, Text: "a line"})
				os.Remove("line")
			}
			if os.Remove("end") == nil {
				return restore.Result{}, nil
			}
		}
	}
}

// shell is bash on a terminal of its own, with the tests as the program bar.
type shell struct {
	t      *testing.T
	master *os.File
	output chan []byte // closed at the terminal's end
	seen   *terminal.Emulator
	stays  string // on the screen
	dir    string
}

func startShell(t *testing.T) *shell {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash here")
	}
	master, slave := openTerminal(t)
	defer slave.Close()
	c := exec.Command(bash, "--norc", "--noprofile", "--noediting", "-i")
	c.Dir = t.TempDir()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, c.Dir+"/bar"); err != nil {
		t.Fatal(err)
	}
	c.Env = []string{"PS1=$ ", "TERM=dumb", "NO_COLOR=1", "PATH=.:" + os.Getenv("PATH"), drawsBar + "=1"}
	c.Stdin, c.Stdout, c.Stderr = slave, slave, slave
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	s := &shell{t: t, master: master, output: make(chan []byte), seen: terminal.NewEmulator(t, 80, 100), dir: c.Dir}
	go func() { // until the last of the shell's programs has left the terminal
		defer close(s.output)
		for {
			buf := make([]byte, 4096)
			n, err := master.Read(buf)
			if err != nil {
				return
			}
			s.output <- buf[:n]
		}
	}()
	t.Cleanup(func() {
		master.Close() // hangs up
		for range s.output {
		}
		_ = c.Wait() // how it ends is of no interest
	})
	s.do("", "$ ", "")
	return s
}

func openTerminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	master = os.NewFile(uintptr(fd), "/dev/ptmx")
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetUint32(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}

var processID = regexp.MustCompile(`\[1\] \d+`)

// do types keys, and waits until the screen goes on with stays, and shows block
// below that.
func (s *shell) do(keys, stays, block string) {
	s.t.Helper()
	if _, err := io.WriteString(s.master, keys); err != nil {
		s.t.Fatal(err)
	}
	s.stays += stays
	s.wait(s.stays + block)
}

// wait waits until the screen is as want, but for the cursor and numbers of processes.
func (s *shell) wait(want string) {
	s.t.Helper()
	want = strings.TrimSpace(want)
	late := time.After(20 * time.Second)
	for {
		got, _, _ := strings.Cut(s.seen.Text(), "cursor ")
		got = strings.ReplaceAll(got, "^Z", "") // may come before or after the erasing
		got = strings.TrimSpace(processID.ReplaceAllString(got, "[1] 0"))
		if want == got {
			return
		}
		select {
		case text := <-s.output:
			s.seen.Write(text)
		case <-late:
			s.t.Fatalf("want\n%s\ngot\n%s", want, got)
		}
	}
}

const (
	ctrlZ   = "\x1a"
	stopped = "\n[1]+  Stopped                 bar\n$ "
	wait    = "while [ -e line ]; do :; done\n" // until the line is there
	shown   = "preparing 0:00\n\n  1 waiting"
)

func TestStopAndGoOn(t *testing.T) {
	s := startShell(t)
	s.do("bar\n", "bar\n", shown)
	s.do(ctrlZ, stopped, "")
	s.do("echo $?\n", "echo $?\n147\n$ ", "")
	s.do("fg\n", "fg\nbar\n", shown)
	s.do(ctrlZ, stopped, "")
	s.do("touch line; bg; "+wait, "touch line; bg; "+wait+"[1]+ bar &\npg_restore: error: a line\n$ ", "")
	s.do("fg\n", "fg\nbar\n", shown)
}

// From the background no block is drawn, and lines do not stop the program.
func TestBackground(t *testing.T) {
	s := startShell(t)
	s.do("stty tostop; touch line; bar & "+wait, "stty tostop; touch line; bar & "+wait+"[1] 0\npg_restore: error: a line\n$ ", "")
	s.do("jobs\n", "jobs\n[1]+  Running                 bar &\n$ ", "")
	s.do("fg\n", "fg\nbar\n", shown)
	s.do(ctrlZ, stopped, "")
	s.do("touch end; fg; echo $?\n", "touch end; fg; echo $?\nbar\n0\n$ ", "")
}

// Where there is no shell to have the program go on, it does not stop.
func TestNoShell(t *testing.T) {
	s := startShell(t)
	s.do("exec bar\n", "exec bar\n", shown)
	s.do(ctrlZ, "", "eparing 0:00\n\n  1 waiting") // the terminal shows what was typed, and has dropped what it had not yet
	if err := os.WriteFile(filepath.Join(s.dir, "line"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.do("", "pg_restore: error: a line\n", shown)
}
