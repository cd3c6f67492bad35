package connect

import (
	"slices"
	"unicode"
)

// An encoding tells characters apart and how wide they are on a screen, for
// the display of an error's position (wchar.c). Only the client encodings of
// more than one byte a character are listed; all others are like ASCII.
type encoding struct {
	length func(s []byte) int // in bytes, of the first character; may be beyond the end
	width  func(s []byte) int // in columns, of the first character
}

// bytes returns the length of the first character of s, which is not empty.
func (e *encoding) bytes(s []byte) int { return min(e.length(s), len(s)) }

// columns returns the width of the first character of s, which is not empty.
func (e *encoding) columns(s []byte) int { return e.width(s) }

func encodingByName(name string) *encoding {
	if e, found := encodings[name]; found {
		return &e
	}
	return &encoding{length: one, width: one}
}

// encodings has the names that servers report as client_encoding.
var encodings = map[string]encoding{
	"UTF8":           {utf8Length, utf8Width},
	"EUC_JP":         {eucLength(2, 3), eucWidth(1)},
	"EUC_JIS_2004":   {eucLength(2, 3), eucWidth(1)},
	"EUC_KR":         {eucLength(2, 3), eucWidth(2)},
	"JOHAB":          {eucLength(2, 3), eucWidth(2)},
	"EUC_TW":         {eucLength(4, 3), eucWidth(2)},
	"EUC_CN":         {two, two},
	"BIG5":           {two, two},
	"GBK":            {two, two},
	"UHC":            {two, two},
	"SJIS":           {sjis, sjis},
	"SHIFT_JIS_2004": {sjis, sjis},
	"GB18030":        {gb18030Length, two},
	"MULE_INTERNAL":  {muleLength, muleWidth},
}

func one([]byte) int { return 1 }

// two is 2 for everything beyond ASCII.
func two(s []byte) int {
	if s[0] >= 0x80 {
		return 2
	}
	return 1
}

const (
	ss2 = 0x8e // single shifts of the EUC encodings
	ss3 = 0x8f
)

func eucLength(shift2, shift3 int) func([]byte) int {
	return func(s []byte) int {
		switch s[0] {
		case ss2:
			return shift2
		case ss3:
			return shift3
		}
		return two(s)
	}
}

// eucWidth takes the width of characters after ss2: Japanese ones are half-width kana.
func eucWidth(shift2 int) func([]byte) int {
	return func(s []byte) int {
		if s[0] == ss2 {
			return shift2
		}
		return two(s)
	}
}

// sjis is both length and width: half-width kana have one byte.
func sjis(s []byte) int {
	if 0xa1 <= s[0] && s[0] <= 0xdf {
		return 1
	}
	return two(s)
}

func gb18030Length(s []byte) int {
	if s[0] >= 0x80 && len(s) > 1 && '0' <= s[1] && s[1] <= '9' {
		return 4
	}
	return two(s)
}

// muleClass tells apart official and private charsets of one and two bytes.
func muleClass(c byte) (length, width int) {
	switch {
	case 0x81 <= c && c <= 0x8d:
		return 2, 1
	case c == 0x9a || c == 0x9b:
		return 3, 1
	case 0x90 <= c && c <= 0x99:
		return 3, 2
	case c == 0x9c || c == 0x9d:
		return 4, 2
	}
	return 1, 1
}

func muleLength(s []byte) int {
	length, _ := muleClass(s[0])
	return length
}

func muleWidth(s []byte) int {
	_, width := muleClass(s[0])
	return width
}

func utf8Length(s []byte) int {
	switch c := s[0]; {
	case c&0xe0 == 0xc0:
		return 2
	case c&0xf0 == 0xe0:
		return 3
	case c&0xf8 == 0xf0:
		return 4
	}
	return 1
}

// utf8Width is ucs_wcwidth, where control characters, which have no width of
// their own, and combining ones count as one column, as they do in the display.
func utf8Width(s []byte) int {
	r := rune(s[0])
	switch n := utf8Length(s); {
	case n > len(s):
		return 1
	case n == 2:
		r = r&0x1f<<6 | rune(s[1])&0x3f
	case n == 3:
		r = r&0x0f<<12 | rune(s[1])&0x3f<<6 | rune(s[2])&0x3f
	case n == 4:
		r = r&0x07<<18 | rune(s[1])&0x3f<<12 | rune(s[2])&0x3f<<6 | rune(s[3])&0x3f
	}
	if r < wideRunes[0][0] || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 1
	}
	_, found := slices.BinarySearchFunc(wideRunes, r, func(interval [2]rune, r rune) int {
		switch {
		case interval[1] < r:
			return -1
		case interval[0] > r:
			return 1
		}
		return 0
	})
	if found {
		return 2
	}
	return 1
}

