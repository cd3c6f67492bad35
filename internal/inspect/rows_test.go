package inspect

import (
	"errors"
	"strings"
	"testing"
)

func TestRows(t *testing.T) {
	copyData := func() rowCounter { return &copyRows{} }
	inserts := func() rowCounter { return &insertRows{} }
	backslashes := func() rowCounter { return &insertRows{backslashes: true} }
	for _, test := range []struct {
		name  string
		by    func() rowCounter
		data  string
		want  int64
		early bool
	}{
		{"rows", copyData, "1\ta\n2\tb\n\\.\n\n\n", 2, false},
		{"no rows", copyData, "\\.\n\n\n", 0, false},
		{"empty rows", copyData, "\n\n\\.\n\n\n", 2, false},
		{"rows that end like the marker", copyData, "a\\.\n\\.\n", 1, false},
		{"many", copyData, strings.Repeat("some row of usual length\n", 1000) + "\\.\n\n\n", 1000, false},
		{"no marker", copyData, "1\ta\n2\tb\n", 2, true},
		{"cut within a row", copyData, "1\ta\n2\t", 1, true},
		{"cut within the marker", copyData, "1\ta\n\\.", 1, true},
		{"a row that ends like the marker, cut", copyData, "1\ta\nb\\.\n", 2, true},
		{"a long row that ends like the marker, cut", copyData, strings.Repeat("b", 100) + "\\.\n", 1, true},
		{"more behind the marker", copyData, "1\n\\.\n\n\nx", 4, true},
		{"nothing at all", copyData, "", 0, true},

		{"commands", inserts, "INSERT INTO t VALUES (1, 'a;(', \"f\"(2));\nINSERT INTO t VALUES (2, NULL);\n\n\n", 2, false},
		{"columns", inserts, "INSERT INTO s.\"t (VALUES\" (a, \"b;\") OVERRIDING SYSTEM VALUE VALUES (1, 2);\n", 1, false},
		{"many to a command", inserts, "INSERT INTO t VALUES\n\t(1, 'a''(b'),\n\t(2, 'c'),\n\t(3, '\\')\nON CONFLICT DO NOTHING;\n", 3, false},
		{"default values", inserts, "INSERT INTO t DEFAULT VALUES;\nINSERT INTO t DEFAULT VALUES;\n", 2, false},
		{"no commands", inserts, "\n\n", 0, false},
		{"nothing", inserts, "", 0, false},
		{"cut", inserts, "INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2", 1, true},
		{"cut before the end", inserts, "INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2)", 1, true},
		{"cut in a string", inserts, "INSERT INTO t VALUES ('1;\n", 0, true},
		{"backslashes", backslashes, "INSERT INTO t VALUES ('a\\'; (\\\\');\nINSERT INTO t VALUES ('\\'');\n", 2, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, size := range []int{len(test.data) + 1, 1, 7, 15, 16, 17} {
				c := test.by()
				for piece := test.data; piece != ""; {
					n := min(size, len(piece))
					c.add([]byte(piece[:n]))
					piece = piece[n:]
				}
				if c.rows() != test.want || errors.Is(c.end(), errEndsEarly) != test.early {
					t.Errorf("in pieces of %d: want %d rows, early %t; got %d, %v", size, test.want, test.early, c.rows(), c.end())
				}
			}
		})
	}
}
