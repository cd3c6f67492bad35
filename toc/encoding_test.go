package toc_test

import (
	"strings"
	"testing"

	"pgrestore/toc"
)

// parseEncodingCases are names and what pg_restore 18 makes of them in SET
// client_encoding; "" where it does not know the name.
var parseEncodingCases = []struct{ name, want string }{
	{"UTF8", "UTF8"},
	{"utf-8", "UTF8"},
	{"Unicode", "UTF8"},
	{"u t f 8", "UTF8"},
	{"UTF8é", "UTF8"},
	{"SQL_ASCII", "SQL_ASCII"},
	{"sqlascii", "SQL_ASCII"},
	{"MULE_INTERNAL", "MULE_INTERNAL"},
	{"muleinternal", "MULE_INTERNAL"},
	{"abc", "WIN1258"},
	{"alt", "WIN866"},
	{"Big5", "BIG5"},
	{"windows-950", "BIG5"},
	{"win950", "BIG5"},
	{"euc_cn", "EUC_CN"},
	{"EUC-JIS-2004", "EUC_JIS_2004"},
	{"eucjp", "EUC_JP"},
	{"EUC_KR", "EUC_KR"},
	{"euc tw", "EUC_TW"},
	{"gb18030", "GB18030"},
	{"GBK", "GBK"},
	{"win936", "GBK"},
	{"Windows936", "GBK"},
	{"ISO-8859-1", "LATIN1"},
	{"iso_8859_2", "LATIN2"},
	{"ISO88593", "LATIN3"},
	{"ISO-8859-4", "LATIN4"},
	{"ISO_8859_5", "ISO_8859_5"},
	{"iso88595", "ISO_8859_5"},
	{"iso88596", "ISO_8859_6"},
	{"ISO 8859-7", "ISO_8859_7"},
	{"iso88598", "ISO_8859_8"},
	{"ISO-8859-9", "LATIN5"},
	{"ISO-8859-10", "LATIN6"},
	{"iso885913", "LATIN7"},
	{"iso885914", "LATIN8"},
	{"ISO-8859-15", "LATIN9"},
	{"iso885916", "LATIN10"},
	{"johab", "JOHAB"},
	{"koi8", "KOI8R"},
	{"KOI8-R", "KOI8R"},
	{"koi8u", "KOI8U"},
	{"latin1", "LATIN1"},
	{"LATIN2", "LATIN2"},
	{"latin3", "LATIN3"},
	{"latin4", "LATIN4"},
	{"latin5", "LATIN5"},
	{"latin6", "LATIN6"},
	{"latin7", "LATIN7"},
	{"latin8", "LATIN8"},
	{"latin9", "LATIN9"},
	{"Latin-10", "LATIN10"},
	{"mskanji", "SJIS"},
	{"shift_jis", "SJIS"},
	{"Shift_JIS_2004", "SHIFT_JIS_2004"},
	{"SJIS", "SJIS"},
	{"win932", "SJIS"},
	{"windows932", "SJIS"},
	{"tcvn", "WIN1258"},
	{"TCVN5712", "WIN1258"},
	{"UHC", "UHC"},
	{"win949", "UHC"},
	{"windows949", "UHC"},
	{"VSCII", "WIN1258"},
	{"win", "WIN1251"},
	{"win1250", "WIN1250"},
	{"win1251", "WIN1251"},
	{"win1252", "WIN1252"},
	{"win1253", "WIN1253"},
	{"win1254", "WIN1254"},
	{"win1255", "WIN1255"},
	{"win1256", "WIN1256"},
	{"win1257", "WIN1257"},
	{"win1258", "WIN1258"},
	{"win866", "WIN866"},
	{"win874", "WIN874"},
	{"windows1250", "WIN1250"},
	{"WINDOWS-1251", "WIN1251"},
	{"windows1252", "WIN1252"},
	{"windows1253", "WIN1253"},
	{"windows1254", "WIN1254"},
	{"windows1255", "WIN1255"},
	{"windows1256", "WIN1256"},
	{"windows1257", "WIN1257"},
	{"windows1258", "WIN1258"},
	{"windows866", "WIN866"},
	{"windows874", "WIN874"},
	{"utf8" + strings.Repeat(" ", 59), "UTF8"},
	{"utf8" + strings.Repeat(" ", 60), ""},
	{strings.Repeat("utf8", 16), ""},
	{"", ""},
	{"---", ""},
	{"utf", ""},
	{"utf16", ""},
	{"latin11", ""},
}

