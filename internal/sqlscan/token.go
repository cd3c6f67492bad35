package sqlscan

import "strings"

// Kind is what a token is.
type Kind uint8

// The kinds of token. White space and comments are no tokens.
const (
	Word   Kind = iota // unquoted identifier or keyword, as written
	Quoted             // quoted identifier, without its quotes
	String             // string constant of any form, as written
	Symbol             // one character of anything else
)

// Token is a piece of SQL text.
type Token struct {
	Kind Kind
	Text string
	// Start and End are where it stands in the text, quotes included.
	Start, End int
}

// Is reports whether t is the given keyword, which is in upper case.
func (t Token) Is(keyword string) bool {
	return t.Kind == Word && strings.EqualFold(t.Text, keyword)
}

// IsIdent reports whether t may be a name.
func (t Token) IsIdent() bool { return t.Kind == Word || t.Kind == Quoted }

// Name is the name that an identifier stands for: unquoted ones are folded to
// lower case, ASCII letters only.
func (t Token) Name() string {
	if t.Kind == Quoted {
		return strings.ReplaceAll(t.Text, `""`, `"`)
	}
	if strings.ToLower(t.Text) == t.Text {
		return t.Text // as most are
	}
	folded := []byte(t.Text)
	for i, c := range folded {
		if c >= 'A' && c <= 'Z' {
			folded[i] = c + 'a' - 'A'
		}
	}
	return string(folded)
}

// Tokens goes through the tokens of SQL text. It takes any text: what is not
// closed ends with the text.
//
//	for tokens := sqlscan.NewTokens(text); tokens.Next(); {
//		t := tokens.Token()
//	}
type Tokens struct {
	text  string
	next  int
	token Token
}

// NewTokens makes a Tokens at the start of text.
func NewTokens(text string) *Tokens { return &Tokens{text: text} }

// Token is the current token.
func (s *Tokens) Token() Token { return s.token }

// Next goes on to the next token; false means the end of the text.
func (s *Tokens) Next() bool {
	s.skipBlank()
	if s.next >= len(s.text) {
		return false
	}
	start := s.next
	c := s.text[start]
	switch {
	case c == '"':
		s.next = s.closing(start+1, '"', false)
		s.token = Token{Kind: Quoted, Text: strings.TrimSuffix(s.text[start+1:s.next], `"`)}
	case c == '\'':
		s.next = s.closing(start+1, '\'', false)
		s.token = Token{Kind: String, Text: s.text[start:s.next]}
	case (c == 'E' || c == 'e') && strings.HasPrefix(s.text[start+1:], "'"):
		s.next = s.closing(start+2, '\'', true)
		s.token = Token{Kind: String, Text: s.text[start:s.next]}
	case c == '$' && s.dollarQuote() > 0:
		s.next = s.dollarQuote()
		s.token = Token{Kind: String, Text: s.text[start:s.next]}
	case isWordStart(c):
		for s.next < len(s.text) && isWordByte(s.text[s.next]) {
			s.next++
		}
		s.token = Token{Kind: Word, Text: s.text[start:s.next]}
	default:
		s.next++
		s.token = Token{Kind: Symbol, Text: s.text[start:s.next]}
	}
	s.token.Start, s.token.End = start, s.next
	return true
}

func isWordStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

func isWordByte(c byte) bool { return isWordStart(c) || c >= '0' && c <= '9' || c == '$' }

// skipBlank passes white space and comments.
func (s *Tokens) skipBlank() {
	for s.next < len(s.text) {
		rest := s.text[s.next:]
		switch {
		case strings.IndexByte(" \t\n\r\f\v", rest[0]) >= 0:
			s.next++
		case strings.HasPrefix(rest, "--"):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			s.next += end
		case strings.HasPrefix(rest, "/*"):
			s.next += blockComment(rest)
		default:
			return
		}
	}
}

// blockComment gives the length of the comment that s begins with; comments
// nest.
func blockComment(s string) int {
	depth := 0
	for i := 0; i < len(s); {
		switch {
		case strings.HasPrefix(s[i:], "/*"):
			depth++
			i += 2
		case strings.HasPrefix(s[i:], "*/"):
			depth--
			i += 2
			if depth == 0 {
				return i
			}
		default:
			i++
		}
	}
	return len(s)
}

// closing gives the position behind the quote that closes what begins at i.
func (s *Tokens) closing(i int, quote byte, backslashes bool) int {
	for i < len(s.text) {
		switch c := s.text[i]; {
		case c == '\\' && backslashes:
			i += 2
		case c != quote:
			i++
		case i+1 < len(s.text) && s.text[i+1] == quote:
			i += 2
		default:
			return i + 1
		}
	}
	return len(s.text)
}

// dollarQuote gives the position behind the dollar-quoted string that begins
// here, 0 where none does.
func (s *Tokens) dollarQuote() int {
	rest := s.text[s.next:]
	end := 1
	for end < len(rest) && rest[end] != '$' {
		if !isWordByte(rest[end]) || end == 1 && rest[end] >= '0' && rest[end] <= '9' {
			return 0
		}
		end++
	}
	if end >= len(rest) {
		return 0
	}
	tag := rest[:end+1]
	length := strings.Index(rest[len(tag):], tag)
	if length < 0 {
		return len(s.text)
	}
	return s.next + len(tag) + length + len(tag)
}
