package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// sample is what one run took.
type sample struct {
	wall      time.Duration
	clientCPU time.Duration // of all of the program's processes
	serverCPU time.Duration // of the postmaster and all its children
	busy      float64       // share of all cores that was in use, by anything on the machine
	peakBytes int64         // resident memory of the program's largest process
}

// used is the share of all cores that client and server used.
func (s sample) used() float64 {
	return float64(s.clientCPU+s.serverCPU) / float64(s.wall) / float64(runtime.NumCPU())
}

func (s sample) String() string {
	return fmt.Sprintf("%7.2f s, client CPU %6.2f s, server CPU %6.2f s, cores busy %3.0f %% (this %3.0f %%), peak %4d MB",
		s.wall.Seconds(), s.clientCPU.Seconds(), s.serverCPU.Seconds(), s.busy*100, s.used()*100, s.peakBytes>>20)
}

// measure runs a program as the row wants it.
func (w *work) measure(ctx context.Context, program int) (sample, error) {
	serverBefore, err := processTreeCPU(w.server.postmaster)
	if err != nil {
		return sample{}, err
	}
	machineBefore, err := readMachineCPU()
	if err != nil {
		return sample{}, err
	}
	took, err := runMeasured(ctx, w.server.environment(), w.programs[program].path, w.arguments()...)
	if err != nil {
		return sample{}, err
	}
	machineAfter, err := readMachineCPU()
	if err != nil {
		return sample{}, err
	}
	serverAfter, err := processTreeCPU(w.server.postmaster)
	return sample{
		wall:      took.Wall,
		clientCPU: took.CPU,
		serverCPU: serverAfter - serverBefore,
		busy:      machineAfter.busySince(machineBefore),
		peakBytes: took.PeakBytes,
	}, err
}

// measureCommand is the hidden first argument with which this program runs
// another and prints what that took. It does so in a process of its own, since
// a new process's peak of memory begins at that of the process it was made
// from, and this one is small.
const measureCommand = "measure"

// measured is what a program took, with all of its children.
type measured struct {
	Wall      time.Duration
	CPU       time.Duration
	PeakBytes int64
	Exit      string // "" where it succeeded
	Stderr    []byte
}

// runMeasured runs a program to its end, its output going to /dev/null.
func runMeasured(ctx context.Context, env []string, path string, args ...string) (m measured, err error) {
	self, err := os.Executable()
	if err != nil {
		return m, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{measureCommand, path}, args...)...)
	cmd.Env = env
	// A process group, so that all of the program's processes can be ended.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	out, err := output(cmd)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal([]byte(out), &m); err != nil {
		return m, fmt.Errorf("measure: %w", err)
	}
	if m.Exit != "" {
		return m, fmt.Errorf("%s\n%s", m.Exit, m.Stderr)
	}
	return m, nil
}

// measureMain is the other side of runMeasured.
func measureMain(command []string, out io.Writer) (exit int) {
	cmd := exec.Command(command[0], command[1:]...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	begin := time.Now()
	err := cmd.Run()
	m := measured{Wall: time.Since(begin), Stderr: stderr.Bytes()}
	if err != nil {
		m.Exit = err.Error()
	}
	if cmd.ProcessState != nil {
		usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		m.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		m.PeakBytes = usage.Maxrss << 10 // Linux counts in kB
	}
	if err := json.NewEncoder(out).Encode(m); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		return 1
	}
	return 0
}
