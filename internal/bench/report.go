package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// median gives the middle one of values, or the mean of the middle two. It is
// 0 of none.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	switch {
	case n == 0:
		return 0
	case n%2 == 1:
		return sorted[n/2]
	default:
		return (sorted[n/2-1] + sorted[n/2]) / 2
	}
}

// ratio is the median of the pairs' ratios of stock's time to ours.
func (r result) ratio() float64 {
	ratios := make([]float64, len(r.pairs))
	for i, p := range r.pairs {
		ratios[i] = float64(p[stock].wall) / float64(p[ours].wall)
	}
	return median(ratios)
}

// both gives "stock / ours" of something, each the median of its runs.
func (r result) both(format string, of func(sample) float64) string {
	var medians [2]float64
	for program := range medians {
		values := make([]float64, len(r.pairs))
		for i, p := range r.pairs {
			values[i] = of(p[program])
		}
		medians[program] = median(values)
	}
	return fmt.Sprintf(format+" / "+format, medians[stock], medians[ours])
}

var columns = []string{"work", "wanted", "ratio", "wall, s", "client CPU, s", "server CPU, s", "cores busy, %", "by this, %", "client peak, MB"}

func (r result) cells() []string {
	wanted := "–"
	if r.row.wanted > 0 {
		wanted = fmt.Sprintf("%.1f", r.row.wanted)
	}
	wallFormat := "%.1f"
	if r.pairs[0][ours].wall < time.Second {
		wallFormat = "%.2f"
	}
	seconds := func(d time.Duration) float64 { return d.Seconds() }
	return []string{
		r.row.title,
		wanted,
		fmt.Sprintf("**%.2f**", r.ratio()),
		r.both(wallFormat, func(s sample) float64 { return seconds(s.wall) }),
		r.both(wallFormat, func(s sample) float64 { return seconds(s.clientCPU) }),
		r.both("%.1f", func(s sample) float64 { return seconds(s.serverCPU) }),
		r.both("%.0f", func(s sample) float64 { return s.busy * 100 }),
		r.both("%.0f", func(s sample) float64 { return s.used() * 100 }),
		r.both("%.0f", func(s sample) float64 { return float64(s.peakBytes) / (1 << 20) }),
	}
}

// writeTable writes the facts and a table as Markdown.
func writeTable[R rowResult](w io.Writer, facts, columns []string, rows []R) error {
	var b strings.Builder
	for _, fact := range facts {
		fmt.Fprintf(&b, "- %s\n", fact)
	}
	rule := make([]string, len(columns))
	for i := range rule {
		rule[i] = cmp.Or(map[bool]string{i == 0: "---"}[true], "---:")
	}
	fmt.Fprintf(&b, "\n| %s |\n|%s|\n", strings.Join(columns, " | "), strings.Join(rule, "|"))
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s |\n", strings.Join(r.cells(), " | "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// facts tell what the numbers were measured with.
func (b *bench) facts(ctx context.Context) ([]string, error) {
	settings, err := b.server.psql(ctx, "postgres", `SELECT string_agg(name || ' ' || current_setting(name), ', ' ORDER BY name) FROM pg_settings
WHERE name IN ('wal_level', 'fsync', 'synchronous_commit', 'shared_buffers', 'maintenance_work_mem', 'max_wal_size', 'autovacuum')`)
	if err != nil {
		return nil, err
	}
	facts := []string{
		"Command: `" + strings.Join(append([]string{"go run ./internal/bench"}, b.options.publicArgs()...), " ") + "`",
		"Programs: " + b.programs[stock].version + "; " + b.programs[ours].version,
		"Server: PostgreSQL " + b.server.Version + " on the same machine, data on a RAM disk; " + strings.TrimSpace(settings),
		fmt.Sprintf("Machine: %d cores, %s, %s of memory, Linux %s", runtime.NumCPU(),
			procLine("/proc/cpuinfo", "model name"), memory(), procLine("/proc/sys/kernel/osrelease", "")),
	}
	if b.options.left {
		facts = append(facts, fmt.Sprintf("%d runs a row of our program alone, more where a run is short", b.options.pairs))
	} else {
		facts = append(facts, fmt.Sprintf("%d pairs a row, more where a run is short; medians", b.options.pairs))
	}
	if b.options.scale != 1 {
		facts = append(facts, fmt.Sprintf("All sizes are %g times what the rows say", b.options.scale))
	}
	if b.options.slow > 0 {
		facts = append(facts, fmt.Sprintf("A simulation: CPU quotas hold each of the server's processes to %g of a core", b.options.slow))
	}
	if b.options.weight > 0 {
		facts = append(facts, fmt.Sprintf("All of it claimed as much of the cores as %g other programs", b.options.weight))
	}
	return facts, nil
}

// publicArgs are the arguments without those that name files, which mean
// nothing elsewhere.
func (o options) publicArgs() (args []string) {
	skip := false
	for _, a := range o.args {
		name, _, hasValue := strings.Cut(strings.TrimLeft(a, "-"), "=")
		switch {
		case skip:
			skip = false
		case name == "keep" || name == "ours" || name == "stock":
			skip = !hasValue
		default:
			args = append(args, a)
		}
	}
	return args
}

// procLine gives the value of the first line of a file that begins with key;
// "?" where there is none.
func procLine(path, key string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return "?"
	}
	for line := range strings.Lines(string(content)) {
		if value, ok := strings.CutPrefix(line, key); ok {
			return strings.TrimSpace(strings.TrimLeft(value, "\t :"))
		}
	}
	return "?"
}

// memory gives the machine's memory.
func memory() string {
	var kB int64
	if _, err := fmt.Sscanf(procLine("/proc/meminfo", "MemTotal"), "%d kB", &kB); err != nil {
		return "?"
	}
	return fmt.Sprintf("%.0f GB", float64(kB)/(1<<20))
}
