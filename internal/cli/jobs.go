package cli

import (
	"os"
	"os/signal"
	"sync"

	"pgrestore/internal/terminal"
)

// jobs is a [terminal.Jobs]: the shell that has the terminal. It must be closed.
type jobs struct {
	screen  *terminal.Screen
	file    *os.File // the terminal
	closed  chan struct{}
	running sync.WaitGroup
}

func newJobs(screen *terminal.Screen, file *os.File) *jobs {
	return &jobs{screen: screen, file: file, closed: make(chan struct{})}
}

// Follow takes the signals of a shell, until the program's end.
func (j *jobs) Follow() {
	stops := make(chan os.Signal, 1) // one while another is heeded; the same for the next
	resumes := make(chan os.Signal, 1)
	notifyJob(stops, resumes)
	j.running.Go(func() {
		defer signal.Stop(stops)
		defer signal.Stop(resumes)
		for {
			select {
			case <-j.closed:
				return
			case <-stops:
				j.screen.Suspend(stopProcess)
			case <-resumes:
				j.screen.Resume()
			}
		}
	})
}

// Foreground asks the terminal.
func (j *jobs) Foreground() bool { return inForeground(j.file) }

func (j *jobs) close() {
	close(j.closed)
	j.running.Wait()
}
