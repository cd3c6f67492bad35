package connect

import "strings"

// cutURIPrefix returns what follows postgresql:// or postgres://.
func cutURIPrefix(s string) (rest string, isURI bool) {
	for _, prefix := range []string{"postgresql://", "postgres://"} {
		if rest, found := strings.CutPrefix(s, prefix); found {
			return rest, true
		}
	}
	return s, false
}

// parseURI reads
//
//	postgresql://[user[:password]@][host][:port][,...][/dbname][?param=value&...]
//
// as conninfo_uri_parse_options does. Hosts may be IPv6 addresses in brackets;
// every part may be percent-encoded.
func parseURI(uri string) (settings, error) {
	p := uriParser{uri: uri, set: make(settings)}
	rest, _ := cutURIPrefix(uri)
	rest, err := p.credentials(rest)
	if err != nil {
		return nil, err
	}
	rest, err = p.hosts(rest)
	if err != nil {
		return nil, err
	}

	if strings.HasPrefix(rest, "/") {
		dbname, query, found := strings.Cut(rest[1:], "?")
		// An empty name is not set at all, so PGDATABASE still counts.
		if err := p.storeDecoded("dbname", dbname); err != nil {
			return nil, err
		}
		rest = ""
		if found {
			rest = "?" + query
		}
	}
	if query, found := strings.CutPrefix(rest, "?"); found {
		if err := p.query(query); err != nil {
			return nil, err
		}
	}
	return p.set, nil
}

type uriParser struct {
	uri string // for messages
	set settings
}

// credentials takes "user:password@" off the front, if an @ comes before any slash.
func (p *uriParser) credentials(rest string) (string, error) {
	n := strings.IndexAny(rest, "@/")
	if n < 0 || rest[n] != '@' {
		return rest, nil
	}
	user, password, _ := strings.Cut(rest[:n], ":")
	if err := p.storeDecoded("user", user); err != nil {
		return "", err
	}
	if err := p.storeDecoded("password", password); err != nil {
		return "", err
	}
	return rest[n+1:], nil
}

// hosts takes "host:port,host:port" off the front. What it leaves begins with
// a slash or a question mark, or is empty.
func (p *uriParser) hosts(rest string) (string, error) {
	var hosts, ports strings.Builder
	for {
		host, after, err := p.host(rest)
		if err != nil {
			return "", err
		}
		hosts.WriteString(host)
		rest = after

		if strings.HasPrefix(rest, ":") {
			n := indexAnyOrEnd(rest, "/?,")
			ports.WriteString(rest[1:n])
			rest = rest[n:]
		}
		if !strings.HasPrefix(rest, ",") {
			break
		}
		hosts.WriteByte(',')
		ports.WriteByte(',')
		rest = rest[1:]
	}
	if err := p.storeDecoded("host", hosts.String()); err != nil {
		return "", err
	}
	if err := p.storeDecoded("port", ports.String()); err != nil {
		return "", err
	}
	return rest, p.checkMislaidPassword(rest)
}

// checkMislaidPassword catches passwords with an unencoded slash, question
// mark or @, part of which has become the port (user:pass/word@host). libpq
// would show that part when it comes to use the port.
func (p *uriParser) checkMislaidPassword(rest string) error {
	port := p.set["port"]
	if strings.Trim(port, "0123456789,") != "" && strings.Contains(port+rest, "@") {
		return errorf("invalid integer value \"%s\" for connection option \"port\"", redacted)
	}
	return nil
}

// host takes one host, with or without brackets, off the front.
func (p *uriParser) host(rest string) (host, after string, err error) {
	if !strings.HasPrefix(rest, "[") {
		n := indexAnyOrEnd(rest, ":/?,")
		return rest[:n], rest[n:], nil
	}
	n := strings.IndexByte(rest, ']')
	switch {
	case n < 0:
		return "", "", errorf("end of string reached when looking for matching \"]\" in IPv6 host address in URI: \"%s\"", redactURI(p.uri))
	case n == 1:
		return "", "", errorf("IPv6 host address may not be empty in URI: \"%s\"", redactURI(p.uri))
	}
	host, after = rest[1:n], rest[n+1:]
	if after != "" && strings.IndexByte(":/?,", after[0]) < 0 {
		return "", "", errorf("unexpected character \"%s\" at position %d in URI (expected \":\" or \"/\"): \"%s\"",
			after[:1], len(p.uri)-len(after)+1, redactURI(p.uri))
	}
	return host, after, nil
}

