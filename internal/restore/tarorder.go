package restore

import (
	"fmt"
	"strings"

	"pgrestore/archive"
	"pgrestore/toc"
)

// tarOrder refuses what pg_restore refuses of tar archives, which it reads from
// front to back only: data that lies before data already read. Restores that
// need not be pg_restore's equal go without it.
type tarOrder struct {
	members []archive.TarMember
	next    int // member that a search begins with
	needed  func(toc.ID) bool
}

// find goes on to the named member (_tarPositionTo).
func (o *tarOrder) find(name string) error {
	for ; o.next < len(o.members); o.next++ {
		member := o.members[o.next].Name
		if member == name {
			o.next++
			return nil
		}
		if id, ok := leadingNumber(member); ok && o.needed(toc.ID(id)) {
			//lint:ignore ST1005 it is pg_restore's text
			return fmt.Errorf("restoring data out of order is not supported in this archive format: "+
				"\"%s\" is required, but comes before \"%s\" in the archive file.", member, name)
		}
	}
	return fmt.Errorf("could not find header for file \"%s\" in tar archive", name)
}

// largeObjects goes past the large objects of a BLOBS entry (_LoadLOs). Since
// 1.16 the entry's tag begins with the first of their OIDs.
func (o *tarOrder) largeObjects(h *toc.Header, e *toc.Entry) error {
	found := false
	if h.Version.AtLeast(16) {
		first, _ := leadingNumber(e.Tag)
		if err := o.find(fmt.Sprintf("blob_%d.dat", first)); err != nil {
			return err
		}
		found = true
	}
	for o.next < len(o.members) {
		isObject := strings.HasPrefix(o.members[o.next].Name, "blob_")
		o.next++
		if !isObject && found {
			break
		}
		found = found || isObject
	}
	return nil
}

// leadingNumber is C's atoi, for what stands in archives.
func leadingNumber(s string) (n uint32, ok bool) {
	for i := 0; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		n = n*10 + uint32(s[i]-'0')
		ok = true
	}
	return n, ok
}
