// Package archive opens what pg_dump writes in its custom, directory and tar
// formats: archive versions 1.0 to 1.16, compressed with gzip, lz4, zstd or not
// at all, with data offsets or without, from a file, a directory or a stream.
// It gives the table of contents and one independent reader for the data of
// each entry.
//
// It knows no server, selects nothing, prints nothing and decides nothing: what
// pg_restore would warn of is in [Archive.Warnings], and what it would fail
// with is an [Error] that carries pg_restore's own text beside the place in the
// archive. The data is what pg_dump wrote, byte for byte; COPY data ends with
// its "\." line.
//
//	a, err := archive.Open(ctx, "shop.dump", archive.Options{})
//	if err != nil {
//		return err
//	}
//	defer a.Close()
//	for _, e := range a.TOC().Entries {
//		if e.Kind == toc.KindTableData {
//			r, err := a.Data(ctx, e.ID)
//			...
//		}
//	}
//
// # Concurrency
//
// An archive in a file or directory has any number of readers at once. Where a
// custom archive has no data offsets, because pg_dump wrote it to a pipe, the
// first reader that needs it searches the file, once for all of them, and no
// further than asked for. An archive in a stream has one reader at a time, and
// entries must be asked for in the order of the archive; see [Archive.Seekable].
//
// # Memory
//
// Nothing is allocated on the word of an archive: lengths and counts are checked
// against what the file still holds, and what comes from a stream or is
// compressed is given room only as it arrives. The table of contents takes its
// size in the file plus about 250 bytes an entry. An open reader takes 256 KiB,
// and for its codec 0.2 MiB (gzip), 0.4 MiB (lz4 as pg_dump writes it), 21 MiB
// (lz4 at most) and, for zstd, the window that the data asks for, of 128 MiB at
// most, with up to 1 MiB more. With [Options.Ahead], zstd as pg_dump writes it
// takes its window, of 8 MiB at most, and 0.8 MiB for each of 17 blocks at most.
// Data is never held as a whole, so that it makes no difference how far a small
// file expands.
package archive
