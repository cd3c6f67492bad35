package connect

import "strings"

// isConnectionString reports whether a -d argument is more than a database name.
func isConnectionString(s string) bool {
	_, isURI := cutURIPrefix(s)
	return isURI || strings.Contains(s, "=")
}

// parseConnectionString reads a URI or a keyword/value string. Its messages
// are libpq's, with secrets replaced by redacted.
func parseConnectionString(s string) (settings, error) {
	s, _, _ = strings.Cut(s, "\x00") // where C would stop reading
	if _, isURI := cutURIPrefix(s); isURI {
		return parseURI(s)
	}
	return parseKeywordValues(s)
}

// redacted stands in messages for what may be a secret.
const redacted = "***"

// parseKeywordValues reads "keyword = value ..." (conninfo_parse).
func parseKeywordValues(s string) (settings, error) {
	set := make(settings)
	afterSecret := false // a word may be the rest of an unquoted password
	for {
		s = strings.TrimLeft(s, spaces)
		if s == "" {
			return set, nil
		}
		n := strings.IndexAny(s, "="+spaces)
		if n < 0 {
			n = len(s)
		}
		keyword := s[:n]
		rest := strings.TrimLeft(s[n:], spaces)
		if !strings.HasPrefix(rest, "=") {
			if afterSecret {
				keyword = redacted
			}
			return nil, errorf("missing \"=\" after \"%s\" in connection info string", keyword)
		}

		value, rest, ok := cutValue(strings.TrimLeft(rest[1:], spaces))
		if !ok {
			return nil, errorf("unterminated quoted string in connection info string")
		}
		if !set.store(keyword, value) {
			return nil, errorf("invalid connection option \"%s\"", keyword)
		}
		afterSecret = isSecret(keyword)
		s = rest
	}
}

// spaces is what C's isspace accepts in the C locale.
const spaces = " \t\n\v\f\r"

// cutValue splits s after its first value, which may be quoted and hold
// backslash escapes. It reports false if a quote is not closed.
func cutValue(s string) (value, rest string, ok bool) {
	quoted := strings.HasPrefix(s, "'")
	if quoted {
		s = s[1:]
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			// A backslash at the very end escapes nothing and is dropped.
			if i++; i < len(s) {
				b.WriteByte(s[i])
			}
		case quoted && s[i] == '\'', !quoted && strings.IndexByte(spaces, s[i]) >= 0:
			return b.String(), s[i+1:], true
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), "", !quoted
}
