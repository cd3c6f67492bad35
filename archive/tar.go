package archive

import (
	"context"
	"io"
	"sync/atomic"

	"pgrestore/toc"
)

const (
	tocName    = "toc.dat"
	blobPrefix = "blob_"

	textOneAtATime = "two members of a tar archive can not be read at once from a non-seekable input file"
)

// tarArchive is an archive in a tar file. Over a file, members are found in
// any order; over a stream only in theirs.
type tarArchive struct {
	in  *input
	toc *toc.TOC

	turn    chan struct{} // holds one token; guards what follows
	walk    tarWalk
	members []TarMember
	byName  map[string]int // first member of that name
	walkErr error          // io.EOF when all members are known
	reading *tarData       // over a stream: the open member
	needed  func(toc.ID) bool
}

func openTar(ctx context.Context, in *input) (*Archive, error) {
	t := &tarArchive{in: in, turn: make(chan struct{}, 1), byName: map[string]int{}}
	t.walk.in = in
	t.turn <- struct{}{}
	index, err := t.find(ctx, tocName)
	if err != nil {
		return nil, err
	}
	member := t.members[index]
	f, err := t.tocFields(member)
	if err != nil {
		return nil, err
	}
	var warnings []string
	if t.toc, warnings, err = readTOC(ctx, f, toc.FormatTar); err != nil {
		return nil, err
	}
	if t.toc.Header.Compression != toc.CompressionNone {
		return nil, warned(failure(textTarPlain).at(in.name, member.Offset), warnings)
	}
	return &Archive{toc: t.toc, warnings: warnings, store: t}, nil
}

// tocFields reads the table of contents. What is read of a stream goes through
// the walk's window, so that nothing behind the member is lost.
func (t *tarArchive) tocFields(m TarMember) (*fields, error) {
	if t.in.file != nil {
		return t.in.fields(m.Offset, m.Size), nil
	}
	r := io.LimitReader(t.walk.c, m.Size)
	return newFields(r, m.Offset, -1, t.in.name), nil
}

func (t *tarArchive) seekable() bool { return t.in.file != nil }

func (t *tarArchive) Close() error { return t.in.close() }

func (t *tarArchive) data(ctx context.Context, e *toc.Entry) (Reader, error) {
	if e.FileName == "" {
		return nil, nil
	}
	if err := t.lock(ctx); err != nil {
		return nil, err
	}
	defer t.unlock()
	index, err := t.find(ctx, e.FileName)
	if err != nil {
		return nil, err
	}
	d, err := t.openMember(e, index)
	if err != nil {
		return nil, err
	}
	return d, nil
}

