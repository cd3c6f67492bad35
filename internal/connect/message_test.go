package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// TestServerMessage has what psql 18 printed for the same errors.
func TestServerMessage(t *testing.T) {
	tests := []struct {
		name, want string
		e          pgconn.PgError
		query, enc string
	}{
		{
			name: "all fields",
			want: "ERROR:  x\nDETAIL:  d\nHINT:  h\nCONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE\n",
			e:    pgconn.PgError{Severity: "ERROR", Message: "x", Detail: "d", Hint: "h", Where: "PL/pgSQL function inline_code_block line 1 at RAISE"},
		},
		{name: "position", want: "ERROR:  m\nLINE 1: select nosuch\n               ^\n", e: at(8), query: "select nosuch", enc: "UTF8"},
		{name: "position, no query", want: "ERROR:  m at character 8\n", e: at(8)},
		{name: "line 3", want: "ERROR:  m\nLINE 3: from x\n             ^\n", e: at(30), query: "select 1;\nselect nosuch\nfrom x", enc: "UTF8"},
		{name: "line break of two", want: "ERROR:  m\nLINE 2:  nosuch ,2\n         ^\n", e: at(13), query: "select 1,\r\n\tnosuch\t,2", enc: "UTF8"},
		{name: "line break of one", want: "ERROR:  m\nLINE 2:  nosuch\n         ^\n", e: at(9), query: "select\r nosuch", enc: "UTF8"},
		{name: "end", want: "ERROR:  m\nLINE 1: select 1 +\n                  ^\n", e: at(11), query: "select 1 +", enc: "UTF8"},
		{name: "beyond the end", want: "ERROR:  m\n", e: at(13), query: "select 1 +", enc: "UTF8"},
		{
			name: "cut left",
			want: "ERROR:  m\nLINE 1: ..." + strings.Repeat("a", 51) + "', nosuch\n" + strings.Repeat(" ", 65) + "^\n",
			e:    at(82), query: "select '" + strings.Repeat("a", 70) + "', nosuch", enc: "UTF8",
		},
		{
			name: "cut right",
			want: "ERROR:  m\nLINE 1: select nosuch, '" + strings.Repeat("a", 44) + "...\n" + strings.Repeat(" ", 15) + "^\n",
			e:    at(8), query: "select nosuch, '" + strings.Repeat("a", 70) + "'", enc: "UTF8",
		},
		{
			name: "cut both",
			want: "ERROR:  m\nLINE 1: ..." + strings.Repeat("a", 47) + "', nosuch, 'b...\n" + strings.Repeat(" ", 61) + "^\n",
			e:    at(82), query: "select '" + strings.Repeat("a", 70) + "', nosuch, '" + strings.Repeat("b", 70) + "'", enc: "UTF8",
		},
		{
			name: "wide, cut both",
			want: "ERROR:  m\nLINE 1: ..." + strings.Repeat("日", 24) + "', nosuch, '...\n" + strings.Repeat(" ", 62) + "^\n",
			e:    at(52), query: "select '" + strings.Repeat("日", 40) + "', nosuch, '" + strings.Repeat("本", 40) + "'", enc: "UTF8",
		},
		{name: "wide", want: "ERROR:  m\nLINE 1: select '日本日本', nosuch\n" + strings.Repeat(" ", 27) + "^\n", e: at(16), query: "select '日本日本', nosuch", enc: "UTF8"},
		{name: "combining", want: "ERROR:  m\nLINE 1: select 'e\u0301😀', nosuch\n" + strings.Repeat(" ", 23) + "^\n", e: at(15), query: "select 'e\u0301😀', nosuch", enc: "UTF8"},
		{name: "single byte", want: "ERROR:  m\nLINE 1: select '\xe9\xe9\xe9', nosuch\n" + strings.Repeat(" ", 22) + "^\n", e: at(15), query: "select '\xe9\xe9\xe9', nosuch", enc: "LATIN1"},
		{name: "SJIS", want: "ERROR:  m\nLINE 1: select '\x93\xfa\x96{\xb1', nosuch\n" + strings.Repeat(" ", 24) + "^\n", e: at(15), query: "select '\x93\xfa\x96{\xb1', nosuch", enc: "SJIS"},
		{name: "torn character", want: "ERROR:  m\nLINE 1: a \xe6\x97\n          ^\n", e: at(3), query: "a \xe6\x97", enc: "UTF8"},
		{
			name: "internal query",
			want: "ERROR:  m\nLINE 1: select nosuch from x\n                           ^\nQUERY:  select nosuch from x\nCONTEXT:  c\n",
			e:    pgconn.PgError{Severity: "ERROR", Message: "m", InternalPosition: 20, InternalQuery: "select nosuch from x", Where: "c"}, query: "do", enc: "UTF8",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ServerMessage(&tt.e, tt.query, tt.enc); got != tt.want {
				t.Errorf("want %q\n got %q", tt.want, got)
			}
		})
	}
}

func at(position int32) pgconn.PgError {
	return pgconn.PgError{Severity: "ERROR", Message: "m", Position: position}
}

func TestNoticeMessage(t *testing.T) {
	n := &pgconn.Notice{Severity: "NOTICE", Message: "m", Detail: "d", Where: "not shown"}
	if got, want := NoticeMessage(n, "", ""), "NOTICE:  m\nDETAIL:  d\n"; got != want {
		t.Errorf("want %q, got %q", want, got)
	}
}

func TestErrorMessage(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		err        error
	}{
		{"failure to connect", "a\nb\n", fmt.Errorf("wrapped: %w", errorf("a\nb"))},
		{"server", "ERROR:  m\n", fmt.Errorf("wrapped: %w", &pgconn.PgError{Severity: "ERROR", Message: "m"})},
		{"fatal", "FATAL:  m\n" + closedUnexpectedly, &pgconn.PgError{Severity: "FATAL", Message: "m"}},
		{"fatal, localized", "FATALE:  m\n" + closedUnexpectedly, &pgconn.PgError{Severity: "FATALE", SeverityUnlocalized: "FATAL", Message: "m"}},
		{"closed", "no connection to the server\n", fmt.Errorf("x: %w", pgconn.ErrConnClosed)},
		{"end", closedUnexpectedly, fmt.Errorf("x: %w", io.ErrUnexpectedEOF)},
		{"others", "context canceled\n", context.Canceled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ErrorMessage(tt.err); got != tt.want {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

func TestErrorWraps(t *testing.T) {
	cause := &pgconn.PgError{Code: "3D000"}
	var got *pgconn.PgError
	if !errors.As(&Error{text: "x\n", err: cause}, &got) || got != cause {
		t.Error("the server's error is not found")
	}
}

func FuzzServerMessage(f *testing.F) {
	f.Add("select '日本', nosuch", int32(14), "UTF8")
	f.Add("a\r\n\tb\xff", int32(4), "GB18030")
	f.Add("\x8e\x8f\x9c", int32(2), "MULE_INTERNAL")
	f.Fuzz(func(t *testing.T, query string, position int32, enc string) {
		e := at(position)
		if got := ServerMessage(&e, query, enc); !strings.HasSuffix(got, "\n") {
			t.Errorf("no newline: %q", got)
		}
	})
}
