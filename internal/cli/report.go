package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"pgrestore/event"
	"pgrestore/internal/report"
	"pgrestore/internal/terminal"
	"pgrestore/internal/verdict"
)

func reportCommand() command {
	return command{
		name:     "report",
		operands: "EVENTS",
		help:     "tell of a restore from the events that it wrote",
		about: []string{
			"Makes of the file that --events wrote what --report, --trace and --report-json make: the page with --output. Without " +
				"these options, the summary of the restore is printed.",
			"EVENTS may be - for standard input. A restore may still run, or have been cut off, when its file is read.",
		},
		options: []option{
			{name: "output", short: 'o', arg: "FILENAME", file: true,
				help: "write the report to this file, as a page for browsers (- is standard output)",
				set:  last(func(g *given) *text { return &g.own.report })},
			{name: "trace", arg: "FILENAME", file: true, help: optionNamed("trace").help,
				set: last(func(g *given) *text { return &g.own.trace })},
			{name: "json", arg: "FILENAME", file: true, help: optionNamed("report-json").help,
				set: last(func(g *given) *text { return &g.own.reportJSON })},
			optionNamed("ignore-errors"),
		},
		run: runReport,
	}
}

func runReport(_ context.Context, p *Program, g *given, operands []string, log *terminal.Log) error {
	switch {
	case len(operands) == 0:
		return withHelp(usageErrorf("no file of events specified"))
	case len(operands) > 1:
		return withHelp(usageErrorf("too many command-line arguments (first is \"%s\")", operands[1]))
	}
	builder := report.New()
	judge := verdict.NewReader(verdict.Options{Ignore: g.own.ignored})
	if err := p.readEvents(operands[0], log, builder, judge); err != nil {
		return err
	}
	v := judge.Verdict()
	for _, out := range []struct {
		file  text
		write func(io.Writer) error
	}{
		{g.own.report, func(to io.Writer) error { return builder.WriteHTML(to, v) }},
		{g.own.trace, builder.WriteTrace},
		{g.own.reportJSON, func(to io.Writer) error { return writeVerdict(to, v) }},
	} {
		if !out.file.given {
			continue
		}
		if err := p.writeFile(out.file.value, out.write); err != nil {
			return err
		}
	}
	if g.own.report.given || g.own.trace.given || g.own.reportJSON.given {
		return nil
	}
	return p.writeFile("-", func(to io.Writer) error {
		_, err := io.WriteString(to, verdict.Text(v, verdict.TextOptions{}))
		return err
	})
}

// readEvents hands the records of a file to readers. An incomplete last line
// is a warning.
func (p *Program) readEvents(name string, log *terminal.Log, readers ...event.Reader) error {
	var in io.Reader = p.IO.Stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return usageErrorf("could not open input file \"%s\": %s", name, reason(err))
		}
		defer file.Close()
		in = file
	}
	decoder := event.NewDecoder(in)
	for {
		record, err := decoder.Next()
		var wrong *event.FileError
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, event.ErrTorn):
			log.Emit(event.Message{Level: event.Warning, Text: fmt.Sprintf("the last line of \"%s\" is incomplete", name)})
			return nil
		case errors.As(err, &wrong):
			return usageErrorf("could not read events from \"%s\": %s", name, wrong)
		case err != nil:
			return usageErrorf("could not read from input file \"%s\": %s", name, reason(err))
		}
		for _, reader := range readers {
			reader.Read(record)
		}
	}
}

// writeFile makes a file of what write writes; "-" is standard output.
func (p *Program) writeFile(name string, write func(io.Writer) error) error {
	to := io.WriteCloser(nopCloser{p.IO.Stdout})
	if name != "-" {
		file, err := os.Create(name)
		if err != nil {
			return usageErrorf("could not open output file \"%s\": %s", name, reason(err))
		}
		to = file
	}
	buffer := bufio.NewWriter(to)
	if err := errors.Join(write(buffer), buffer.Flush(), to.Close()); err != nil {
		return usageErrorf("could not write to file \"%s\": %s", name, reason(err))
	}
	return nil
}
