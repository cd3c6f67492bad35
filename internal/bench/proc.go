package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of CPU times in /proc, 10 ms on every Linux of today.
const tick = 10 * time.Millisecond

// processCPU is a process's CPU time, and that of its ended children.
type processCPU struct {
	parent        int
	own, children time.Duration
}

// readProcessCPU reads /proc/PID/stat.
func readProcessCPU(pid int) (p processCPU, err error) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return p, err
	}
	// The second field is the command in parentheses, which may hold anything;
	// the rest begins with the third.
	_, rest, _ := strings.Cut(string(content[strings.LastIndexByte(string(content), ')'):]), " ")
	fields := strings.Fields(rest)
	if len(fields) < 15 {
		return p, fmt.Errorf("/proc/%d/stat has %d fields", pid, len(fields))
	}
	var numbers [15]int64
	for _, i := range []int{1, 11, 12, 13, 14} {
		if numbers[i], err = strconv.ParseInt(fields[i], 10, 64); err != nil {
			return p, fmt.Errorf("/proc/%d/stat: %w", pid, err)
		}
	}
	return processCPU{
		parent:   int(numbers[1]),
		own:      time.Duration(numbers[11]+numbers[12]) * tick,
		children: time.Duration(numbers[13]+numbers[14]) * tick,
	}, nil
}

// processTreeCPU gives the CPU time of a process and of all its children,
// ended or not. It is read again where a child ends meanwhile.
func processTreeCPU(pid int) (time.Duration, error) {
	for {
		before, err := readProcessCPU(pid)
		if err != nil {
			return 0, err
		}
		total := before.own + before.children
		children, err := childrenOf(pid)
		if err != nil {
			return 0, err
		}
		for _, child := range children {
			c, err := readProcessCPU(child)
			if err == nil {
				total += c.own + c.children
			}
		}
		after, err := readProcessCPU(pid)
		if err != nil {
			return 0, err
		}
		if after.children == before.children {
			return total, nil
		}
	}
}

// childrenOf gives a process's children, from the kernel's list where it keeps
// one and by looking at all processes elsewhere.
func childrenOf(pid int) (children []int, err error) {
	list, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err == nil {
		for _, field := range strings.Fields(string(list)) {
			child, err := strconv.Atoi(field)
			if err != nil {
				return nil, err
			}
			children = append(children, child)
		}
		return children, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	all, err := filepath.Glob("/proc/[1-9]*")
	if err != nil {
		return nil, err
	}
	for _, folder := range all {
		candidate, err := strconv.Atoi(filepath.Base(folder))
		if err != nil {
			continue
		}
		if p, err := readProcessCPU(candidate); err == nil && p.parent == pid {
			children = append(children, candidate)
		}
	}
	return children, nil
}

// machineCPU is the time that all cores together spent.
type machineCPU struct{ idle, total int64 }

// readMachineCPU reads the first line of /proc/stat.
func readMachineCPU() (m machineCPU, err error) {
	content, err := os.ReadFile("/proc/stat")
	if err != nil {
		return m, err
	}
	line, _, _ := strings.Cut(string(content), "\n")
	fields := strings.Fields(line)
	if len(fields) < 9 || fields[0] != "cpu" {
		return m, fmt.Errorf("/proc/stat begins with %q", line)
	}
	// user nice system idle iowait irq softirq steal; guests are counted in user
	for i, field := range fields[1:9] {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return m, fmt.Errorf("/proc/stat: %w", err)
		}
		m.total += n
		if i == 3 || i == 4 {
			m.idle += n
		}
	}
	return m, nil
}

func (m machineCPU) busySince(before machineCPU) float64 {
	total := m.total - before.total
	if total == 0 {
		return 0
	}
	return 1 - float64(m.idle-before.idle)/float64(total)
}