func TestParseEncoding(t *testing.T) {
	for _, tt := range parseEncodingCases {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := toc.ParseEncoding(tt.name)
			if want := tt.want != ""; want != ok {
				t.Fatalf("known: want %t, got %t", want, ok)
			}
			if ok && tt.want != got.String() {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

func TestZeroEncoding(t *testing.T) {
	var zero toc.Encoding
	if want, got := "SQL_ASCII", zero.String(); want != got {
		t.Errorf("want %q, got %q", want, got)
	}
	if length, valid := zero.CharLen("\xff"); length != 1 || !valid {
		t.Errorf("want every byte to be a character, got %d, %t", length, valid)
	}
}

func TestCharLen(t *testing.T) {
	for _, tt := range []struct {
		encodings string
		in        string
		length    int // 0: not a character
	}{
		{"UTF8 EUC_JP EUC_CN EUC_KR EUC_TW SJIS BIG5 GBK UHC GB18030 JOHAB LATIN1 SQL_ASCII MULE_INTERNAL", "a\xff", 1},
		{"UTF8 EUC_JP SJIS", "\x00", 1},

		{"UTF8", "é", 2},
		{"UTF8", "é'", 2},
		{"UTF8", "あ", 3},
		{"UTF8", "\U0010ffff", 4},
		{"UTF8", "\xc3", 0},
		{"UTF8", "\xc3'", 0},
		{"UTF8", "\xe3\x81", 0},
		{"UTF8", "\xe3\x81'", 0},
		{"UTF8", "\xf0\x90\x80", 0},
		{"UTF8", "\xf0\x90\x80'", 0},
		{"UTF8", "\x80", 0},
		{"UTF8", "\xbf\xbf", 0},
		{"UTF8", "\xf8\x88\x80\x80\x80", 0},
		{"UTF8", "\xff", 0},
		{"UTF8", "\xc0\x80", 0},         // overlong
		{"UTF8", "\xc1\xbf", 0},         // overlong
		{"UTF8", "\xe0\x9f\xbf", 0},     // overlong
		{"UTF8", "\xf0\x8f\xbf\xbf", 0}, // overlong
		{"UTF8", "\xed\x9f\xbf", 3},
		{"UTF8", "\xed\xa0\x80", 0}, // surrogate
		{"UTF8", "\xee\x80\x80", 3},
		{"UTF8", "\xf4\x8f\xbf\xbf", 4},
		{"UTF8", "\xf4\x90\x80\x80", 0}, // beyond Unicode
		{"UTF8", "\xf5\x80\x80\x80", 0},

		{"EUC_JP EUC_JIS_2004", "\xa1\xfe", 2},
		{"EUC_JP EUC_JIS_2004", "\x8e\xa1", 2},
		{"EUC_JP EUC_JIS_2004", "\x8e\xdf", 2},
		{"EUC_JP EUC_JIS_2004", "\x8e\xe0", 0},
		{"EUC_JP EUC_JIS_2004", "\x8e", 0},
		{"EUC_JP EUC_JIS_2004", "\x8f\xa1\xfe", 3},
		{"EUC_JP EUC_JIS_2004", "\x8f\xa1'", 0},
		{"EUC_JP EUC_JIS_2004", "\x8f\xa1", 0},
		{"EUC_JP EUC_JIS_2004", "\xa0\xa1", 0},
		{"EUC_JP EUC_JIS_2004", "\xff\xa1", 0},
		{"EUC_JP EUC_JIS_2004", "\xa1\xa0", 0},
		{"EUC_JP EUC_JIS_2004", "\xa1", 0},

		{"EUC_CN EUC_KR", "\xb0\xa1", 2},
		{"EUC_CN EUC_KR", "\xb0\x5c", 0},
		{"EUC_CN EUC_KR", "\x8e\xa1", 0},
		{"EUC_CN EUC_KR", "\x8f\xa1\xa1", 0},
		{"EUC_CN EUC_KR", "\xfe", 0},

		{"EUC_TW", "\xa1\xa1", 2},
		{"EUC_TW", "\x90\xa1", 2}, // the first byte is not looked at
		{"EUC_TW", "\xa1'", 0},
		{"EUC_TW", "\x8e\xa1\xa1\xfe", 4},
		{"EUC_TW", "\x8e\xa7\xa1\xfe", 4},
		{"EUC_TW", "\x8e\xa8\xa1\xfe", 0},
		{"EUC_TW", "\x8e\xa1\xa1", 0},
		{"EUC_TW", "\x8e\xa1'\xa1", 0},
		{"EUC_TW", "\x8f\xa1\xa1", 0},

		{"SJIS SHIFT_JIS_2004", "\xa1", 1},
		{"SJIS SHIFT_JIS_2004", "\xdf'", 1},
		{"SJIS SHIFT_JIS_2004", "\x95\\", 2}, // a backslash as second byte
		{"SJIS SHIFT_JIS_2004", "\x95'", 0},
		{"SJIS SHIFT_JIS_2004", "\x81\x40", 2},
		{"SJIS SHIFT_JIS_2004", "\x81\x3f", 0},
		{"SJIS SHIFT_JIS_2004", "\x81\x7f", 0},
		{"SJIS SHIFT_JIS_2004", "\x81\x80", 2},
		{"SJIS SHIFT_JIS_2004", "\x81\xfc", 2},
		{"SJIS SHIFT_JIS_2004", "\x81\xfd", 0},
		{"SJIS SHIFT_JIS_2004", "\xfc\x40", 2},
		{"SJIS SHIFT_JIS_2004", "\xfd\x40", 0},
		{"SJIS SHIFT_JIS_2004", "\xa0\x40", 0},
		{"SJIS SHIFT_JIS_2004", "\x80\x40", 0},
		{"SJIS SHIFT_JIS_2004", "\x81", 0},

		{"BIG5 GBK UHC", "\xa1\x40", 2},
		{"BIG5 GBK UHC", "\x80'", 2}, // any second byte will do
		{"BIG5 GBK UHC", "\xff\x01", 2},
		{"BIG5 GBK UHC", "\xa1\x00", 0},
		{"BIG5 GBK UHC", "\x8d ", 0}, // what marks an invalid character
		{"BIG5 GBK UHC", "\x8d!", 2},
		{"BIG5 GBK UHC", "\xa1", 0},

		{"GB18030", "\x81\x40", 2},
		{"GB18030", "\xfe\xfe", 2},
		{"GB18030", "\x81\x7f", 0},
		{"GB18030", "\x80\x40", 0},
		{"GB18030", "\xff\x40", 0},
		{"GB18030", "\x81\x30\x81\x30", 4},
		{"GB18030", "\xfe\x39\xfe\x39", 4},
		{"GB18030", "\x81\x30\x81\x3a", 0},
		{"GB18030", "\x81\x30\xff\x30", 0},
		{"GB18030", "\x80\x30\x81\x30", 0},
		{"GB18030", "\x81\x30\x81", 0},
		{"GB18030", "\x81\x30", 0},
		{"GB18030", "\x81'", 0},
		{"GB18030", "\x81", 0},

		{"JOHAB", "\xd9\xa1", 2},
		{"JOHAB", "\x81\xa1", 2}, // the first byte is not looked at
		{"JOHAB", "\x88\x61", 0},
		{"JOHAB", "\x8f\xa1\xa1", 3},
		{"JOHAB", "\x8f\xa1'", 0},
		{"JOHAB", "\x8f\xa1", 0},
		{"JOHAB", "\xd9", 0},

		{"MULE_INTERNAL", "\x81\xa1", 2},
		{"MULE_INTERNAL", "\x81'", 0},
		{"MULE_INTERNAL", "\x92\xa1\xa1", 3},
		{"MULE_INTERNAL", "\x92\xa1", 0},
		{"MULE_INTERNAL", "\x9a\xa1\xa1", 3},
		{"MULE_INTERNAL", "\x9c\xf0\xa1\xa1", 4},
		{"MULE_INTERNAL", "\x9c\xf0\xa1'", 0},
		{"MULE_INTERNAL", "\x80", 1},
		{"MULE_INTERNAL", "\xff'", 1},

		{"LATIN1 LATIN10 WIN1252 WIN874 KOI8R ISO_8859_5 SQL_ASCII", "\x80'", 1},
		{"LATIN1 LATIN10 WIN1252 WIN874 KOI8R ISO_8859_5 SQL_ASCII", "\xff", 1},
	} {
		for name := range strings.FieldsSeq(tt.encodings) {
			encoding, ok := toc.ParseEncoding(name)
			if !ok {
				t.Errorf("%s is not known", name)
				continue
			}
			length, valid := encoding.CharLen(tt.in)
			if want := tt.length > 0; want != valid {
				t.Errorf("%s %q: want valid %t, got %t", name, tt.in, want, valid)
			}
			if valid && tt.length != length {
				t.Errorf("%s %q: want length %d, got %d", name, tt.in, tt.length, length)
			}
		}
	}
}

// multibyte are the encodings whose characters may have several bytes.
var multibyte = []string{
	"UTF8", "EUC_JP", "EUC_CN", "EUC_KR", "EUC_TW", "EUC_JIS_2004", "SJIS", "SHIFT_JIS_2004",
	"BIG5", "GBK", "UHC", "GB18030", "JOHAB", "MULE_INTERNAL",
}

func TestInvalidMark(t *testing.T) {
	for _, name := range multibyte {
		encoding, ok := toc.ParseEncoding(name)
		if !ok {
			t.Errorf("%s is not known", name)
			continue
		}
		mark := encoding.InvalidMark()
		if want, got := 2, len(mark); want != got {
			t.Errorf("%s: want %d bytes, got %d", name, want, got)
		}
		if _, valid := encoding.CharLen(mark); valid {
			t.Errorf("%s: the mark %q is a character", name, mark)
		}
	}
}

func FuzzCharLen(f *testing.F) {
	for i := range multibyte {
		f.Add(uint(i), "\xf0\x90\x80\x80 \x8d ")
		f.Add(uint(i), "\x8f\xa1\xa1\x8e\xa1\xa1\xa1")
		f.Add(uint(i), "\x81\x30\x81\x30\x95\\'")
	}
	names := append([]string{"LATIN1", "SQL_ASCII"}, multibyte...)
	f.Fuzz(func(t *testing.T, which uint, s string) {
		encoding, _ := toc.ParseEncoding(names[which%uint(len(names))])
		for s != "" {
			length, valid := encoding.CharLen(s)
			if length < 1 || length > 4 {
				t.Fatalf("%s %q: length %d", encoding, s, length)
			}
			if !valid {
				// No invalid sequence becomes valid by being cut short.
				if _, again := encoding.CharLen(s[:min(len(s), length)]); again {
					t.Fatalf("%s %q: valid when cut after %d bytes", encoding, s, length)
				}
				s = s[1:]
				continue
			}
			if length > len(s) {
				t.Fatalf("%s %q: valid beyond its end: length %d", encoding, s, length)
			}
			if s[0] < 0x80 && length != 1 {
				t.Fatalf("%s %q: ASCII of length %d", encoding, s, length)
			}
			if again, ok := encoding.CharLen(s[:length]); again != length || !ok {
				t.Fatalf("%s %q: the character alone gives %d, %t", encoding, s[:length], again, ok)
			}
			s = s[length:]
		}
	})
}
