package engine

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"

	"pgrestore/internal/script"
	"pgrestore/toc"
)

// largeObjects loads the content of the large objects of an entry.
func (r *runner) largeObjects(ctx context.Context, u script.Unit) error {
	objects, err := r.e.Source.LargeObjects(ctx, r.e.TOC.Entries[u.Entry].ID)
	if err != nil {
		return r.giveUp(err, nil)
	}
	defer objects.Close()
	defer r.reads(objects)()
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
			return r.giveUp(err, nil)
		}
		if err := r.largeObject(ctx, u.Entry, oid, objects, style); err != nil {
			return err
		}
	}
	r.sendObjects()
	if style.Transaction {
		if err := r.exec(ctx, script.Unit{Op: script.Exec, Entry: u.Entry, Text: "COMMIT", Failure: script.FailedCommit}); err != nil {
			return err
		}
	}
	size := r.objectBytes
	r.objectBytes = 0
	r.later(func() { r.bytes += size })
	r.note(script.RestoredLargeObjects(count))
	return r.wait(ctx) // an object that is not there ends the restore here
}

// smallObject is the size below which large objects go several to a message.
const smallObject = 8 << 10

// largeObject sends one large object. Requests follow each other unanswered:
// its descriptor is 0, as none other is open in the transaction.
func (r *runner) largeObject(ctx context.Context, entry int, oid toc.OID, content io.Reader, style script.LargeObjectStyle) error {
	if err := r.stopped(ctx); err != nil {
		return err
	}
	if r.chunk == nil {
		r.chunk = make([]byte, script.LargeObjectChunk)
	}
	chunk := r.chunk // what is sent of it is copied at once
	n, err := io.ReadFull(content, chunk)
	if !style.Create && n < smallObject && (err == io.EOF || err == io.ErrUnexpectedEOF) {
		r.written(n)
		r.smallObject(entry, oid, chunk[:n], style)
		return nil
	}
	r.sendObjects()
	for range style.Notes {
		r.note(script.RestoringLargeObject(oid))
	}
	if style.Drop {
		if err := r.exec(ctx, script.Unit{Op: script.Exec, Entry: entry, Text: script.UnlinkIfExists(oid)}); err != nil {
			return err
		}
	}
	if style.Create {
		r.orDie(entry, fmt.Sprintf("SELECT pg_catalog.lo_create('%d')", oid), fmt.Sprintf("could not create large object %d", oid))
	}
	r.orDie(entry, script.OpenLargeObject(oid, false), cannotOpen(oid))
	for {
		if n > 0 {
			const write = "SELECT pg_catalog.lowrite(0, $1)"
			execution := appendExecution(r.objects.messages[:0], chunk[:n])
			r.wire.executions(&request{query: write, answered: func(err error) {
				r.writeFailed(entry, write, err)
			}}, execution, byteaOID)
			r.written(n)
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			break
		}
		if err != nil {
			return r.giveUp(err, nil)
		}
		n, err = io.ReadFull(content, chunk)
	}
	r.wire.query(&request{query: script.CloseLargeObject, answered: func(error) {}})
	return r.waitIfStrict(ctx)
}

// written counts content that is sent.
func (r *runner) written(n int) {
	r.progress(n)
	r.objectBytes += int64(n)
}

// objects is small large objects that are loaded with one message.
type objects struct {
	entry    int
	notes    int       // for each of them
	oids     []toc.OID // of each statement; 0 where it opens none
	puts     bool      // statements that open an object write it, too
	messages []byte    // what executes the statements
}

func (r *runner) smallObject(entry int, oid toc.OID, content []byte, style script.LargeObjectStyle) {
	o := &r.objects
	o.entry, o.notes, o.puts = entry, style.Notes, r.e.serverMajor >= 10
	o.oids = append(o.oids, oid)
	if o.puts {
		o.messages = appendPut(o.messages, oid, content)
	} else {
		o.messages = script.AppendLargeObject(o.messages, oid, content, r.e.Set.ConformingStrings)
		if len(content) > 0 {
			o.oids = append(o.oids, 0)
		}
		o.oids = append(o.oids, 0)
	}
	if len(o.messages) >= groupBytes || len(o.oids) >= 6*groupStatements {
		r.sendObjects()
	}
}

// putObject loads a large object whole, with a function that PostgreSQL has since
// 9.4.
const putObject = "SELECT pg_catalog.lo_put($1, 0, $2)"

// appendPut appends the messages that execute putObject once.
func appendPut(dst []byte, oid toc.OID, content []byte) []byte {
	id := binary.BigEndian.AppendUint32(nil, uint32(oid))
	return appendExecution(dst, id, content)
}

func (r *runner) sendObjects() {
	o := r.objects
	if len(o.oids) == 0 {
		return
	}
	r.objects = objects{messages: o.messages[:0]}
	q := &request{query: putObject}
	q.answered = func(err error) {
		for _, oid := range o.oids[:min(q.completed+1, len(o.oids))] {
			for range o.notes {
				if oid != 0 && !r.fatalKnown() {
					r.e.report.note(script.RestoringLargeObject(oid))
				}
			}
		}
		switch {
		case err == nil:
		case q.completed < len(o.oids) && o.oids[q.completed] != 0 && !(o.puts && writeError(err)):
			r.die(o.entry, cannotOpen(o.oids[q.completed]), "", err)
		default:
			r.writeFailed(o.entry, "", err)
		}
	}
	if o.puts {
		r.wire.executions(q, o.messages, oidOID, byteaOID)
		return
	}
	q.query = string(o.messages)
	r.wire.query(q)
}

func (r *runner) writeFailed(entry int, query string, err error) {
	if err != nil {
		r.fail(entry, query, "could not write to large object: "+r.errorText(err, query), err)
	}
}

// writeError tells whether what both opens and writes a large object could open
// it: this fails where there is none, without the right to write to it, and in a
// transaction that is read-only or has failed before.
func writeError(err error) bool {
	switch sqlState(err) {
	case "42704", "42501", "25006", "25P02":
		return false
	}
	return true
}

func cannotOpen(oid toc.OID) string { return fmt.Sprintf("could not open large object %d", oid) }

// orDie sends a query whose failure ends the restore.
func (r *runner) orDie(entry int, query, failure string) {
	r.wire.query(&request{query: query, answered: func(err error) { r.die(entry, failure, query, err) }})
}
