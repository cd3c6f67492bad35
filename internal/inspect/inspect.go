// Package inspect tells what is in an archive, what a server must have for it,
// and, where it is asked to, what a given server lacks or has already, and
// whether the data is whole. It restores nothing and changes nothing; without
// Deep it reads no data, only the table of contents and sizes.
//
//	err := inspect.Run(ctx, inspect.Options{Input: "shop.dump"}, inspect.IO{Stdout: os.Stdout, Zone: time.Local})
//	if errors.Is(err, inspect.ErrDamaged) {
//		// The report says what is damaged.
//	}
//
// On the command line:
//
//	pgrestore inspect [OPTION]... [ARCHIVE]
//
//	-F, --format=c|d|t  as for a restore
//	--json              Options.JSON: the report for programs
//	--tree              Options.Tree: schemas, their objects, and what belongs to these
//	--all               Options.All: all tables and kinds in the text, not only the largest
//	--deep              Options.Deep: read and decode all data, count rows, tell of damage
//	-j, --jobs=NUM      Options.Jobs: readers with --deep; all cores if not given
//	--progress=MODE     shows what IO.Sink is told with --deep
//	-d, --dbname=NAME   Options.ToServer and Connection: tell what is missing there
//	-h, -p, -U, -w, -W  Connection, as for a restore
//
// ARCHIVE is Options.Input; without it standard input is read. The exit status
// is 1 where Run returns an error; with [ErrDamaged] the report on standard
// output has said all.
package inspect

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"pgrestore/archive"
	"pgrestore/event"
	"pgrestore/internal/connect"
	"pgrestore/toc"
)

// ErrDamaged says that the archive is damaged, as the report tells.
var ErrDamaged = errors.New("archive is damaged")

// Options are what to find out and how to tell it.
type Options struct {
	Input  string     // file or folder; "" is standard input
	Format toc.Format // FormatUnknown: find out

	JSON bool
	Tree bool
	All  bool

	Deep bool
	Jobs int // 0 means as many as there are cores

	ToServer   bool
	Connection connect.Params
}

// IO is what the outside world lends to a run.
type IO struct {
	Stdin  *os.File
	Stdout io.Writer
	Zone   *time.Location // to print times in; nil is UTC
	// Sink is told how far the reading of all data is, in the events of a
	// restore; nil for nobody.
	Sink event.Sink
}

// Run inspects an archive and writes the report. Where the archive cannot be
// opened, or the server not be asked, nothing is written, and the error is
// archive's, or one whose text is libpq's.
func Run(ctx context.Context, o Options, inout IO) error {
	report, err := Inspect(ctx, o, inout)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(inout.Stdout)
	switch {
	case o.JSON:
		err = writeJSON(out, report)
	case o.Tree:
		writeTree(out, report)
	default:
		writeText(out, report, o.All)
	}
	if err := cmp.Or(err, out.Flush()); err != nil {
		return CannotWrite(err)
	}
	if len(report.Damage) > 0 {
		return ErrDamaged
	}
	return nil
}

// CannotWrite gives an error of the output in the words that pg_restore has.
func CannotWrite(err error) error {
	var file *fs.PathError
	if errors.As(err, &file) {
		err = file.Err
	}
	return fmt.Errorf("could not write to file: %w", err)
}

// Inspect makes the report that Run writes.
func Inspect(ctx context.Context, o Options, inout IO) (*Report, error) {
	a, err := open(ctx, o, inout)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	// Asked first, so that a wrong password costs no long wait.
	var server *facts
	if o.ToServer {
		if server, err = askServer(ctx, o.Connection, a.TOC()); err != nil {
			return nil, err
		}
	}
	stored, err := findStored(ctx, a, o, inout)
	if err != nil {
		return nil, err
	}
	report := describe(a, o, inout, stored)
	if o.Deep {
		if err := readAll(ctx, a, o.Jobs, stored, report, inout.Sink); err != nil {
			return nil, err
		}
	}
	report.finish()
	if server != nil {
		report.Server = server.check(a.TOC(), &report.Needs)
	}
	if o.Tree {
		report.Tree = grow(a.TOC(), stored)
	}
	if d := decoderOf(a.TOC()); d != nil {
		report.decode(d)
	}
	return report, nil
}

func open(ctx context.Context, o Options, inout IO) (*archive.Archive, error) {
	options := archive.Options{Format: o.Format}
	if o.Input == "" {
		return archive.OpenStream(ctx, inout.Stdin, options)
	}
	return archive.Open(ctx, o.Input, options)
}

func (i IO) zone() *time.Location {
	if i.Zone == nil {
		return time.UTC
	}
	return i.Zone
}
