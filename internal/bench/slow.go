package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// quotaPeriod is how often a process gets its slice of a core.
const quotaPeriod = 20 * time.Millisecond

// slower holds each process of a server to a share of a core, with a control
// group of its own. So a server shows how it would do with more cores than the
// machine has: eight backends at a tenth of a core each leave the rest of two
// to the client.
type slower struct {
	server *server
	groups string // the folder of the groups
	limit  limit
	known  map[int]bool // the processes that have a group
}

// limit is how a version of control groups is told of a quota.
type limit struct {
	file, content string
	more          map[string]string // other files to write, in the group
}

// slowDown begins to; the function that it returns ends it.
func slowDown(s *server, share float64) (stop func(), err error) {
	period, quota := quotaPeriod.Microseconds(), int64(share*float64(quotaPeriod.Microseconds()))
	slow := &slower{server: s, known: map[int]bool{}}
	const v1, v2 = "/sys/fs/cgroup/cpu", "/sys/fs/cgroup"
	if _, err := os.Stat(filepath.Join(v1, "cpu.cfs_quota_us")); err == nil {
		slow.groups = filepath.Join(v1, fmt.Sprintf("bench-%d", os.Getpid()))
		slow.limit = limit{file: "cpu.cfs_quota_us", content: fmt.Sprint(quota), more: map[string]string{"cpu.cfs_period_us": fmt.Sprint(period)}}
		err = os.Mkdir(slow.groups, 0o755)
		if err != nil {
			return nil, err
		}
	} else {
		slow.groups = filepath.Join(v2, fmt.Sprintf("bench-%d", os.Getpid()))
		slow.limit = limit{file: "cpu.max", content: fmt.Sprintf("%d %d", quota, period)}
		err = errors.Join(
			os.WriteFile(filepath.Join(v2, "cgroup.subtree_control"), []byte("+cpu"), 0),
			os.Mkdir(slow.groups, 0o755),
			os.WriteFile(filepath.Join(slow.groups, "cgroup.subtree_control"), []byte("+cpu"), 0),
		)
		if err != nil {
			return nil, err
		}
	}
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Go(func() { slow.run(done) })
	return func() { close(done); wg.Wait() }, nil
}

// run looks for new processes until done. There is no event to wait for.
func (s *slower) run(done <-chan struct{}) {
	ticker := time.NewTicker(quotaPeriod / 2)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			s.finish()
			return
		case <-ticker.C:
			s.look()
		}
	}
}

// look gives each new process a group and removes those of ended ones.
// Processes come and go meanwhile, so errors are expected.
func (s *slower) look() {
	children, err := childrenOf(s.server.postmaster)
	if err != nil {
		return
	}
	alive := map[int]bool{}
	for _, pid := range children {
		alive[pid] = true
		if !s.known[pid] && s.hold(pid) == nil {
			s.known[pid] = true
		}
	}
	for pid := range s.known {
		if !alive[pid] && os.Remove(s.group(pid)) == nil {
			delete(s.known, pid)
		}
	}
}

func (s *slower) group(pid int) string { return filepath.Join(s.groups, strconv.Itoa(pid)) }

func (s *slower) hold(pid int) error {
	group := s.group(pid)
	if err := os.Mkdir(group, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	for file, content := range s.limit.more {
		if err := os.WriteFile(filepath.Join(group, file), []byte(content), 0); err != nil {
			return err
		}
	}
	return errors.Join(
		os.WriteFile(filepath.Join(group, s.limit.file), []byte(s.limit.content), 0),
		os.WriteFile(filepath.Join(group, "cgroup.procs"), []byte(strconv.Itoa(pid)), 0),
	)
}

// finish lets all processes go and removes the groups.
func (s *slower) finish() {
	for pid := range s.known {
		_ = os.WriteFile(filepath.Join(filepath.Dir(s.groups), "cgroup.procs"), []byte(strconv.Itoa(pid)), 0) // it may have ended
		_ = os.Remove(s.group(pid))                                                                           // as may have its group
	}
	_ = os.Remove(s.groups) // left over if it is still in use; it limits nothing
}
