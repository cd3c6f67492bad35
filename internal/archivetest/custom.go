package archivetest

import "pgrestore/toc"

// Types of data blocks.
const (
	blockData  = 1
	blockBlobs = 3
)

// Custom gives the archive in custom format.
func (a *Archive) Custom() []byte {
	offsets := make([]offset, len(a.Entries))
	for i := range a.Entries {
		offsets[i].state = toc.DataNone
		if a.Entries[i].HasData {
			offsets[i].state = toc.DataUnknown
		}
	}
	head := a.tableOfContents(codeCustom, offsets, nil)
	w := &writer{a: a, b: head}
	for i := range a.Entries {
		if e := &a.Entries[i]; e.HasData {
			offsets[i] = offset{toc.DataAt, int64(len(w.b))}
			w.item(e)
		}
	}
	if !a.NoOffsets {
		// The offsets are as long as before, as when pg_dump goes back to write them.
		copy(w.b, a.tableOfContents(codeCustom, offsets, nil))
	}
	return w.b
}

// item writes an entry's data.
func (w *writer) item(e *Entry) {
	kind := byte(blockData)
	if e.Kind == toc.KindBlobs {
		kind = blockBlobs
	}
	if w.a.version().AtLeast(3) {
		w.byte(kind)
	}
	w.int(int(e.ID))
	if kind == blockData {
		w.blocks(e.Data)
		return
	}
	for _, o := range e.Objects {
		w.int(int(int32(o.OID))) // an int in pg_dump, too
		w.blocks(o.Data)
	}
	w.int(0)
}

// blocks writes one stream, cut into blocks.
func (w *writer) blocks(data []byte) {
	stored := compressStream(w.a.Compression, data)
	if w.a.Checksum {
		stored = zstdFrameWithChecksum(data)
	}
	for len(stored) > 0 {
		n := min(len(stored), w.a.blockSize())
		w.int(n)
		w.b = append(w.b, stored[:n]...)
		stored = stored[n:]
	}
	w.int(0)
}
