package toc

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"
)

// Parts are what a restore may want of an entry.
type Parts uint8

// The parts. Special is for entries that only describe the session.
const (
	Definition Parts = 1 << iota
	Data
	StatisticsPart
	Special

	// Restorable is any part that makes statements.
	Restorable = Definition | Data | StatisticsPart
)

// TimeLayout is how pg_restore prints times.
const TimeLayout = "2006-01-02 15:04:05 MST"

// ListOptions say how a list is written.
type ListOptions struct {
	Order   []int     // positions in Entries; nil is archive order
	Wanted  []Parts   // beside Entries
	Verbose bool      // list all entries, and their dependencies
	Created time.Time // the archive's creation time, in the zone to print
}

// WriteList writes the list that pg_restore -l prints.
func (t *TOC) WriteList(w io.Writer, o ListOptions) error {
	out := bufio.NewWriterSize(w, 64<<10)
	h := &t.Header
	fmt.Fprintf(out, ";\n; Archive created at %s\n", o.Created.Format(TimeLayout))
	fmt.Fprintf(out, ";     dbname: %s\n;     TOC Entries: %d\n;     Compression: %s\n",
		OneLine(h.Database), len(t.Entries), h.Compression)
	fmt.Fprintf(out, ";     Dump Version: %s\n;     Format: %s\n;     Integer: %d bytes\n;     Offset: %d bytes\n",
		h.Version, h.Format, h.IntSize, h.OffsetSize)
	if h.HasServerVersion {
		fmt.Fprintf(out, ";     Dumped from database version: %s\n", h.ServerVersion)
	}
	if h.HasDumpVersion {
		fmt.Fprintf(out, ";     Dumped by pg_dump version: %s\n", h.DumpVersion)
	}
	out.WriteString(";\n;\n; Selected TOC Entries:\n;\n")

	var line []byte
	for n := range t.Entries {
		i := n
		if o.Order != nil {
			i = o.Order[n]
		}
		if !o.Verbose && o.Wanted[i]&Restorable == 0 {
			continue
		}
		line = appendListLine(line[:0], &t.Entries[i], o.Verbose)
		out.Write(line)
	}
	return out.Flush()
}

func appendListLine(line []byte, e *Entry, verbose bool) []byte {
	line = strconv.AppendInt(line, int64(e.ID), 10)
	line = append(line, "; "...)
	line = strconv.AppendUint(line, uint64(e.TableOID), 10)
	line = append(line, ' ')
	line = strconv.AppendUint(line, uint64(e.OID), 10)
	line = append(append(line, ' '), e.Desc...)
	line = append(append(line, ' '), OneLineOrHyphen(e.Namespace, e.IsNull(FieldNamespace))...)
	line = append(append(line, ' '), OneLine(e.Tag)...)
	line = append(append(line, ' '), OneLine(e.Owner)...)
	line = append(line, '\n')
	if verbose && len(e.Dependencies) > 0 {
		line = append(line, ";\tdepends on:"...)
		for _, d := range e.Dependencies {
			line = strconv.AppendInt(append(line, ' '), int64(d), 10)
		}
		line = append(line, '\n')
	}
	return line
}

// OneLine gives s with its line ends as spaces, so that a name in a comment or
// a list cannot begin a line of its own (CVE-2025-8715).
func OneLine(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' || s[i] == '\r' {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				if b[j] == '\n' || b[j] == '\r' {
					b[j] = ' '
				}
			}
			return string(b)
		}
	}
	return s
}

// OneLineOrHyphen is OneLine with a hyphen for a name that is NULL.
func OneLineOrHyphen(s string, null bool) string {
	if null {
		return "-"
	}
	return OneLine(s)
}

// ReadList reads a list file: each line begins with an entry's ID, a semicolon
// begins a comment. It gives all positions in Entries in the order in which a
// restore visits them, those not listed first, and which are listed (beside
// Entries). Lines that name no entry, or one for the second time, come back in
// ignored (pg_restore's SortTocFromFile).
func (t *TOC) ReadList(r io.Reader) (order []int, listed []bool, ignored []string, err error) {
	listed = make([]bool, len(t.Entries))
	seen := make(map[ID]bool)
	highest := t.MaxID()
	var chosen []int
	lines := bufio.NewReader(r)
	for {
		line, readErr := readCLine(lines)
		if readErr != nil && readErr != io.EOF {
			return nil, nil, nil, readErr
		}
		line, _, _ = bytes.Cut(line, []byte{';'})
		if len(bytes.Trim(line, " \t\r\n")) > 0 {
			id, ok := leadingID(line)
			if !ok || id > int64(highest) || seen[ID(id)] {
				ignored = append(ignored, string(line))
			} else {
				i, ok := t.Index(ID(id))
				if !ok {
					return nil, nil, ignored, fmt.Errorf("could not find entry for ID %d", id)
				}
				seen[ID(id)] = true
				listed[i] = true
				chosen = append(chosen, i)
			}
		}
		if readErr == io.EOF {
			break
		}
	}
	order = make([]int, 0, len(t.Entries))
	for i := range t.Entries {
		if !listed[i] {
			order = append(order, i)
		}
	}
	return append(order, chosen...), listed, ignored, nil
}

// readCLine reads a line as C does, for which a NUL ends the text: it hides the
// rest of the line, its end included, so that the next line goes on from there
// (pg_get_line_buf).
func readCLine(lines *bufio.Reader) (line []byte, err error) {
	for {
		more, err := lines.ReadBytes('\n')
		nul := bytes.IndexByte(more, 0)
		if nul < 0 {
			return append(line, more...), err
		}
		line = append(line, more[:nul]...)
		if err != nil {
			return line, err
		}
	}
}

// leadingID reads the number that line begins with, as C's strtol does, cut
// down to 32 bits as pg_restore does.
func leadingID(line []byte) (id int64, ok bool) {
	line = bytes.TrimLeft(line, " \t\n\v\f\r")
	sign := int64(1)
	if len(line) > 0 && (line[0] == '-' || line[0] == '+') {
		if line[0] == '-' {
			sign = -1
		}
		line = line[1:]
	}
	digits := 0
	for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	if digits == 0 {
		return 0, false
	}
	n, err := strconv.ParseInt(string(line[:digits]), 10, 64)
	n *= sign
	switch {
	case err != nil && sign > 0: // strtol's answers to overflow
		n = math.MaxInt64
	case err != nil:
		n = math.MinInt64
	}
	id = int64(int32(n))
	return id, id > 0
}
