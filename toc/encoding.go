package toc

import "strings"

// Encoding is a character encoding by PostgreSQL's own name for it, e.g.
// "UTF8". The zero value is SQL_ASCII.
type Encoding struct{ name string }

// String is the name that client_encoding takes.
func (e Encoding) String() string {
	if e.name == "" {
		return "SQL_ASCII"
	}
	return e.name
}

// UTF8 is the encoding of that name.
var UTF8 = Encoding{"UTF8"}

// ParseEncoding finds an encoding by any of its names, whatever their case and
// punctuation (encnames.c, pg_char_to_encoding).
func ParseEncoding(name string) (Encoding, bool) {
	key := strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, name)
	if len(name) >= 64 { // NAMEDATALEN
		return Encoding{}, false
	}
	official, ok := encodingNames[key]
	return Encoding{official}, ok
}

var encodingNames = map[string]string{
	"abc": "WIN1258", "alt": "WIN866", "big5": "BIG5", "euccn": "EUC_CN",
	"eucjis2004": "EUC_JIS_2004", "eucjp": "EUC_JP", "euckr": "EUC_KR",
	"euctw": "EUC_TW", "gb18030": "GB18030", "gbk": "GBK",
	"iso88591": "LATIN1", "iso885910": "LATIN6", "iso885913": "LATIN7",
	"iso885914": "LATIN8", "iso885915": "LATIN9", "iso885916": "LATIN10",
	"iso88592": "LATIN2", "iso88593": "LATIN3", "iso88594": "LATIN4",
	"iso88595": "ISO_8859_5", "iso88596": "ISO_8859_6",
	"iso88597": "ISO_8859_7", "iso88598": "ISO_8859_8", "iso88599": "LATIN5",
	"johab": "JOHAB", "koi8": "KOI8R", "koi8r": "KOI8R", "koi8u": "KOI8U",
	"latin1": "LATIN1", "latin10": "LATIN10", "latin2": "LATIN2",
	"latin3": "LATIN3", "latin4": "LATIN4", "latin5": "LATIN5",
	"latin6": "LATIN6", "latin7": "LATIN7", "latin8": "LATIN8",
	"latin9": "LATIN9", "mskanji": "SJIS", "muleinternal": "MULE_INTERNAL", "shiftjis": "SJIS",
	"shiftjis2004": "SHIFT_JIS_2004", "sjis": "SJIS", "sqlascii": "SQL_ASCII",
	"tcvn": "WIN1258", "tcvn5712": "WIN1258", "uhc": "UHC", "unicode": "UTF8",
	"utf8": "UTF8", "vscii": "WIN1258", "win": "WIN1251",
	"win1250": "WIN1250", "win1251": "WIN1251", "win1252": "WIN1252",
	"win1253": "WIN1253", "win1254": "WIN1254", "win1255": "WIN1255",
	"win1256": "WIN1256", "win1257": "WIN1257", "win1258": "WIN1258",
	"win866": "WIN866", "win874": "WIN874", "win932": "SJIS", "win936": "GBK",
	"win949": "UHC", "win950": "BIG5", "windows1250": "WIN1250",
	"windows1251": "WIN1251", "windows1252": "WIN1252",
	"windows1253": "WIN1253", "windows1254": "WIN1254",
	"windows1255": "WIN1255", "windows1256": "WIN1256",
	"windows1257": "WIN1257", "windows1258": "WIN1258",
	"windows866": "WIN866", "windows874": "WIN874", "windows932": "SJIS",
	"windows936": "GBK", "windows949": "UHC", "windows950": "BIG5",
}

// CharLen gives the length in bytes of the character that s begins with, and
// whether it is well formed; s must not be empty. Single-byte encodings, and
// SQL_ASCII, take every byte (wchar.c, pg_encoding_verifymbchar).
func (e Encoding) CharLen(s string) (length int, valid bool) {
	if s[0] < 0x80 {
		return 1, true
	}
	switch e.name {
	case "UTF8":
		return utf8Len(s)
	case "EUC_JP", "EUC_JIS_2004":
		return eucLen(s, 2, 3, func(rest string) bool { return kanaByte(rest[0]) })
	case "EUC_KR", "EUC_CN":
		return eucLen(s, 0, 0, nil)
	case "EUC_TW":
		return eucLen(s, 4, 0, func(rest string) bool {
			return rest[0] >= 0xa1 && rest[0] <= 0xa7 && eucByte(rest[1]) && eucByte(rest[2])
		})
	case "JOHAB":
		return johabLen(s)
	case "SJIS", "SHIFT_JIS_2004":
		return sjisLen(s)
	case "MULE_INTERNAL":
		return muleLen(s)
	case "BIG5", "GBK", "UHC":
		// 0x8d 0x20 is what marks an invalid character.
		return 2, len(s) >= 2 && s[1] != 0 && s[:2] != "\x8d "
	case "GB18030":
		return gb18030Len(s)
	default:
		return 1, true
	}
}

