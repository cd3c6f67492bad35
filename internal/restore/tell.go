package restore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pgrestore/event"
	"pgrestore/toc"
)

// tellRun emits what is restored by what.
func (r *run) tellRun() {
	h := &r.toc.Header
	e := event.Run{
		Schema:         event.SchemaVersion,
		Program:        r.c.Program,
		Started:        r.io.Now().Format(time.RFC3339),
		Archive:        r.c.Input,
		Format:         strings.ToLower(h.Format.String()),
		ArchiveVersion: fmt.Sprintf("%d.%d", h.Version.Major, h.Version.Minor),
		Database:       h.Database,
		ServerVersion:  h.ServerVersion,
		DumpVersion:    h.DumpVersion,
		Compression:    h.Compression.String(),
		Entries:        len(r.toc.Entries),
		Jobs:           max(1, r.c.Jobs),
		Options:        r.c.Options,
	}
	if h.HasCreated {
		e.Created = r.created().Format(toc.TimeLayout)
	}
	r.sink.Emit(e)
}

// tellEnd emits how the restore ended.
func (r *run) tellEnd(ctx context.Context, result Result, err error) {
	e := event.End{Outcome: event.Complete, Errors: result.Errors, Done: result.Done, Steps: result.Steps}
	switch {
	case context.Cause(ctx) != nil:
		e.Outcome = event.Cancelled
	case err != nil:
		e.Outcome = event.Stopped
	}
	if err != nil && !errors.Is(err, ErrStopped) {
		e.Error = err.Error()
	}
	r.sink.Emit(e)
}

// sampleEvery is the time between samples; 0 where nobody wants any.
func (r *run) sampleEvery() time.Duration {
	if !r.c.Watched {
		return 0
	}
	return time.Second
}
