package report_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"pgrestore/event"
)

// synthetic describes a made-up restore: of tables, each with data, an index, a
// primary key and, mostly, a foreign key. It is carried out on connections as
// the real one would be, in made-up times.
type synthetic struct {
	tables, connections int
	seed                uint64
	failEvery           int // of the foreign keys; 0: none
	hostile             string
	unit                time.Duration // times are longer by this; 0: 1 ms
	killedAfter         float64       // of all records; 0: not killed
}

// job is a step of it.
type job struct {
	started event.StepStarted
	took    time.Duration
	rows    int64
	after   int // job, -1 for none
	fails   bool
}

// records gives the events in order.
func (s synthetic) records() []event.Record {
	r := rand.New(rand.NewPCG(s.seed, 1))
	run := &simulation{synthetic: s, random: r, free: make([]time.Duration, s.connections)}
	if run.unit == 0 {
		run.unit = time.Millisecond
	}
	run.begin()
	run.objects()
	run.main(s.jobs(r, run.unit))
	run.finish()
	if s.killedAfter > 0 {
		return run.out[:int(float64(len(run.out))*s.killedAfter)]
	}
	return run.out
}

// jobs are the steps of the stage "main".
func (s synthetic) jobs(r *rand.Rand, unit time.Duration) (jobs []job) {
	add := func(kind, name, table string, class event.Class, took time.Duration, after int) int {
		jobs = append(jobs, job{
			started: event.StepStarted{
				StepID: event.StepID{ID: 100_000 + len(jobs)}, Kind: kind, Schema: "public" + s.hostile, Name: name, Table: table, Class: class,
				Weight: int64(took / 1000), Stored: int64(took / 500),
			},
			took: took, after: after,
		})
		return len(jobs) - 1
	}
	for n := range s.tables {
		name := fmt.Sprintf("table_%05d%s", n, s.hostile)
		table := "public" + s.hostile + "." + name
		big := time.Duration(1 + r.ExpFloat64()*20)
		if n%37 == 5 {
			big *= 12
		}
		data := add("TABLE DATA", name, table, event.Data, big*unit, -1)
		jobs[data].rows = int64(big) * 1000
		key := add("CONSTRAINT", name+" "+name+"_pkey", table, event.Constraint, big*unit/3, data)
		index := add("INDEX", name+"_idx", table, event.Index, big*unit/4, data)
		if n%20 == 3 {
			add("MATERIALIZED VIEW DATA", name+"_summary", "", event.Refresh, big*unit/2, index)
		}
		if n > 0 {
			jobs[add("FK CONSTRAINT", name+" "+name+"_fkey", table, event.ForeignKey, big*unit/8, key)].fails = s.failEvery > 0 && n%s.failEvery == 0
		}
	}
	return jobs
}

// simulation is the state of a made-up restore.
type simulation struct {
	synthetic
	random      *rand.Rand
	out         []event.Record
	now         time.Duration
	free        []time.Duration // when connections are
	bytes, rows int64
	done, fails int
}

func (s *simulation) emit(at time.Duration, e event.Event) {
	s.out = append(s.out, event.Record{At: at, Event: e})
}

func (s *simulation) begin() {
	s.emit(0, event.Run{
		Schema: event.SchemaVersion, Program: "pgrestore 1.0", Started: "2026-03-04T05:06:07+01:00", Archive: "/backup/shop" + s.hostile + ".dump", Format: "custom",
		ArchiveVersion: "1.16", Database: "shop" + s.hostile, Created: "2026-03-03 23:00:00", ServerVersion: "17.2", DumpVersion: "17.2", Compression: "zstd",
		Entries: s.tables * 6, Jobs: s.connections, Options: []string{"--no-owner", "--dbname=shop"},
	})
	s.emit(0, event.Setting{Name: "maintenance_work_mem", Value: "1 GB", Why: "indexes are built; a quarter of the memory, shared by the connections" + s.hostile})
	s.emit(0, event.Setting{Name: "synchronous_commit", Value: "off", Why: "one commit at the end waits for the disk"})
	for n := range s.connections {
		s.emit(s.now, event.Connected{Connection: n, PID: uint32(4000 + n), Database: "shop", Server: "18.1"})
		s.now += 2 * time.Millisecond
	}
	s.emit(s.now, event.Plan{Steps: s.tables * 5, Stored: 1 << 30, Weight: 3 << 30, Classes: []event.ClassTotal{
		{Class: event.Object, Steps: s.tables, Weight: 1 << 20}, {Class: event.Data, Steps: s.tables, Weight: 1 << 30}, {Class: event.Index, Steps: s.tables, Weight: 1 << 29},
	}})
}

