//go:build !windows

package cli

import "os"

func consoleObeys(*os.File) bool { return true }
