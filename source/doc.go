// Package source is where an archive's bytes come from: a local [File] that is
// read at any offset, a [Folder] that nothing leaves, or a [Stream] that is
// read once, from front to back.
//
// It does not know what a dump is. Errors are those of package os, so that
// callers can print the system's own text for them.
//
//	f, err := source.OpenFile("shop.dump")
//	if err != nil {
//		return err
//	}
//	defer f.Close()
//	header := make([]byte, 5)
//	_, err = f.ReadAt(header, 0)
package source
