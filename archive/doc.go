// Package archive opens what pg_dump writes in its custom, directory and tar
// formats.
package archive
