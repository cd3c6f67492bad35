package engine

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// coresFed is how many cores of a server one core here can keep busy:
	// decoding and sending data costs about a quarter of taking it in.
	coresFed = 4
	// unknownCores is how many cores a server is taken to have that does not
	// tell, if there are not more here.
	unknownCores = 4
	// jobWeight is the work, as in event.Plan, that is worth a connection.
	jobWeight = 1 << 20
)

// autoJobs chooses the number of connections by the cores here and at the
// server (0: not known), and by how much work there is, and says why.
func (e *engine) autoJobs(serverCores int) (jobs int, why string) {
	cores := serverCores
	if cores == 0 {
		cores = max(unknownCores, e.Cores)
	}
	worth := 1 + int(min(e.totals().Weight/jobWeight, 1<<20))
	jobs = min(cores, coresFed*e.Cores, worth)
	switch {
	case jobs == worth && jobs < cores:
		why = "there is too little work for more"
	case serverCores == 0:
		why = fmt.Sprintf("the server does not tell how many cores it has; there are %d here", e.Cores)
	case jobs < cores:
		why = fmt.Sprintf("the server has %d cores, and %d here keep so many of them busy", serverCores, e.Cores)
	default:
		why = fmt.Sprintf("the server has %d cores", serverCores)
	}
	return jobs, why
}

// serverCores asks a server on Linux how many cores it has; 0 where it does
// not tell, which only superusers are told.
func serverCores(ctx context.Context, conn *pgconn.PgConn) int {
	if conn.ParameterStatus("is_superuser") != "on" {
		return 0
	}
	results, err := ask(ctx, conn, "SELECT pg_catalog.pg_read_file('/sys/devices/system/cpu/online', 0, 1000, true)")
	if err != nil || len(results) == 0 || len(results[0].Rows) == 0 {
		return 0
	}
	return countCores(strings.TrimSpace(string(results[0].Rows[0][0])))
}

// countCores counts what a list of Linux's such as "0-3,5" holds; 0 if it is
// none.
func countCores(list string) (n int) {
	for part := range strings.SplitSeq(list, ",") {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		first, err1 := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || last < first {
			return 0
		}
		n += last - first + 1
	}
	return n
}
