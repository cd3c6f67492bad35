package terminal

import (
	"os"
	"os/signal"
)

// What a shell does with the program: it stops it, has it go on in the
// background, and brings it back. A shell that does the last need not tell, so
// the terminal is asked at each drawing.

// away says whether the terminal is not the program's to draw on.
func (s *Screen) away() bool { return s.stopped || s.terminal != nil && !inForeground(s.terminal) }

// heed begins to follow what a shell does, if there can be one. It comes with
// the first block: who has shown none is stopped as any other program.
func (s *Screen) heed() {
	if s.terminal == nil || s.heeds {
		return
	}
	s.heeds = true
	stops := make(chan os.Signal, 1) // one while another is heeded; the same for the next
	resumes := make(chan os.Signal, 1)
	notifyJob(stops, resumes)
	s.running.Go(func() {
		defer signal.Stop(stops)
		defer signal.Stop(resumes)
		for {
			select {
			case <-s.closed:
				return
			case <-stops:
				s.stop()
			case <-resumes:
				s.resume()
			}
		}
	})
}

// stop takes the block away and stops the program.
func (s *Screen) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.erase()
	s.stopped = true // it takes a moment, in which others could draw
	stopProcess()
}

// resume comes after a stop, of which there may have been no warning: then what
// was drawn is not where the cursor is now.
func (s *Screen) resume() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped, s.shown = false, false
}