func (t *tarArchive) lock(ctx context.Context) error {
	select {
	case <-t.turn:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (t *tarArchive) unlock() { t.turn <- struct{}{} }

// find gives the index of the first member of a name; in a stream, of the
// first that is still to come.
func (t *tarArchive) find(ctx context.Context, name string) (int, error) {
	if t.reading != nil {
		return 0, failure(textOneAtATime)
	}
	if index, ok := t.byName[name]; ok && t.seekable() {
		return index, nil
	}
	for i := 0; ; i++ {
		if i%itemsPerCheck == 0 && ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		m, err := t.advance()
		if err == io.EOF {
			return 0, failure("could not find header for file \"%s\" in tar archive", name).at(t.in.name, t.walk.next)
		}
		if err != nil {
			return 0, err
		}
		if m.Name == name {
			return len(t.members) - 1, nil
		}
		if t.needed != nil && t.needed(toc.ID(scanInt(m.Name))) {
			return 0, failure("restoring data out of order is not supported in this archive format: "+
				"\"%s\" is required, but comes before \"%s\" in the archive file.", m.Name, name).at(t.in.name, m.Offset)
		}
	}
}

// advance reads one header more.
func (t *tarArchive) advance() (TarMember, error) {
	if t.walkErr != nil {
		return TarMember{}, t.walkErr
	}
	m, err := t.walk.member()
	if err != nil {
		t.walkErr = err
		return m, err
	}
	if _, twice := t.byName[m.Name]; !twice {
		t.byName[m.Name] = len(t.members)
	}
	t.members = append(t.members, m)
	return m, nil
}

// all learns of all members of a file.
func (t *tarArchive) all(ctx context.Context) error {
	for i := 0; t.walkErr == nil; i++ {
		if i%itemsPerCheck == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		_, _ = t.advance() // keeps its error in walkErr
	}
	if t.walkErr == io.EOF {
		return nil
	}
	return t.walkErr
}

// openMember opens a member; in a stream, only the one whose header was read
// last and whose content is still to come.
func (t *tarArchive) openMember(e *toc.Entry, index int) (*tarData, error) {
	m := t.members[index]
	d := &tarData{archive: t, entry: e, member: m}
	if t.in.file != nil {
		d.from = io.NewSectionReader(t.in.file, m.Offset, m.Size)
		return d, nil
	}
	if t.reading != nil || t.walk.c.offset() != m.Offset {
		return nil, failure(textOneAtATime)
	}
	d.from = io.LimitReader(t.walk.c, m.Size)
	t.reading = d
	return d, nil
}

func (t *tarArchive) size(index int) int64 {
	e := &t.toc.Entries[index]
	if e.FileName == "" || !t.seekable() {
		return 0
	}
	<-t.turn
	defer t.unlock()
	_ = t.all(context.Background()) // sizes are a guess anyway
	if i, ok := t.byName[e.FileName]; ok {
		return t.members[i].Size
	}
	return 0
}

// tarData is one member's content.
type tarData struct {
	archive *tarArchive
	entry   *toc.Entry
	member  TarMember
	from    io.Reader
	read    atomic.Int64
	closed  bool
}

func (d *tarData) Read(p []byte) (int, error) {
	if d.closed {
		return 0, errClosed
	}
	if len(p) == 0 {
		return 0, nil
	}
	n, err := d.from.Read(p)
	read := d.read.Add(int64(n))
	if err == nil || err == io.EOF && read == d.member.Size {
		return n, err
	}
	return n, readFailure(err).at(d.archive.in.name, d.member.Offset+read).of(d.entry)
}

// Next is Read.
func (d *tarData) Next(buf []byte) ([]byte, error) {
	n, err := d.Read(buf)
	return buf[:n], err
}

// Consumed is how much of the member has been read.
func (d *tarData) Consumed() int64 { return d.read.Load() }

// Close leaves the next member to whoever asks next.
func (d *tarData) Close() error {
	if d.closed {
		return nil
	}
	d.closed = true
	if d.archive.in.file == nil {
		<-d.archive.turn
		d.archive.reading = nil
		d.archive.unlock()
	}
	return nil
}

// TarMembers lists the members of a tar archive in their order, as far as they
// can be read: all of a file's with the error that ended the list, if any, and
// those already passed of a stream. It is nil for other formats.
func (a *Archive) TarMembers(ctx context.Context) ([]TarMember, error) {
	t, ok := a.store.(*tarArchive)
	if !ok {
		return nil, nil
	}
	if err := t.lock(ctx); err != nil {
		return nil, err
	}
	defer t.unlock()
	if !t.seekable() {
		return t.members[:len(t.members):len(t.members)], nil
	}
	err := t.all(ctx)
	return t.members[:len(t.members):len(t.members)], err
}

// Need tells which entries' data will be asked for. A tar archive in a stream
// then refuses to pass over one of them, in pg_restore's words, rather than
// miss it later. Other archives do not care.
func (a *Archive) Need(needed func(toc.ID) bool) {
	if t, ok := a.store.(*tarArchive); ok && !t.seekable() {
		<-t.turn
		t.needed = needed
		t.unlock()
	}
}
