package engine

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"pgrestore/event"
	"pgrestore/internal/connect"
)

// replyError is a reply that ends the restore.
type replyError struct {
	text  string
	reply error
}

func (e *replyError) Error() string { return e.text }

// Cause tells what an error of [Run] comes from, and its SQLSTATE if a server
// told one. The cause is "" for a server's answer to a statement.
func Cause(err error) (cause event.Cause, state string) {
	var (
		restarted *RestartedError
		away      *AwayError
		undying   *undyingError
		lost      *lostError
		refused   *connect.Error
		query     *queryError
		reply     *replyError
		server    *pgconn.PgError
	)
	switch {
	case errors.As(err, &restarted):
		return event.Restart, ""
	case errors.As(err, &away):
		return event.Connection, sqlState(err)
	case errors.As(err, &undying):
		return event.Connection, ""
	case errors.As(err, &lost):
		return event.Connection, sqlState(lost.err)
	case errors.As(err, &refused):
		return event.Connection, sqlState(err)
	case errors.As(err, &query):
		return ofReply(query.reply)
	case errors.As(err, &reply):
		return ofReply(reply.reply)
	case errors.As(err, &server):
		return ofReply(server)
	}
	return event.OtherCause, ""
}

func ofReply(err error) (event.Cause, string) {
	if isLost(err) {
		return event.Connection, sqlState(err)
	}
	return "", sqlState(err)
}
