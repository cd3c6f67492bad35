// Package sqlscan splits SQL text into statements. It knows quotes and nothing
// of grammar.
package sqlscan

// Simple splits a stream of simple statements, such as INSERTs, that arrives in
// pieces cut anywhere. Quoted strings and identifiers are understood, comments,
// dollar quotes and E” are not: pg_dump writes none of them there
// (pg_backup_db.c, ExecuteSimpleCommands).
//
//	var s sqlscan.Simple
//	s.Split(piece, func(statement []byte) error { ... })
type Simple struct {
	// Backslashes is true where a backslash escapes in quoted strings, that
	// is, standard_conforming_strings is off.
	Backslashes bool

	statement []byte
	state     simpleState
	escaped   bool
}

type simpleState uint8

const (
	outside simpleState = iota
	inString
	inIdentifier
)

// Split calls yield for each statement that ends in piece, with its semicolon.
// The bytes are valid until yield returns. What follows the last semicolon
// waits for the next piece; at the end of the data it is dropped, as
// pg_restore does.
func (s *Simple) Split(piece []byte, yield func(statement []byte) error) error {
	start := 0
	for i, c := range piece {
		if c == '\n' && len(s.statement) == 0 && i == start {
			start = i + 1 // no statement begins with a newline
			continue
		}
		switch s.state {
		case outside:
			switch c {
			case ';':
				s.statement = append(s.statement, piece[start:i+1]...)
				start = i + 1
				if err := yield(s.statement); err != nil {
					return err
				}
				s.statement = s.statement[:0]
			case '\'':
				s.state, s.escaped = inString, false
			case '"':
				s.state = inIdentifier
			}
		case inString:
			switch {
			case c == '\'' && !s.escaped:
				s.state = outside
			case c == '\\' && s.Backslashes:
				s.escaped = !s.escaped
			default:
				s.escaped = false
			}
		case inIdentifier:
			if c == '"' {
				s.state = outside
			}
		}
	}
	s.statement = append(s.statement, piece[start:]...)
	return nil
}
