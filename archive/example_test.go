package archive_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"

	"pgrestore/archive"
	"pgrestore/internal/archivetest"
	"pgrestore/toc"
)

func Example() {
	ctx := context.Background()
	name := exampleArchive()
	defer os.Remove(name)

	a, err := archive.Open(ctx, name, archive.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer a.Close()
	h := a.TOC().Header
	fmt.Println(h.Format, h.Version, h.Compression)
	for i := range a.TOC().Entries {
		e := &a.TOC().Entries[i]
		if e.Kind != toc.KindTableData {
			continue
		}
		r, err := a.Data(ctx, e.ID)
		if err != nil {
			log.Fatal(err)
		}
		n, err := io.Copy(io.Discard, r)
		r.Close()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s.%s: %d bytes\n", e.Namespace, e.Tag, n)
	}
	// Output:
	// CUSTOM 1.16-0 gzip
	// public.orders: 11856 bytes
	// public.empty: 5 bytes
	// public.one: 12 bytes
}

func ExampleArchive_LargeObjects() {
	ctx := context.Background()
	name := exampleArchive()
	defer os.Remove(name)

	a, err := archive.Open(ctx, name, archive.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer a.Close()
	for i := range a.TOC().Entries {
		e := &a.TOC().Entries[i]
		if e.Kind != toc.KindBlobs {
			continue
		}
		objects, err := a.LargeObjects(ctx, e.ID)
		if err != nil {
			log.Fatal(err)
		}
		for {
			oid, err := objects.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				log.Fatal(err)
			}
			n, err := io.Copy(io.Discard, objects)
			if err != nil {
				log.Fatal(err)
			}
			fmt.Printf("large object %d: %d bytes\n", oid, n)
		}
		objects.Close()
	}
	// Output:
	// large object 16400: 9 bytes
	// large object 16401: 0 bytes
	// large object 4200000000: 21000 bytes
}

// exampleArchive writes an archive to a temporary file.
func exampleArchive() string {
	a := archivetest.Sample(archivetest.Minor(16))
	a.Compression = toc.CompressionGzip
	name := filepath.Join(os.TempDir(), fmt.Sprintf("example-%d.dump", os.Getpid()))
	if err := os.WriteFile(name, a.Custom(), 0o600); err != nil {
		log.Fatal(err)
	}
	return name
}
