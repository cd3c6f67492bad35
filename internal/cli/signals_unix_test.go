//go:build unix

package cli

import (
	"bytes"
	"context"
	"syscall"
	"testing"
	"time"

	"pgrestore/event"
	"pgrestore/internal/restore"
)

func TestSignalEndsRestore(t *testing.T) {
	for _, number := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT} {
		p, stderr := program(t, "pg_restore", "-d", "x")
		p.Run = func(ctx context.Context, _ restore.Config, _ restore.IO, sink event.Sink) (restore.Result, error) {
			if err := syscall.Kill(syscall.Getpid(), number); err != nil {
				return restore.Result{}, err
			}
			<-ctx.Done()
			sink.Emit(event.Message{Level: event.Error, Text: "canceling statement due to user request"})
			return restore.Result{Errors: 1}, nil
		}
		status := p.Main(context.Background())
		if want := "pg_restore: terminated by user\n"; want != stderr.String() || status != 1 {
			t.Errorf("%s: want %q and exit status 1, got %q and %d", number, want, stderr, status)
		}
	}
}

// What a signal has left half made is said, but not by the drop-in.
func TestSignalTellsHalves(t *testing.T) {
	const told = "pgrestore: terminated by user\n" +
		"pgrestore: detail: 5 of 6 entries had been restored; what was committed stays\n" +
		"pgrestore: hint: Foreign key \"f\" is there.\n"
	for name, want := range map[string]string{"pgrestore": told, "pg_restore": "pg_restore: terminated by user\n"} {
		p, stderr := program(t, name, "-d", "x", "--progress=none")
		p.Run = func(ctx context.Context, _ restore.Config, _ restore.IO, _ event.Sink) (restore.Result, error) {
			if err := syscall.Kill(syscall.Getpid(), syscall.SIGINT); err != nil {
				return restore.Result{}, err
			}
			<-ctx.Done()
			return restore.Result{Done: 5, Steps: 6, Halves: []string{`Foreign key "f" is there.`}}, nil
		}
		p.Main(context.Background())
		if got := stderr.String(); want != got {
			t.Errorf("want %q, got %q", want, got)
		}
	}
}

func TestSignalEndsBlockedRestore(t *testing.T) {
	p, stderr := program(t, "pg_restore", "-d", "x")
	p.Grace = time.Millisecond
	blocked := make(chan struct{})
	defer close(blocked)
	p.Run = func(context.Context, restore.Config, restore.IO, event.Sink) (restore.Result, error) {
		err := syscall.Kill(syscall.Getpid(), syscall.SIGTERM)
		<-blocked
		return restore.Result{}, err
	}
	status := p.Main(context.Background())
	if want := "pg_restore: terminated by user\n"; want != stderr.String() || status != 1 {
		t.Errorf("want %q and exit status 1, got %q and %d", want, stderr, status)
	}
}

// A signal shows how far the restore is, also where no progress is shown.
func TestSnapshot(t *testing.T) {
	for _, mode := range []string{"json", "none"} {
		t.Run(mode, func(t *testing.T) {
			p, stderr := program(t, "pgrestore", "-d", "x", "--progress="+mode)
			shown := make(chan struct{})
			p.Stderr = writer(func(text []byte) {
				stderr.Write(text)
				if bytes.Contains(text, []byte("pgrestore: progress: ")) {
					close(shown)
				}
			})
			p.Run = func(_ context.Context, _ restore.Config, _ restore.IO, sink event.Sink) (restore.Result, error) {
				sink.Emit(event.Connected{PID: 77})
				err := syscall.Kill(syscall.Getpid(), syscall.SIGUSR1)
				<-shown
				return restore.Result{}, err
			}
			if status := p.Main(context.Background()); status != 0 {
				t.Errorf("exit status %d: %s", status, stderr)
			}
		})
	}
}

// writer is a function as an io.Writer.
type writer func([]byte)

func (w writer) Write(p []byte) (int, error) {
	w(p)
	return len(p), nil
}