// query reads "keyword=value&..." (conninfo_uri_parse_params).
func (p *uriParser) query(rest string) error {
	afterSecret := false // a piece may be the rest of a password with an unencoded &
	for rest != "" {
		piece, next, _ := strings.Cut(rest, "&")
		rest = next
		rawKeyword, rawValue, found := strings.Cut(piece, "=")
		if !found {
			if afterSecret {
				rawKeyword = redacted
			}
			return errorf("missing key/value separator \"=\" in URI query parameter: \"%s\"", rawKeyword)
		}
		if strings.Contains(rawValue, "=") {
			return errorf("extra key/value separator \"=\" in URI query parameter: \"%s\"", rawKeyword)
		}
		keyword, err := decodeURI(rawKeyword, rawKeyword)
		if err != nil {
			return err
		}
		value, err := decodeURI(rawValue, shownValue(keyword, rawValue))
		if err != nil {
			return err
		}
		// JDBC's way of asking for TLS.
		if keyword == "ssl" && value == "true" {
			keyword, value = "sslmode", "require"
		}
		if !p.set.store(keyword, value) {
			return errorf("invalid URI query parameter: \"%s\"", keyword)
		}
		afterSecret = isSecret(keyword)
	}
	return nil
}

// storeDecoded sets an option to a part of the URI, unless it is empty.
func (p *uriParser) storeDecoded(keyword, raw string) error {
	if raw == "" {
		return nil
	}
	value, err := decodeURI(raw, shownValue(keyword, raw))
	if err != nil {
		return err
	}
	p.set[keyword] = value
	return nil
}

// shownValue is what messages show of an option's value.
func shownValue(keyword, raw string) string {
	if isSecret(keyword) {
		return redacted
	}
	return raw
}

// decodeURI decodes %xy and takes spaces off both ends (conninfo_uri_decode).
// Messages show shown instead of s.
func decodeURI(s, shown string) (string, error) {
	s = strings.Trim(s, " ")
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ':
			return "", errorf("unexpected spaces found in \"%s\", use percent-encoded spaces (%%20) instead", shown)
		case '%':
			c, ok := hexByte(s[i+1:])
			if !ok {
				return "", errorf("invalid percent-encoded token: \"%s\"", shown)
			}
			if c == 0 {
				return "", errorf("forbidden value %%00 in percent-encoded value: \"%s\"", shown)
			}
			b.WriteByte(c)
			i += 2
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), nil
}

// hexByte reads two hexadecimal digits at the front of s.
func hexByte(s string) (byte, bool) {
	if len(s) < 2 {
		return 0, false
	}
	hi, ok1 := hexDigit(s[0])
	lo, ok2 := hexDigit(s[1])
	return hi<<4 | lo, ok1 && ok2
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// redactURI masks what may be a password in a URI that may be malformed:
// everything between the first colon and the last @ before the query, and the
// values of secret parameters.
func redactURI(uri string) string {
	rest, _ := cutURIPrefix(uri)
	scheme := uri[:len(uri)-len(rest)]
	body, query, hasQuery := strings.Cut(rest, "?")
	// A raw question mark in a password puts the @ behind it.
	if strings.Contains(query, "@") {
		body, query, hasQuery = rest, "", false
	}
	colon, at := strings.IndexByte(body, ':'), strings.LastIndexByte(body, '@')
	if colon >= 0 && colon < at {
		body = body[:colon+1] + redacted + body[at:]
	}
	if !hasQuery {
		return scheme + body
	}

	pieces := strings.Split(query, "&")
	afterSecret := false
	for i, piece := range pieces {
		rawKeyword, _, found := strings.Cut(piece, "=")
		if !found && afterSecret {
			pieces[i] = redacted
			continue
		}
		keyword, err := decodeURI(rawKeyword, "")
		afterSecret = err != nil || isSecret(keyword)
		if found && afterSecret {
			pieces[i] = rawKeyword + "=" + redacted
		}
	}
	return scheme + body + "?" + strings.Join(pieces, "&")
}

// indexAnyOrEnd is strings.IndexAny with len(s) for "not found".
func indexAnyOrEnd(s, chars string) int {
	if n := strings.IndexAny(s, chars); n >= 0 {
		return n
	}
	return len(s)
}
