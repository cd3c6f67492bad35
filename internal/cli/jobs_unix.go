//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// notifyJob has stops receive the signal to stop, as of Ctrl-Z, and resumes the
// one after it. From then on the program has to stop itself. Where no shell has
// given it a process group of its own nobody could have it go on, so the signal
// keeps its usual effect there, none.
func notifyJob(stops, resumes chan<- os.Signal) {
	signal.Notify(resumes, syscall.SIGCONT)
	session, err := unix.Getsid(0)
	if err == nil && session != ownGroup() && !signal.Ignored(syscall.SIGTSTP) {
		signal.Notify(stops, syscall.SIGTSTP)
	}
	signal.Ignore(syscall.SIGTTOU) // lines come from the background, too, after "stty tostop"
}

// stopProcess stops all of the program. Go does not give SIGTSTP its usual
// effect back once it has been asked for.
func stopProcess() { _ = syscall.Kill(syscall.Getpid(), syscall.SIGSTOP) } // it may always

// inForeground says whether the program's process group is the terminal's. Where
// the terminal does not tell, as one of another session, nobody else has it.
func inForeground(f *os.File) bool {
	group, err := unix.IoctlGetInt(int(f.Fd()), unix.TIOCGPGRP)
	if err != nil {
		return true
	}
	if upper := int64(group) >> 32; upper > 0 {
		group = int(upper) // four bytes were written, which are the upper ones on some machines
	}
	return group == 0 || group == ownGroup() // 0 is of another namespace
}

func ownGroup() int {
	group, _ := unix.Getpgid(0) // it has one always
	return group
}
