//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"
)

// notifySnapshot has c receive the signal that asks how far the restore is.
func notifySnapshot(c chan<- os.Signal) { signal.Notify(c, syscall.SIGUSR1) }
