package engine

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// monitor asks the server what the restore's connections do, on a connection
// of its own. It never gets in the way: if the server will not have it, there
// is nothing to tell.
type monitor struct {
	e    *engine
	conn *pgconn.PgConn
	off  bool
}

// work is what a server process does.
type work struct {
	phase, waits string
	rows         int64   // of a COPY that is not finished
	fraction     float64 // of a B-tree, where known
	scanned      float64 // of an index of another method
	known        bool
}

// monitorTimeout is how long the server may take to answer.
const monitorTimeout = 2 * time.Second

// look gives what the server's processes do now; nil where that is not known.
func (m *monitor) look(ctx context.Context) map[uint32]work {
	if m.off {
		return nil
	}
	var pids []string
	m.e.runners.each(func(_ *runner, pid uint32) { pids = append(pids, strconv.FormatUint(uint64(pid), 10)) })
	if len(pids) == 0 {
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, monitorTimeout)
	defer stop()
	if m.conn == nil {
		conn, err := m.e.Connect(ctx, "")
		if err != nil {
			m.off = true
			return nil
		}
		m.conn = conn
	}
	results, err := m.conn.Exec(ctx, m.query(strings.Join(pids, ","))).ReadAll()
	if err != nil || len(results) == 0 {
		m.off = true
		return nil
	}
	seen := make(map[uint32]work)
	for _, row := range results[len(results)-1].Rows {
		pid, w := readWork(row)
		seen[pid] = w
	}
	return seen
}

// query asks for what pg_stat_activity, pg_stat_progress_create_index (since
// PostgreSQL 12) and pg_stat_progress_copy (since 14) tell of some processes.
func (m *monitor) query(pids string) string {
	version := serverMajor(m.conn)
	index := "NULL::text, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint"
	copied := "NULL::bigint"
	from := " FROM pg_catalog.pg_stat_activity a"
	if version >= 12 {
		index = "i.phase, i.blocks_done, i.blocks_total, i.tuples_done, i.tuples_total"
		from += " LEFT JOIN pg_catalog.pg_stat_progress_create_index i ON i.pid OPERATOR(pg_catalog.=) a.pid"
	}
	if version >= 14 {
		copied = "c.tuples_processed"
		from += " LEFT JOIN pg_catalog.pg_stat_progress_copy c ON c.pid OPERATOR(pg_catalog.=) a.pid"
	}
	return "SELECT a.pid, a.wait_event_type, a.wait_event, " + copied + ", " + index + from +
		" WHERE a.pid OPERATOR(pg_catalog.=) ANY ('{" + pids + "}'::pg_catalog.int4[])"
}

// readWork reads a row of the monitor's query.
func readWork(row [][]byte) (pid uint32, w work) {
	number := func(n int) int64 {
		v, _ := strconv.ParseInt(string(row[n]), 10, 64) // NULL is 0
		return v
	}
	pid = uint32(number(0))
	// A backend that waits for the client waits for us.
	if kind := string(row[1]); kind != "" && kind != "Client" {
		w.waits = kind + ": " + string(row[2])
	}
	w.rows = number(3)
	if w.phase = string(row[4]); w.phase != "" {
		w.fraction, w.known = indexFraction(w.phase, number(5), number(6), number(7), number(8))
		w.scanned = scanFraction(w.phase, w.fraction)
	}
	return pid, w
}

// scanShare is how much of building a B-tree is the scan of the table, with the
// sorting that goes on meanwhile.
const scanShare = 0.7

// indexFraction estimates how much of an index is built, as it was measured for
// B-trees of 1.5 million rows: what is not the scan is the rest of the sorting
// and then the loading.
func indexFraction(phase string, blocks, allBlocks, tuples, allTuples int64) (fraction float64, known bool) {
	part := func(done, all int64) float64 {
		if all <= 0 {
			return 0
		}
		return min(1, float64(done)/float64(all))
	}
	switch {
	case strings.HasSuffix(phase, "scanning table"):
		return scanShare * part(blocks, allBlocks), true
	case strings.Contains(phase, "sorting"):
		return scanShare, true
	case strings.Contains(phase, "loading tuples in tree"):
		return 0.8 + 0.2*part(tuples, allTuples), true
	case allBlocks > 0:
		return part(blocks, allBlocks), true
	}
	return 0, false
}

// scanFraction corrects the fraction of indexes that are all but built when the
// table has been scanned. PostgreSQL 18 gives GIN the phases of B-trees.
func scanFraction(phase string, fraction float64) float64 {
	switch {
	case strings.HasSuffix(phase, "scanning table"):
		return 0.9 * fraction / scanShare
	case strings.Contains(phase, "sorting"), strings.Contains(phase, "merging"), strings.Contains(phase, "loading"):
		return 0.9
	}
	return fraction
}

func (m *monitor) close() {
	if m.conn == nil {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), cancelTimeout)
	defer stop()
	_ = m.conn.Close(ctx)
}
