package toc_test

import (
	"testing"
	"time"
	_ "time/tzdata" // for machines without a zone database

	"pgrestore/toc"
)

// The instants are those of glibc's mktime; where ok is false it gives -1,
// which pg_restore takes for a failure even where it is a time.
func TestCalendarTime(t *testing.T) {
	for _, tt := range []struct {
		name, zone string
		in         toc.CalendarTime
		want       int64
		ok         bool
	}{
		{"winter", "Europe/Berlin", toc.CalendarTime{Hour: 12, Day: 15, Year: 124}, 1705316400, true},
		{"summer", "Europe/Berlin", toc.CalendarTime{Hour: 12, Day: 15, Month: 6, Year: 124, IsDST: 1}, 1721037600, true},
		{"summer said to be winter", "Europe/Berlin", toc.CalendarTime{Hour: 12, Day: 15, Month: 6, Year: 124}, 1721041200, true},
		{"winter said to be summer", "Europe/Berlin", toc.CalendarTime{Hour: 12, Day: 15, Year: 124, IsDST: 1}, 1705312800, true},
		{"not known, winter", "Europe/Berlin", toc.CalendarTime{Hour: 12, Day: 15, Year: 124, IsDST: -1}, 1705316400, true},
		{"not known, summer", "Europe/Berlin", toc.CalendarTime{Hour: 12, Day: 15, Month: 6, Year: 124, IsDST: -1}, 1721037600, true},
		{"first of the double hour", "Europe/Berlin", toc.CalendarTime{Minute: 30, Hour: 2, Day: 27, Month: 9, Year: 124, IsDST: 1}, 1729989000, true},
		{"second of the double hour", "Europe/Berlin", toc.CalendarTime{Minute: 30, Hour: 2, Day: 27, Month: 9, Year: 124}, 1729992600, true},
		{"in the missing hour, winter", "Europe/Berlin", toc.CalendarTime{Minute: 30, Hour: 2, Day: 31, Month: 2, Year: 124}, 1711848600, true},
		{"in the missing hour, summer", "Europe/Berlin", toc.CalendarTime{Minute: 30, Hour: 2, Day: 31, Month: 2, Year: 124, IsDST: 1}, 1711845000, true},
		{"southern summer", "America/Sao_Paulo", toc.CalendarTime{Hour: 12, Day: 15, Year: 118, IsDST: 1}, 1516024800, true},
		{"southern winter said to be summer", "America/Sao_Paulo", toc.CalendarTime{Hour: 12, Day: 15, Month: 6, Year: 118, IsDST: 1}, 1531663200, true},
		{"summer of half an hour", "Australia/Lord_Howe", toc.CalendarTime{Hour: 12, Day: 15, Year: 124, IsDST: 1}, 1705280400, true},
		{"winter said to be that summer", "Australia/Lord_Howe", toc.CalendarTime{Hour: 12, Day: 15, Month: 6, Year: 124, IsDST: 1}, 1721005200, true},
		{"leap second", "UTC", toc.CalendarTime{Second: 60, Minute: 59, Hour: 23, Day: 31, Month: 11, Year: 116}, 1483228800, true},
		{"day 0 and month 12", "UTC", toc.CalendarTime{Month: 12, Year: 124}, 1735603200, true},
		{"all too large", "UTC", toc.CalendarTime{Second: 100, Minute: 100, Hour: 100, Day: 100, Month: 100, Year: 100}, 1218519700, true},
		{"all negative", "UTC", toc.CalendarTime{Second: -1, Minute: -1, Hour: -1, Day: -1, Month: -1, Year: -1}, -2243379661, true},
		{"zero", "UTC", toc.CalendarTime{}, -2209075200, true},
		{"the last second before 1970", "UTC", toc.CalendarTime{Second: 59, Minute: 59, Hour: 23, Day: 31, Month: 11, Year: 69}, 0, false},
		{"far future", "UTC", toc.CalendarTime{Day: 1, Year: 8099}, 253370764800, true},
		{"year beyond an int", "UTC", toc.CalendarTime{Day: 1, Month: 2147483647, Year: 2147483647}, 0, false},
		{"year of 32 bits", "UTC", toc.CalendarTime{Day: 1, Year: 2147481747}, 67767976201996800, true},
		{"year above 32 bits", "UTC", toc.CalendarTime{Day: 1, Year: 2147483647}, 67768036160140800, true},
		{"far past", "UTC", toc.CalendarTime{Day: 1, Year: -2147483648}, -67768040609740800, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			zone, err := time.LoadLocation(tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			at, ok := tt.in.In(zone)
			if tt.ok != ok {
				t.Fatalf("ok: want %t, got %t (%v)", tt.ok, ok, at)
			}
			if ok && tt.want != at.Unix() {
				t.Errorf("want %d, got %d (%v)", tt.want, at.Unix(), at)
			}
			if ok && zone != at.Location() {
				t.Errorf("want zone %v, got %v", zone, at.Location())
			}
		})
	}
}
