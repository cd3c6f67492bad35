package engine

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// monitor asks the server what the restore's connections do, on a connection
// of its own. It never gets in the way: if the server will not have it, or does
// not answer in time, it is asked again later.
type monitor struct {
	e     *engine
	conn  *pgconn.PgConn
	pause time.Duration // before the next try; it grows with each that fails
	after time.Time     // when that is
}

// work is what a server process does.
type work struct {
	phase, waits string
	starved      bool  // it waits for the client
	blockers     []int // processes that have the lock that it waits for
	rows, taken  int64 // rows and bytes of a COPY that is not finished; taken is -1 where that is not known
	index        progress
	helped       bool // by parallel workers
}

const (
	// monitorTimeout is how long the server may take to answer.
	monitorTimeout = 2 * time.Second
	// After a failure the server is left alone for firstPause, then for twice as
	// long each time, up to longestPause.
	firstPause, longestPause = 10 * time.Second, 5 * time.Minute
	// momentary is what a step takes at least for the server to be asked about it:
	// asking costs it 1.3 ms.
	momentary = 50 * time.Millisecond
)

// look gives what the server's processes do now, as far as they have done it for some
// time; nil where that is not known.
func (m *monitor) look(ctx context.Context) map[uint32]work {
	if time.Now().Before(m.after) {
		return nil
	}
	var pids []string
	m.e.runners.each(func(w watched) {
		if a := w.runner.current.Load(); a != nil && time.Since(a.begun) >= momentary || a == nil && w.wire.atLength() {
			pids = append(pids, strconv.FormatUint(uint64(w.pid), 10))
		}
	})
	if len(pids) == 0 {
		return nil
	}
	seen, err := m.ask(ctx, strings.Join(pids, ","))
	if err != nil {
		m.close()
		m.pause = min(max(2*m.pause, firstPause), longestPause)
		m.after = time.Now().Add(m.pause)
		return nil
	}
	m.pause = 0
	return seen
}

// ask asks about some processes, and connects if there is no connection.
func (m *monitor) ask(ctx context.Context, pids string) (map[uint32]work, error) {
	ctx, stop := context.WithTimeout(ctx, monitorTimeout)
	defer stop()
	if m.conn == nil {
		conn, err := m.e.Connect(ctx, "")
		if err != nil {
			return nil, err
		}
		m.conn = conn
	}
	results, err := m.conn.Exec(ctx, m.query(pids)).ReadAll()
	if err != nil {
		return nil, err
	}
	seen := make(map[uint32]work)
	for _, result := range results {
		for _, row := range result.Rows {
			pid, w := readWork(row)
			seen[pid] = w
		}
	}
	return seen, nil
}

// query asks for what pg_stat_activity, pg_stat_progress_create_index (since
// PostgreSQL 12) and pg_stat_progress_copy (since 14) tell of some processes,
// whether they have parallel workers (since 13), and who has the lock that they wait
// for (since 10), which is asked only where they do, as it stops all locking meanwhile.
func (m *monitor) query(pids string) string {
	version := serverMajor(m.conn)
	index := "NULL::text, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint"
	copied, helped, blockers := "NULL::bigint, NULL::bigint", "NULL::text", "NULL::text"
	from := " FROM pg_catalog.pg_stat_activity a"
	if version >= 10 {
		blockers = "CASE WHEN a.wait_event_type OPERATOR(pg_catalog.=) 'Lock' AND a.wait_event OPERATOR(pg_catalog.<>) 'extend'" +
			" THEN pg_catalog.array_to_string(pg_catalog.pg_blocking_pids(a.pid), ' ') END"
	}
	if version >= 12 {
		index = "i.phase, i.blocks_done, i.blocks_total, i.tuples_done, i.tuples_total"
		from += " LEFT JOIN pg_catalog.pg_stat_progress_create_index i ON i.pid OPERATOR(pg_catalog.=) a.pid"
	}
	if version >= 13 {
		helped = "(SELECT 't' FROM pg_catalog.pg_stat_activity w WHERE w.leader_pid OPERATOR(pg_catalog.=) a.pid LIMIT 1)"
	}
	if version >= 14 {
		copied = "c.tuples_processed, c.bytes_processed"
		from += " LEFT JOIN pg_catalog.pg_stat_progress_copy c ON c.pid OPERATOR(pg_catalog.=) a.pid"
	}
	return "SELECT a.pid, a.wait_event_type, a.wait_event, " + copied + ", " + index + ", " + helped + ", " + blockers + from +
		" WHERE a.pid OPERATOR(pg_catalog.=) ANY ('{" + pids + "}'::pg_catalog.int4[])"
}