// wideRunes are the East Asian wide and full-width characters of Unicode 16,
// as PostgreSQL 18 knows them (unicode_east_asian_fw_table.h).
var wideRunes = [][2]rune{
	{0x1100, 0x115f}, {0x231a, 0x231b}, {0x2329, 0x232a}, {0x23e9, 0x23ec}, {0x23f0, 0x23f0}, {0x23f3, 0x23f3},
	{0x25fd, 0x25fe}, {0x2614, 0x2615}, {0x2630, 0x2637}, {0x2648, 0x2653}, {0x267f, 0x267f}, {0x268a, 0x268f},
	{0x2693, 0x2693}, {0x26a1, 0x26a1}, {0x26aa, 0x26ab}, {0x26bd, 0x26be}, {0x26c4, 0x26c5}, {0x26ce, 0x26ce},
	{0x26d4, 0x26d4}, {0x26ea, 0x26ea}, {0x26f2, 0x26f3}, {0x26f5, 0x26f5}, {0x26fa, 0x26fa}, {0x26fd, 0x26fd},
	{0x2705, 0x2705}, {0x270a, 0x270b}, {0x2728, 0x2728}, {0x274c, 0x274c}, {0x274e, 0x274e}, {0x2753, 0x2755},
	{0x2757, 0x2757}, {0x2795, 0x2797}, {0x27b0, 0x27b0}, {0x27bf, 0x27bf}, {0x2b1b, 0x2b1c}, {0x2b50, 0x2b50},
	{0x2b55, 0x2b55}, {0x2e80, 0x2e99}, {0x2e9b, 0x2ef3}, {0x2f00, 0x2fd5}, {0x2ff0, 0x303e}, {0x3041, 0x3096},
	{0x3099, 0x30ff}, {0x3105, 0x312f}, {0x3131, 0x318e}, {0x3190, 0x31e5}, {0x31ef, 0x321e}, {0x3220, 0x3247},
	{0x3250, 0xa48c}, {0xa490, 0xa4c6}, {0xa960, 0xa97c}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe10, 0xfe19},
	{0xfe30, 0xfe52}, {0xfe54, 0xfe66}, {0xfe68, 0xfe6b}, {0xff01, 0xff60}, {0xffe0, 0xffe6}, {0x16fe0, 0x16fe4},
	{0x16ff0, 0x16ff1}, {0x17000, 0x187f7}, {0x18800, 0x18cd5}, {0x18cff, 0x18d08}, {0x1aff0, 0x1aff3},
	{0x1aff5, 0x1affb}, {0x1affd, 0x1affe}, {0x1b000, 0x1b122}, {0x1b132, 0x1b132}, {0x1b150, 0x1b152},
	{0x1b155, 0x1b155}, {0x1b164, 0x1b167}, {0x1b170, 0x1b2fb}, {0x1d300, 0x1d356}, {0x1d360, 0x1d376},
	{0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f200, 0x1f202},
	{0x1f210, 0x1f23b}, {0x1f240, 0x1f248}, {0x1f250, 0x1f251}, {0x1f260, 0x1f265}, {0x1f300, 0x1f320},
	{0x1f32d, 0x1f335}, {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3},
	{0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc},
	{0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f54e}, {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596},
	{0x1f5a4, 0x1f5a4}, {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2},
	{0x1f6d5, 0x1f6d7}, {0x1f6dc, 0x1f6df}, {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7eb},
	{0x1f7f0, 0x1f7f0}, {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945}, {0x1f947, 0x1f9ff}, {0x1fa70, 0x1fa7c},
	{0x1fa80, 0x1fa89}, {0x1fa8f, 0x1fac6}, {0x1face, 0x1fadc}, {0x1fadf, 0x1fae9}, {0x1faf0, 0x1faf8},
	{0x20000, 0x2fffd}, {0x30000, 0x3fffd},
}
