package verdict

// Mode is how the errors of a restore become its exit status.
type Mode string

// The modes of --exit-code.
const (
	// Strict is pg_restore's: 1 for any error.
	Strict Mode = "strict"
	// ByVerdict is 0 for a clean restore, 3 for one with harmless errors only,
	// and 1 for one with harmful errors or that did not come to its end.
	ByVerdict Mode = "verdict"
)

// ExitStatus is the status that the program ends with. Errors that are ignored
// count in neither mode.
func (v *Verdict) ExitStatus(m Mode) int {
	switch {
	case v.Judgement == Clean:
		return 0
	case v.Judgement == Reservations && m == ByVerdict:
		return 3
	default:
		return 1
	}
}
