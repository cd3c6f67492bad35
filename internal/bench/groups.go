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

// groups are the control groups that the bench makes where it is asked to
// share out the cores otherwise than the machine would: one for all it does,
// itself, the server and both programs, and in it one for each of the server's
// processes where they are held to a share of a core.
type groups struct {
	folder  string
	version groupVersion
	known   map[int]bool // the server's processes that have a group
}

// groupVersion is what differs between versions of control groups.
type groupVersion struct {
	mount string
	// main is where in the folder the bench itself is: from version 2 on, a
	// group with groups in it can not hold processes.
	main   string
	enable bool // groups inside have to be enabled
	weight func(sessions float64) setting
	quota  func(period, slice time.Duration) []setting
}

// setting is a file in a group's folder and what to write into it.
type setting struct{ file, value string }

var groupVersions = []groupVersion{
	{
		mount:  "/sys/fs/cgroup/cpu",
		weight: func(sessions float64) setting { return setting{"cpu.shares", fmt.Sprint(int(1024 * sessions))} },
		quota: func(period, slice time.Duration) []setting {
			return []setting{
				{"cpu.cfs_period_us", fmt.Sprint(period.Microseconds())},
				{"cpu.cfs_quota_us", fmt.Sprint(slice.Microseconds())},
			}
		},
	},
	{
		mount:  "/sys/fs/cgroup",
		main:   "main",
		enable: true,
		weight: func(sessions float64) setting { return setting{"cpu.weight", fmt.Sprint(int(100 * sessions))} },
		quota: func(period, slice time.Duration) []setting {
			return []setting{{"cpu.max", fmt.Sprintf("%d %d", slice.Microseconds(), period.Microseconds())}}
		},
	},
}

// newGroups makes the group for all and moves this process there, and so all
// that it starts. Weight says what the group gets where others want the cores
// too, in ordinary sessions' shares.
func newGroups(weight float64) (*groups, error) {
	version := groupVersions[0]
	if _, err := os.Stat(filepath.Join(version.mount, "cpu.shares")); err != nil {
		version = groupVersions[1]
	}
	g := &groups{
		folder:  filepath.Join(version.mount, fmt.Sprintf("bench-%d", os.Getpid())),
		version: version,
		known:   map[int]bool{},
	}
	if version.enable {
		if err := write(version.mount, enableCPU); err != nil {
			return nil, err
		}
	}
	if err := os.Mkdir(g.folder, 0o755); err != nil {
		return nil, err
	}
	if err := g.fill(weight); err != nil {
		return nil, errors.Join(err, g.remove())
	}
	return g, nil
}

var enableCPU = setting{"cgroup.subtree_control", "+cpu"}

func (g *groups) fill(weight float64) error {
	if g.version.enable {
		if err := errors.Join(os.Mkdir(g.mainFolder(), 0o755), write(g.folder, enableCPU)); err != nil {
			return err
		}
	}
	return errors.Join(write(g.folder, g.version.weight(weight)), move(os.Getpid(), g.mainFolder()))
}

func (g *groups) mainFolder() string { return filepath.Join(g.folder, g.version.main) }

func (g *groups) of(pid int) string { return filepath.Join(g.folder, strconv.Itoa(pid)) }

// remove moves this process back and removes the groups. The server must have
// ended.
func (g *groups) remove() error {
	err := move(os.Getpid(), g.version.mount)
	for pid := range g.known {
		err = errors.Join(err, os.Remove(g.of(pid)))
	}
	if g.version.main != "" {
		err = errors.Join(err, os.Remove(g.mainFolder()))
	}
	return errors.Join(err, os.Remove(g.folder))
}

func write(group string, s setting) error {
	return os.WriteFile(filepath.Join(group, s.file), []byte(s.value), 0)
}

func move(pid int, group string) error {
	return write(group, setting{"cgroup.procs", strconv.Itoa(pid)})
}

// quotaPeriod is how often a process that is held back gets its slice of a
// core.
const quotaPeriod = 20 * time.Millisecond

// slowDown holds each process of a server to a share of a core until stop is
// called. So the server shows how it would do with more cores than the machine
// has: eight backends at a tenth of a core each leave the rest of two to the
// client.
func (g *groups) slowDown(s *server, share float64) (stop func()) {
	quota := g.version.quota(quotaPeriod, time.Duration(share*float64(quotaPeriod)))
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Go(func() {
		// There is no event of a new process to wait for.
		ticker := time.NewTicker(quotaPeriod / 2)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				g.hold(s.postmaster, quota)
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

// hold gives each new process a group and removes those of ended ones.
// Processes come and go meanwhile, so errors are expected.
func (g *groups) hold(postmaster int, quota []setting) {
	children, err := childrenOf(postmaster)
	if err != nil {
		return
	}
	alive := map[int]bool{}
	for _, pid := range children {
		alive[pid] = true
		if !g.known[pid] && os.Mkdir(g.of(pid), 0o755) == nil {
			g.known[pid] = true
			for _, s := range quota {
				_ = write(g.of(pid), s)
			}
			_ = move(pid, g.of(pid))
		}
	}
	for pid := range g.known {
		if !alive[pid] && os.Remove(g.of(pid)) == nil {
			delete(g.known, pid)
		}
	}
}
