package terminal

// Jobs is what a shell does with the program: it stops it, has it go on in the
// background, and brings it back.
type Jobs interface {
	// Follow begins to call the Screen's Suspend and Resume. It comes with the
	// first block: who has shown none is stopped as any other program.
	Follow()
	// Foreground says whether the terminal is the program's to draw on. A shell
	// that brings it back need not tell, so it is asked at each drawing.
	Foreground() bool
}

// Heed has a block give way to a shell. It is called before the first is drawn.
func (s *Screen) Heed(j Jobs) { s.jobs = j }

func (s *Screen) follow() {
	if s.jobs != nil && !s.followed {
		s.followed = true
		s.jobs.Follow()
	}
}

// away says whether the terminal is not the program's to draw on.
func (s *Screen) away() bool { return s.stopped || s.jobs != nil && !s.jobs.Foreground() }

// Suspend takes the block away and has stop stop the program.
func (s *Screen) Suspend(stop func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.erase()
	s.stopped = true // it takes a moment, in which others could draw
	stop()
}

// Resume comes after a stop, of which there may have been no warning: then what
// was drawn is not where the cursor is now.
func (s *Screen) Resume() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped, s.shown = false, false
}
