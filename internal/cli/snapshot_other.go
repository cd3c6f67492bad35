//go:build !unix

package cli

import "os"

// notifySnapshot has no signal to wait for here.
func notifySnapshot(chan<- os.Signal) {}