// InvalidMark is a sequence that no server takes in this encoding; it stands
// for bytes that are no character (wchar.c, pg_encoding_set_invalid).
func (e Encoding) InvalidMark() string {
	if e.name == "UTF8" {
		return "\xc0 "
	}
	return "\x8d "
}

func eucByte(c byte) bool  { return c >= 0xa1 && c <= 0xfe }
func kanaByte(c byte) bool { return c >= 0xa1 && c <= 0xdf }

// eucLen handles the EUC family: ss2 and ss3 are the lengths of characters
// that begin with the shift bytes 0x8e and 0x8f, 0 where there are none.
func eucLen(s string, ss2, ss3 int, ss2Valid func(rest string) bool) (int, bool) {
	switch {
	case s[0] == 0x8e && ss2 > 0:
		return ss2, len(s) >= ss2 && ss2Valid(s[1:ss2])
	case s[0] == 0x8f && ss3 > 0:
		return ss3, len(s) >= ss3 && eucByte(s[1]) && eucByte(s[2])
	case s[0] == 0x8f && ss2 == 4: // EUC_TW does not use it
		return 3, false
	}
	leadValid := eucByte(s[0]) || ss2 == 4 // EUC_TW does not look at it
	return 2, leadValid && len(s) >= 2 && eucByte(s[1])
}

func johabLen(s string) (int, bool) {
	length := 2
	if s[0] == 0x8f {
		length = 3
	}
	if len(s) < length {
		return length, false
	}
	for i := 1; i < length; i++ {
		if !eucByte(s[i]) {
			return length, false
		}
	}
	return length, true
}

func sjisLen(s string) (int, bool) {
	if kanaByte(s[0]) {
		return 1, true
	}
	if len(s) < 2 {
		return 2, false
	}
	lead := s[0] >= 0x81 && s[0] <= 0x9f || s[0] >= 0xe0 && s[0] <= 0xfc
	tail := s[1] >= 0x40 && s[1] <= 0x7e || s[1] >= 0x80 && s[1] <= 0xfc
	return 2, lead && tail
}

// muleLen handles MULE_INTERNAL, where the first byte names the character set.
func muleLen(s string) (int, bool) {
	length := 1
	switch c := s[0]; {
	case c >= 0x81 && c <= 0x8d:
		length = 2
	case c >= 0x90 && c <= 0x99, c == 0x9a, c == 0x9b:
		length = 3
	case c == 0x9c, c == 0x9d:
		length = 4
	}
	if len(s) < length {
		return length, false
	}
	for i := 1; i < length; i++ {
		if s[i] < 0x80 {
			return length, false
		}
	}
	return length, true
}

func gb18030Len(s string) (int, bool) {
	lead := s[0] >= 0x81 && s[0] <= 0xfe
	if len(s) >= 2 && s[1] >= 0x30 && s[1] <= 0x39 {
		return 4, lead && len(s) >= 4 && s[2] >= 0x81 && s[2] <= 0xfe && s[3] >= 0x30 && s[3] <= 0x39
	}
	return 2, lead && len(s) >= 2 && (s[1] >= 0x40 && s[1] <= 0x7e || s[1] >= 0x80 && s[1] <= 0xfe)
}

func utf8Len(s string) (int, bool) {
	var length int
	switch {
	case s[0]&0xe0 == 0xc0:
		length = 2
	case s[0]&0xf0 == 0xe0:
		length = 3
	case s[0]&0xf8 == 0xf0:
		length = 4
	default:
		return 1, false
	}
	if len(s) < length {
		return length, false
	}
	// The second byte's range excludes overlong forms, surrogates and what
	// lies beyond U+10FFFF (RFC 3629, section 4).
	low, high := byte(0x80), byte(0xbf)
	switch s[0] {
	case 0xe0:
		low = 0xa0
	case 0xed:
		high = 0x9f
	case 0xf0:
		low = 0x90
	case 0xf4:
		high = 0x8f
	}
	if s[0] < 0xc2 || s[0] > 0xf4 || s[1] < low || s[1] > high {
		return length, false
	}
	for i := 2; i < length; i++ {
		if s[i]&0xc0 != 0x80 {
			return length, false
		}
	}
	return length, true
}
