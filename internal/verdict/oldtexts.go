package verdict

import "strings"

// oldTexts are the beginnings of messages that do not come from the server, for
// files of events that have no causes. They are the program's own, and so in
// English.
var oldTexts = []struct {
	text  string
	class Class
}{
	{"server closed the connection", ConnectionLost},
	{"SSL connection has been closed", ConnectionLost},
	{"SSL SYSCALL error", ConnectionLost},
	{"no connection to the server", ConnectionLost},
	{"could not receive data from server", ConnectionLost},
	{"could not send data to server", ConnectionLost},
	{"connection to server", ConnectionLost},
	{"connection to database", ConnectionLost},
	{"connection not open", ConnectionLost},
	{"lost synchronization with server", ConnectionLost},
	{"reconnection failed", ConnectionLost},
	{"could not uncompress", ArchiveDamaged},
	{"could not decompress", ArchiveDamaged},
	{"could not read from input file", ArchiveDamaged},
	{"could not read input file", ArchiveDamaged},
	{"could not read from file", ArchiveDamaged},
	{"could not open file", ArchiveDamaged},
	{"could not open input file", ArchiveDamaged},
	{"could not find entry for ID", ArchiveDamaged},
	{"could not find block ID", ArchiveDamaged},
	{"could not find file", ArchiveDamaged},
	{"could not find header for file", ArchiveDamaged},
	{"could not determine seek position", ArchiveDamaged},
	{"could not seek", ArchiveDamaged},
	{"could not set seek position", ArchiveDamaged},
	{"could not open large object TOC file", ArchiveDamaged},
	{"invalid line in large object TOC file", ArchiveDamaged},
	{"error during file seek", ArchiveDamaged},
	{"error reading large object TOC file", ArchiveDamaged},
	{"found unexpected block ID", ArchiveDamaged},
	{"unrecognized data block type", ArchiveDamaged},
	{"unexpected end of file", ArchiveDamaged},
	{"incomplete tar header", ArchiveDamaged},
	{"corrupt tar header", ArchiveDamaged},
	{"invalid OID for large object", ArchiveDamaged},
	{"entry ID", ArchiveDamaged},
	{"did not find magic string", ArchiveDamaged},
	{"input file", ArchiveDamaged},
	{"invalid compression", ArchiveDamaged},
}

// byOldText is for errors with neither a cause nor an SQLSTATE.
func byOldText(text string) finding {
	for _, own := range oldTexts {
		if strings.HasPrefix(text, own.text) || strings.Contains(text, ": "+own.text) {
			return harmful(own.class)
		}
	}
	return harmful(Other)
}
