package verdict

// ofRows is an error about rows, of a statement that loads them or that has to
// look at all of them.
func ofRows(c Class, kind string, s statement) finding {
	found := harmful(c)
	switch kind {
	case "TABLE DATA":
		if s.begins("INSERT") {
			found.reason = "rows are missing"
		} else {
			found.reason = "a COPY that fails loads no row of its table"
		}
	case "INDEX", "CONSTRAINT":
		switch c {
		case DuplicateKey:
			found.reason = "without its key a table can get rows twice"
		case ExclusionViolation:
			found.reason = "without its constraint a table can get rows that exclude each other"
		default:
			found.reason = "the index is missing"
		}
	case "FK CONSTRAINT":
		found.reason = "the foreign key is missing, and nothing keeps rows from referring to what is not there"
		found.hint = "find out why rows are missing: the source had none, or they were not loaded; add them, or delete what refers to them, then add the foreign key by hand"
		found.apart = kind
	case "CHECK CONSTRAINT":
		found.reason = "the check is missing"
	case "TABLE ATTACH":
		found.reason = "a partition is not part of its table"
	}
	return found
}

// failedRefresh is an error that the query of a materialized view raised.
func failedRefresh() finding {
	found := harmful(RaisedError).because("the materialized view is empty").
		advise("look at the view's query and at the error's context, then REFRESH MATERIALIZED VIEW by hand")
	found.title, found.apart = "the query of a materialized view raised an error", "refresh"
	return found
}
