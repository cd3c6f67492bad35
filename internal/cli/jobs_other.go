//go:build !unix

package cli

import "os"

// notifyJob has no signals to wait for here.
func notifyJob(_, _ chan<- os.Signal) {}

func stopProcess() {}

func inForeground(*os.File) bool { return true }
