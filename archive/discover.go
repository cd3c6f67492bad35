package archive

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"pgrestore/toc"
)

// What plain SQL dumps begin with (pg_backup_archiver.h, TEXT_DUMP*_HEADER).
const (
	textDumpHeader    = "--\n-- PostgreSQL database dump\n--\n\n"
	textDumpallHeader = "--\n-- PostgreSQL database cluster dump\n--\n\n"
)

// discover tells the format of a file or stream, mirroring
// _discoverArchiveFormat. A stream is left at its start.
func discover(in *input) (toc.Format, error) {
	head, err := in.peek(len(magic))
	if len(head) < len(magic) {
		if err != io.EOF {
			return 0, failure("could not read input file: %s", systemText(err)).because(err).at(in.name, int64(len(head)))
		}
		return 0, failure("input file is too short (read %d, expected %d)", len(head), len(magic)).at(in.name, 0)
	}
	if string(head) == magic {
		return toc.FormatCustom, nil
	}
	head, err = in.peek(tarBlock)
	text := string(head)
	switch {
	case len(text) >= len(textDumpallHeader) &&
		(strings.HasPrefix(text, textDumpHeader) || strings.HasPrefix(text, textDumpallHeader)):
		return 0, failure("input file appears to be a text format dump. Please use psql.").at(in.name, 0)
	case len(head) < tarBlock && err != io.EOF:
		return 0, readFailure(err).at(in.name, int64(len(head)))
	case len(head) < tarBlock:
		return 0, failure("input file does not appear to be a valid archive (too short?)").at(in.name, 0)
	case !isTarHeader((*[tarBlock]byte)(head)):
		return 0, failure("input file does not appear to be a valid tar archive").at(in.name, 0)
	default:
		return toc.FormatTar, nil
	}
}

// peek gives the first n bytes, or fewer with the reason why.
func (in *input) peek(n int) ([]byte, error) {
	head := make([]byte, n)
	var err error
	if in.file != nil {
		n, err = in.file.ReadAt(head, 0)
	} else {
		n, err = io.ReadFull(in.stream, head)
		in.stream.Unread(head[:n])
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	return head[:n], err
}

// findTOC sees whether the directory holds a table of contents.
func findTOC(dir string) error {
	for _, suffix := range []string{"", ".gz", ".lz4", ".zst"} {
		info, err := os.Stat(filepath.Join(dir, tocName+suffix))
		if err == nil && info.Mode().IsRegular() {
			return nil
		}
	}
	return failure("directory \"%s\" does not appear to be a valid archive (\"toc.dat\" does not exist)", dir).because(fs.ErrNotExist)
}