// readWork reads a row of the monitor's query.
func readWork(row [][]byte) (pid uint32, w work) {
	number := func(n int) int64 {
		v, _ := strconv.ParseInt(string(row[n]), 10, 64) // NULL is 0
		return v
	}
	pid = uint32(number(0))
	if kind := string(row[1]); kind != "" {
		w.waits = kind + ": " + string(row[2])
		w.starved = kind == "Client"
	}
	w.rows, w.taken = number(3), -1
	if row[4] != nil {
		w.taken = number(4)
	}
	w.phase = string(row[5])
	w.index = readProgress(w.phase, number(6), number(7), number(8), number(9))
	w.helped = row[10] != nil
	for _, blocker := range strings.Fields(string(row[11])) {
		if pid, err := strconv.Atoi(blocker); err == nil && !slices.Contains(w.blockers, pid) {
			w.blockers = append(w.blockers, pid)
		}
	}
	return pid, w
}

// progress is how far an index is that is being built.
type progress struct {
	part indexPart
	done float64 // of that part
}

// indexPart is a part of the building of an index, as pg_stat_progress_create_index
// has it (PostgreSQL's btbuildphasename). GIN has those of B-trees since
// PostgreSQL 18; other methods tell no more than how far all of it is.
type indexPart int

const (
	noPart indexPart = iota // that is known
	allParts
	scanning // the table, and sorting meanwhile
	sorting  // the rest
	loading
)

func readProgress(phase string, blocks, allBlocks, tuples, allTuples int64) progress {
	share := func(done, all int64) float64 {
		if all <= 0 {
			return 0
		}
		return min(1, float64(done)/float64(all))
	}
	switch {
	case strings.HasSuffix(phase, "scanning table"):
		return progress{scanning, share(blocks, allBlocks)}
	case strings.Contains(phase, "sorting"), strings.Contains(phase, "merging"):
		return progress{sorting, 0.5} // which is not told
	case strings.Contains(phase, "loading"):
		return progress{loading, share(tuples, allTuples)}
	case phase != "" && allBlocks > 0:
		return progress{allParts, share(blocks, allBlocks)}
	}
	return progress{}
}

// shape is when the scan of the table ends and when the loading begins, as shares of
// the time that an index takes.
type shape struct{ scanned, sorted float64 }

// shapes are those without parallel workers and with: these scan and sort, while one
// process loads.
type shapes struct{ alone, helped shape }

// As measured for B-trees and a GIN index of 1.5 to 20 million rows.
var (
	treeShapes = shapes{shape{0.73, 0.75}, shape{0.60, 0.70}}
	slowShapes = shapes{shape{0.80, 0.82}, shape{0.78, 0.87}} // where comparing takes long
	scanShapes = shapes{shape{0.97, 0.98}, shape{0.90, 0.94}} // of other methods
)

// fraction estimates how much of an index of some shape is built.
func (p progress) fraction(s shape) (fraction float64, known bool) {
	switch p.part {
	case allParts:
		return p.done, true
	case scanning:
		return s.scanned * p.done, true
	case sorting:
		return s.scanned + (s.sorted-s.scanned)*p.done, true
	case loading:
		return s.sorted + (1-s.sorted)*p.done, true
	}
	return 0, false
}

func (m *monitor) close() {
	if m.conn == nil {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), cancelTimeout)
	defer stop()
	_ = m.conn.Close(ctx)
	m.conn = nil
}
