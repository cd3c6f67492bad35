package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"golang.org/x/term"
)

// AskTerminal prompts on the terminal, whatever standard input and output are,
// and reads a line without showing it. Without a terminal it prompts on
// standard error and reads standard input, no byte more than the line
// (simple_prompt).
//
// When ctx ends or an interrupt or termination signal comes, the terminal is
// put back as it was and the reason returned. The read cannot be stopped: the
// goroutine in it ends with the next line typed, or the program.
func AskTerminal(ctx context.Context, prompt string) (string, error) {
	in, out, closeTerminal := openTerminal()
	fd := int(in.Fd())
	// Raw mode hides what is typed before the reader gets to hide it.
	state, err := term.MakeRaw(fd)
	isTerminal := err == nil
	restore := func() {
		if isTerminal {
			_ = term.Restore(fd, state) // nothing else can be done
		}
		fmt.Fprint(out, "\n")
	}

	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	fmt.Fprint(out, prompt)
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1) // so that a read nobody waits for can end
	go func() {
		text, err := readHidden(in, fd, isTerminal)
		answers <- answer{text, err}
	}()

	select {
	case a := <-answers:
		restore()
		closeTerminal()
		return a.text, a.err
	case <-ctx.Done():
		restore() // the terminal stays open: its number must not become another file's under the reader
		return "", context.Cause(ctx)
	}
}

// openTerminal returns where to read and to prompt.
func openTerminal() (in, out *os.File, closeTerminal func()) {
	inName, outName := "/dev/tty", "/dev/tty"
	if runtime.GOOS == "windows" {
		inName, outName = "CONIN$", "CONOUT$"
	}
	in, err := os.OpenFile(inName, os.O_RDWR, 0)
	if err != nil {
		return os.Stdin, os.Stderr, func() {}
	}
	out, err = os.OpenFile(outName, os.O_RDWR, 0)
	if err != nil {
		in.Close()
		return os.Stdin, os.Stderr, func() {}
	}
	return in, out, func() {
		in.Close()
		out.Close()
	}
}

// readHidden reads a line; the end of the input ends it too.
func readHidden(in io.Reader, fd int, isTerminal bool) (string, error) {
	if isTerminal {
		line, err := term.ReadPassword(fd)
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read password: %w", err)
		}
		return strings.TrimRight(string(line), "\r\n"), nil
	}
	var line []byte
	one := make([]byte, 1)
	for {
		n, err := in.Read(one)
		if n == 1 && one[0] != '\n' {
			line = append(line, one[0])
		}
		if err != nil || n == 1 && one[0] == '\n' {
			return strings.TrimRight(string(line), "\r"), nil
		}
	}
}
