package restore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pgrestore/archive"
	"pgrestore/event"
	"pgrestore/internal/engine"
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
	e := End(result, err)
	if context.Cause(ctx) != nil {
		e.Outcome = event.Cancelled
	}
	r.sink.Emit(e)
}

// End gives the last event of a run that ended with err.
func End(result Result, err error) event.End {
	e := event.End{Outcome: event.Complete, Errors: result.Errors, Done: result.Done, Steps: result.Steps}
	if err == nil {
		return e
	}
	e.Outcome = event.Stopped
	if errors.Is(err, ErrStopped) {
		return e
	}
	e.Error = err.Error()
	e.Cause, e.SQLState = engine.Cause(err)
	var unreadable *archive.Error
	if errors.As(err, &unreadable) {
		e.Cause = event.Archive
	}
	return e
}

// sampleEvery is the time between samples; 0 where nobody wants any.
func (r *run) sampleEvery() time.Duration {
	if !r.c.Watched {
		return 0
	}
	return time.Second
}