// objects makes the tables, 50 to a message.
func (s *simulation) objects() {
	s.emit(s.now, event.Stage{Name: "objects"})
	for from := 0; from < s.tables; from += 50 {
		to := min(from+50, s.tables)
		for n := from; n < to; n++ {
			s.emit(s.now, event.StepStarted{StepID: event.StepID{ID: n + 1}, Kind: "TABLE", Schema: "public", Name: fmt.Sprintf("table_%05d", n), Table: fmt.Sprintf("public.table_%05d", n), Class: event.Object})
			s.now += time.Microsecond
		}
		s.now += time.Duration(to-from) * s.unit / 4
		for n := from; n < to; n++ {
			s.emit(s.now, event.StepFinished{StepID: event.StepID{ID: n + 1}})
			s.now += time.Microsecond
		}
		s.done += to - from
	}
	s.now += 3 * s.unit
}

// main carries jobs out: each connection that is free takes the next job that
// is ready.
func (s *simulation) main(jobs []job) {
	s.emit(s.now, event.Stage{Name: "main" + s.hostile})
	for n := range s.free {
		s.free[n] = s.now
	}
	ends := make([]time.Duration, len(jobs))
	var late []event.Record
	for n, j := range jobs {
		on := 0
		for c := range s.free {
			if s.free[c] < s.free[on] {
				on = c
			}
		}
		ready := s.now
		if j.after >= 0 {
			ready = ends[j.after]
			j.started.After = jobs[j.after].started.StepID
		}
		start := max(s.free[on], ready) + 20*time.Microsecond
		ends[n] = start + max(j.took, 50*time.Microsecond)
		s.free[on] = ends[n]
		j.started.Connection = on
		late = append(late, event.Record{At: start, Event: j.started}, event.Record{At: ends[n], Event: s.result(j, on)})
		if j.fails {
			late = append(late, event.Record{At: ends[n], Event: failureOf(j)})
		}
	}
	slices.SortStableFunc(late, func(x, y event.Record) int { return cmp.Compare(x.At, y.At) })
	s.sampled(late)
	s.now = slices.Max(s.free)
}

func (s *simulation) result(j job, on int) event.Event {
	if j.fails {
		s.fails++
		return event.StepFailed{StepID: j.started.StepID, Connection: on, Errors: 1}
	}
	return event.StepFinished{StepID: j.started.StepID, Connection: on, Rows: j.rows, Bytes: j.rows * 120}
}

func failureOf(j job) event.Failure {
	return event.Failure{
		StepID: j.started.StepID, Kind: j.started.Kind, Schema: j.started.Schema, Name: j.started.Name, SQLState: "23503", Severity: "ERROR",
		Message:   `insert or update on table "` + j.started.Name + `" violates foreign key constraint`,
		Statement: "ALTER TABLE ONLY " + j.started.Table + " ADD CONSTRAINT ...;",
		Text:      "could not execute query: ERROR:  violates foreign key constraint of " + j.started.Name,
	}
}

// sampled adds a sample every second to records.
func (s *simulation) sampled(records []event.Record) {
	next := s.now + time.Second
	for _, r := range records {
		for ; r.At >= next; next += time.Second {
			s.emit(next, event.Sample{Bytes: s.bytes, Rows: s.rows, Done: s.done})
		}
		if f, ok := r.Event.(event.StepFinished); ok {
			s.bytes, s.rows = s.bytes+f.Bytes, s.rows+f.Rows
			s.done++
		}
		s.out = append(s.out, r)
	}
}

func (s *simulation) finish() {
	s.emit(s.now, event.Stage{Name: "last"})
	s.now += 5 * s.unit
	for n := range s.connections {
		s.emit(s.now, event.Disconnected{Connection: n})
	}
	s.emit(s.now, event.End{Outcome: event.Complete, Errors: s.fails, Done: s.done, Steps: s.tables * 5})
}
