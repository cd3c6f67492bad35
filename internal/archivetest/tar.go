package archivetest

import (
	"fmt"

	"pgrestore/toc"
)

const tarBlock = 512

// Tar gives the archive in tar format, which is never compressed.
func (a *Archive) Tar() []byte {
	plain := *a
	plain.Compression = toc.CompressionNone
	names := plain.fileNames(false)
	members := []File{{"toc.dat", plain.tableOfContents(codeTar, nil, names)}}
	for i := range plain.Entries {
		e := &plain.Entries[i]
		if !e.HasData {
			continue
		}
		if e.Kind == toc.KindBlobs {
			members = append(members, plain.objectFiles(e, "")...)
			continue
		}
		members = append(members, File{names[i], e.Data})
	}
	members = append(members, File{"restore.sql", []byte("-- not read by pg_restore\n")})
	return TarFile(a.TarMagic, members)
}

// TarFile gives a tar file with the members.
func TarFile(magic string, members []File) (b []byte) {
	if magic == "" {
		magic = "ustar\x0000"
	}
	for _, m := range members {
		b = append(b, TarHeader(magic, m.Name, int64(len(m.Content)))...)
		b = append(b, m.Content...)
		b = append(b, make([]byte, -len(m.Content)&(tarBlock-1))...)
	}
	return append(b, make([]byte, 2*tarBlock)...)
}

// TarHeader gives a tar header. Sizes that do not fit in octal digits are
// written in base 256.
func TarHeader(magic, name string, size int64) []byte {
	h := make([]byte, tarBlock)
	copy(h[:100], name)
	copy(h[100:], "0000600 0004000 0002000 ")
	if size < 1<<33 {
		copy(h[124:], fmt.Sprintf("%011o ", size))
	} else {
		h[124] = 0o200
		for k := range 8 {
			h[124+11-k] = byte(size >> (8 * k))
		}
	}
	copy(h[136:], "00000000000 ")
	h[156] = '0'
	copy(h[257:], magic)
	SumTarHeader(h)
	return h
}

// SumTarHeader sets a header's checksum to what its other bytes make.
func SumTarHeader(h []byte) {
	copy(h[148:156], "        ")
	sum := 0
	for _, b := range h[:tarBlock] {
		sum += int(b)
	}
	copy(h[148:156], fmt.Sprintf("%07o ", sum))
}
