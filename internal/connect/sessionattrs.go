package connect

import (
	"context"

	"github.com/jackc/pgx/v5/pgconn"
)

// sessionAttrs is target_session_attrs: what kind of server will do.
type sessionAttrs int

const (
	attrsAny sessionAttrs = iota
	attrsReadWrite
	attrsReadOnly
	attrsPrimary
	attrsStandby
	attrsPreferStandby
)

func parseSessionAttrs(text string) (sessionAttrs, error) {
	names := []string{"any", "read-write", "read-only", "primary", "standby", "prefer-standby"}
	for i, name := range names {
		if text == name {
			return sessionAttrs(i), nil
		}
	}
	return attrsAny, errorf("invalid %s value: \"%s\"", "target_session_attrs", text)
}

// passes returns the requirements to go through the hosts with, one after the other.
func (a sessionAttrs) passes() []sessionAttrs {
	if a == attrsPreferStandby {
		return []sessionAttrs{attrsPreferStandby, attrsAny}
	}
	return []sessionAttrs{a}
}

// check returns "" if the server is of the wanted kind, and otherwise libpq's
// text for why not. Servers since 14 say what they are when a session starts;
// others are asked.
func (a sessionAttrs) check(ctx context.Context, conn *pgconn.PgConn) string {
	switch a {
	case attrsReadWrite, attrsReadOnly:
		readOnly, failed := isReadOnly(ctx, conn)
		switch {
		case failed != "":
			return failed
		case readOnly && a == attrsReadWrite:
			return "session is read-only\n"
		case !readOnly && a == attrsReadOnly:
			return "session is not read-only\n"
		}
	case attrsPrimary, attrsStandby, attrsPreferStandby:
		standby, failed := isStandby(ctx, conn)
		switch {
		case failed != "":
			return failed
		case standby && a == attrsPrimary:
			return "server is in hot standby mode\n"
		case !standby && a != attrsPrimary:
			return "server is not in hot standby mode\n"
		}
	}
	return ""
}

func isReadOnly(ctx context.Context, conn *pgconn.PgConn) (readOnly bool, failed string) {
	byDefault, standby := conn.ParameterStatus("default_transaction_read_only"), conn.ParameterStatus("in_hot_standby")
	if byDefault != "" && standby != "" {
		return byDefault == "on" || standby == "on", ""
	}
	value, failed := queryValue(ctx, conn, "SHOW transaction_read_only", "SHOW transaction_read_only")
	return value == "on", failed
}

func isStandby(ctx context.Context, conn *pgconn.PgConn) (standby bool, failed string) {
	if value := conn.ParameterStatus("in_hot_standby"); value != "" {
		return value == "on", ""
	}
	value, failed := queryValue(ctx, conn, "SELECT pg_catalog.pg_is_in_recovery()", "SELECT pg_is_in_recovery()")
	return value == "t", failed
}

// queryValue runs a query of one value. failed is libpq's text if it does not
// work; shown stands for the query there.
func queryValue(ctx context.Context, conn *pgconn.PgConn, query, shown string) (value, failed string) {
	results, err := conn.Exec(ctx, query).ReadAll()
	if err != nil || len(results) != 1 || len(results[0].Rows) != 1 {
		text := "\"" + shown + "\" failed\n"
		if err != nil {
			text = QueryErrorMessage(conn, err, query) + text
		}
		return "", text
	}
	return string(results[0].Rows[0][0]), ""
}
