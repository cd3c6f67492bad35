package terminal

import "math"

// What goes by while replies are on the way, beside the work.

// stage takes the beginning of a stage. The first one makes settings, which is
// no work, and waits for the reply; or, where it waits for each, for several. So
// the first step may show that a reply takes less.
func (e *estimator) stage(now float64) {
	if e.stages++; e.stages == 2 {
		e.reply = now - e.stageAt
	}
	e.stageAt = now
}

// trip gives what the clock shows for the time that a reply takes.
func (e *estimator) trip() float64 { return e.reply / pace(e.atWork()) }

// hear notes that a reply has come. What was sent ahead of others has not waited
// for it, nor what comes so soon after another that it was sent with that.
func (e *estimator) hear(at float64, c *conn) {
	gap := max(at-c.heard, 0)
	if !e.answered {
		e.answered = true
		e.reply = min(e.reply, gap*pace(e.atWork()))
	}
	if trip := e.trip(); gap > soon*trip && !c.ahead {
		c.waited += min(gap, trip)
	}
	c.heard = at
}

// tail gives the seconds that connections wait at the end of a stage, where
// batches get smaller, beyond those that as many steps wait in large ones.
func (e *estimator) tail(stage, jobs int, speeds [len(sorts)]speed) float64 {
	var steps, waits float64
	for i := range e.sorts {
		if w := &e.sorts[i]; sorts[i].stage == stage && w.begun < w.steps {
			steps += float64(w.steps - w.begun)
			waits += speeds[i].of(w.steps-w.begun, 0)
		}
	}
	if waits == 0 {
		return 0
	}
	reply := e.reply / pace(jobs)
	last := min(steps, max(reply*steps/waits, 1)*float64(jobs)) // a large batch for each
	return max(reply*trips(last, jobs, leastBatch(e.reply))-waits*last/steps, 0)
}

// trips gives how many batches steps make, if each is one connection's share of
// those that are left, and no smaller than least if there are as many.
func trips(steps float64, jobs int, least float64) float64 {
	shrinks := float64(jobs) / float64(jobs-1) // infinite for one
	return min(1+math.Log(max(steps/least, 1))/math.Log(shrinks), steps)
}

// leastBatch is how many steps go together, if there are as many, where a reply takes
// so many seconds: the engine does not share out what is not worth one (its scheduler.batch).
func leastBatch(reply float64) float64 {
	const near, most = 0.005, 0.08
	return max(60*(min(reply, most)-near)/(most-near), 1)
}
