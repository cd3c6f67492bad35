// Pgrestore restores PostgreSQL databases from what pg_dump writes. Started
// as pg_restore it is a drop-in replacement of that program.
package main

import (
	"context"
	"crypto/rand"
	"os"
	"time"

	"pgrestore/internal/cli"
	"pgrestore/internal/restore"
)

func main() {
	program := cli.Program{
		Args:   os.Args,
		IO:     restore.IO{Stdin: os.Stdin, Stdout: os.Stdout, Now: time.Now, Zone: time.Local},
		Stderr: os.Stderr,
		Env:    os.LookupEnv,
		Random: rand.Reader,
		Run:    restore.Run,
	}
	os.Exit(program.Main(context.Background()))
}
