package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// print is what two results must have in common: lines of text, by what they
// tell.
type print struct {
	schema  string // the server's own dump of it
	content string // rows and checksum of each table, sequences, large objects
	output  string // a checksum of the program's own output
}

// contentScript prints a line for each table, sequence and set of large
// objects. Sums of hashes do not depend on the order of rows.
const contentScript = `
SELECT format('SELECT %L, count(*), sum(hashtextextended(t::text, 0)::numeric) FROM ONLY %s AS t', c.oid::regclass, c.oid::regclass)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
ORDER BY c.oid::regclass::text
\gexec
SELECT 'sequence', schemaname, sequencename, last_value FROM pg_sequences ORDER BY 2, 3;
SELECT 'large objects', count(*), sum(hashtextextended(concat_ws(' ', oid, lomowner::regrole, lomacl), 0)::numeric) FROM pg_largeobject_metadata;
SELECT 'large object pages', count(*), sum(hashtextextended(concat_ws(' ', loid, pageno, encode(data, 'hex')), 0)::numeric) FROM pg_largeobject;
`

func (s *server) databasePrint(ctx context.Context, db string) (p print, err error) {
	p.schema, err = output(s.client(ctx, "pg_dump", "--schema-only", "--restrict-key=bench", db))
	if err != nil {
		return p, err
	}
	p.content, err = s.psql(ctx, db, contentScript)
	return p, err
}

// outputPrint runs a program once more for its output alone.
func (w *work) outputPrint(ctx context.Context, path string) (p print, err error) {
	args := w.arguments()
	if args[0] == "-f" {
		args = append([]string{"--restrict-key=bench"}, args...)
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = w.server.environment()
	sum := sha256.New()
	length := &counter{}
	cmd.Stdout = io.MultiWriter(sum, length)
	if err := cmd.Run(); err != nil {
		return p, fmt.Errorf("%s: %w", path, err)
	}
	p.output = fmt.Sprintf("%d bytes, SHA-256 %x\n", length.n, sum.Sum(nil))
	return p, nil
}

type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}

// compare gives an error with the first line that differs.
func (p print) compare(got print) error {
	return errors.Join(
		compareLines("schema", p.schema, got.schema),
		compareLines("content", p.content, got.content),
		compareLines("output", p.output, got.output),
	)
}

func compareLines(what, want, got string) error {
	if want == got {
		return nil
	}
	wanted, gotten := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(wanted), len(gotten)) {
		if wanted[i] != gotten[i] {
			return fmt.Errorf("%s, line %d: want %q, got %q", what, i+1, wanted[i], gotten[i])
		}
	}
	return fmt.Errorf("%s: want %d lines, got %d", what, len(wanted), len(gotten))
}
