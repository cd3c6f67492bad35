package binarycopy

import (
	"fmt"
	"testing"
)

func BenchmarkAppend(b *testing.B) {
	var narrow, wide []byte
	for i := range 2000 {
		narrow = fmt.Appendf(narrow, "%d\t%d\t%d.%02d\t%d\t%c\t2024-01-%02d %02d:01:57.0001%02d+00\t0123456789abcdef0123456789abcdef\n",
			1000000+i, i*7919%1048576, i*31, i%100, i%1000, "tf"[i%2], 1+i%30, i%24, i%100)
		wide = fmt.Appendf(wide, "%d\tc4ca4238-a0b9-2382-0dcc-509a6f75849b\tREF-%010d-%d\t%d\t2020-05-11 07:%02d:%02d.%06d+00\t2025-01-01 00:00:%02d.25+00\t%d.%04d\tpaid\t{\"from\": \"city %d\", \"size\": 54, \"tags\": [\"t140\", \"t3081\"], \"express\": false}\tlorem ipsum %d lorem ipsum %d \n",
			i, i*7919, i, i, i%60, i%60, i*97, i%60, i*1999, i%10000, i, i, i)
	}
	for _, c := range []struct {
		name  string
		types []string
		rows  []byte
	}{
		{"narrow", []string{"int8", "int4", "numeric_", "int2", "bool", "timestamptz_", "text"}, narrow},
		{"wide", []string{"int8", "uuid_", "text", "int4", "timestamptz_", "timestamptz_", "numeric_", "text", "jsonb_", "text"}, wide},
	} {
		b.Run(c.name, func(b *testing.B) {
			e := encoderOf(c.types...)
			b.SetBytes(int64(len(c.rows)))
			var out []byte
			for b.Loop() {
				var ok bool
				if out, _, ok = e.Append(out[:0], c.rows); !ok {
					b.Fatal("rows were refused")
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/2000, "ns/row")
		})
	}
}
