//go:build !windows

package terminal

import "os"

// needsTERM says whether a terminal tells by TERM what it can.
const needsTERM = true

func obeysEscapes(*os.File) bool { return true }
