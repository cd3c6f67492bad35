package restore

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// output is the file that a script or a list goes to.
type output struct {
	io.Writer
	file *os.File // nil for standard output
}

// openOutput opens the file name; "-" and "" are standard output.
func openOutput(name string, stdout io.Writer) (*output, error) {
	if name == "-" || name == "" {
		return &output{Writer: stdout}, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, systemError("could not open output file \""+name+"\"", err)
	}
	return &output{Writer: f, file: f}, nil
}

// failed gives the error for a write that failed, and closes the file.
func (o *output) failed(err error) error {
	if o.file != nil {
		o.file.Close()
	}
	return systemError("could not write to file", err)
}

func (o *output) close() error {
	if o.file == nil {
		return nil
	}
	if err := o.file.Close(); err != nil {
		return systemError("could not close output file", err)
	}
	return nil
}

// systemError says what failed and why in the words of C's strerror.
func systemError(what string, err error) error {
	return &sysError{what: what, err: err}
}

type sysError struct {
	what string
	err  error
}

func (e *sysError) Unwrap() error { return e.err }

func (e *sysError) Error() string {
	var errno syscall.Errno
	if !errors.As(e.err, &errno) {
		return e.what + ": " + e.err.Error()
	}
	return e.what + ": " + strerror(errno)
}

// strerror is the C library's text: that of Go, but capitalised.
func strerror(errno syscall.Errno) string {
	text := []byte(errno.Error())
	if len(text) > 0 && text[0] >= 'a' && text[0] <= 'z' {
		text[0] -= 'a' - 'A'
	}
	return string(text)
}
