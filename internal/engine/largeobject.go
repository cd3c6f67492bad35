package engine

import (
	"context"
	"errors"
	"fmt"
	"io"

	"pgrestore/internal/script"
	"pgrestore/toc"
)

// largeObjects loads the content of the large objects of an entry.
func (r *runner) largeObjects(ctx context.Context, u script.Unit) error {
	objects, err := r.e.Source.LargeObjects(ctx, r.e.TOC.Entries[u.Entry].ID)
	if err != nil {
		return r.giveUp(err)
	}
	defer objects.Close()
	style := r.session.LargeObjectStyle()
	if style.Transaction {
		if err := r.exec(ctx, script.Unit{Op: script.Exec, Entry: u.Entry, Text: "BEGIN", Failure: script.FailedBegin}); err != nil {
			return err
		}
	}
	count := 0
	for ; ; count++ {
		oid, err := objects.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return r.giveUp(err)
		}
		if err := r.largeObject(ctx, u.Entry, oid, objects, style); err != nil {
			return err
		}
	}
	if style.Transaction {
		if err := r.exec(ctx, script.Unit{Op: script.Exec, Entry: u.Entry, Text: "COMMIT", Failure: script.FailedCommit}); err != nil {
			return err
		}
	}
	r.later(func() { r.e.report.note(script.RestoredLargeObjects(count)) })
	return nil
}

// largeObject sends one large object. Requests follow each other unanswered:
// its descriptor is 0, as none other is open in the transaction.
func (r *runner) largeObject(ctx context.Context, entry int, oid toc.OID, content io.Reader, style script.LargeObjectStyle) error {
	if err := r.stopped(ctx); err != nil {
		return err
	}
	for range style.Notes {
		r.later(func() { r.e.report.note(script.RestoringLargeObject(oid)) })
	}
	if style.Drop {
		if err := r.exec(ctx, script.Unit{Op: script.Exec, Entry: entry, Text: script.UnlinkIfExists(oid)}); err != nil {
			return err
		}
	}
	if style.Create {
		r.orDie(fmt.Sprintf("SELECT pg_catalog.lo_create('%d')", oid), fmt.Sprintf("could not create large object %d", oid))
	}
	r.orDie(script.OpenLargeObject(oid, false), fmt.Sprintf("could not open large object %d", oid))
	for {
		chunk := make([]byte, script.LargeObjectChunk)
		n, err := io.ReadFull(content, chunk)
		if n > 0 {
			const write = "SELECT pg_catalog.lowrite(0, $1)"
			r.wire.byteaQuery(&request{query: write, answered: func(err error) {
				if err != nil {
					r.fail(entry, "could not write to large object: "+r.errorText(err, write), err)
				}
			}}, chunk[:n])
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			break
		}
		if err != nil {
			return r.giveUp(err)
		}
	}
	r.wire.query(&request{query: script.CloseLargeObject, answered: func(error) {}})
	return r.waitIfStrict(ctx)
}

// orDie sends a query whose failure ends the restore.
func (r *runner) orDie(query, failure string) {
	r.wire.query(&request{query: query, answered: func(err error) {
		if err != nil {
			r.setFatal(errors.New(failure + ": " + r.errorText(err, query)))
		}
	}})
}
