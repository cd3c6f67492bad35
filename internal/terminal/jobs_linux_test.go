package terminal

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// drawsBar in the environment makes the tests a program that draws a block on
// standard error, writes a line above it when there is a file of this name, and
// ends when there is one called "end".
const drawsBar = "TERMINAL_TEST_DRAWS_BAR"

func TestMain(m *testing.M) {
	if os.Getenv(drawsBar) == "" {
		os.Exit(m.Run())
	}
	s := NewScreen(os.Stderr)
	over := time.After(time.Minute)
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		select {
		case <-over:
			os.Exit(1)
		case <-tick.C:
			s.draw(block("BAR", "second"))
			if _, err := os.Stat("line"); err == nil {
				io.WriteString(s, "a line\n")
				os.Remove("line")
			}
			if os.Remove("end") == nil {
				s.draw(nil)
				s.Close()
				os.Exit(0)
			}
		}
	}
}

// shell is bash on a terminal of its own, with the tests as the program bar.
type shell struct {
	t      *testing.T
	master *os.File
	output chan []byte // closed at the terminal's end
	seen   *emulator
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
	c.Env = []string{"PS1=$ ", "TERM=dumb", "PATH=.:" + os.Getenv("PATH"), drawsBar + "=1"}
	c.Stdin, c.Stdout, c.Stderr = slave, slave, slave
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	s := &shell{t: t, master: master, output: make(chan []byte), seen: newEmulator(t, 80, 100), dir: c.Dir}
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
		got, _, _ := strings.Cut(s.seen.text(), "cursor ")
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
	shown   = "BAR\nsecond"
)

func TestStopAndGoOn(t *testing.T) {
	s := startShell(t)
	s.do("bar\n", "bar\n", shown)
	s.do(ctrlZ, stopped, "")
	s.do("echo $?\n", "echo $?\n147\n$ ", "")
	s.do("fg\n", "fg\nbar\n", shown)
	s.do(ctrlZ, stopped, "")
	s.do("touch line; bg; "+wait, "touch line; bg; "+wait+"[1]+ bar &\na line\n$ ", "")
	s.do("fg\n", "fg\nbar\n", shown)
}

// From the background no block is drawn, and lines do not stop the program.
func TestBackground(t *testing.T) {
	s := startShell(t)
	s.do("stty tostop; touch line; bar & "+wait, "stty tostop; touch line; bar & "+wait+"[1] 0\na line\n$ ", "")
	s.do("jobs\n", "jobs\n[1]+  Running                 bar &\n$ ", "")
	s.do("fg\n", "fg\nbar\n", shown)
	s.do(ctrlZ, stopped, "")
	s.do("touch end; fg; echo $?\n", "touch end; fg; echo $?\nbar\n0\n$ ", "")
}

// Where there is no shell to have the program go on, it does not stop.
func TestNoShell(t *testing.T) {
	s := startShell(t)
	s.do("exec bar\n", "exec bar\n", shown)
	s.do(ctrlZ, "", "R\nsecond") // the terminal shows what was typed, and has dropped what it had not yet
	if err := os.WriteFile(filepath.Join(s.dir, "line"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.do("", "a line\n", shown)
}
