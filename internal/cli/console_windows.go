package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// consoleObeys says whether a console does what escape sequences say. It has to
// be told to, and can since Windows 10. That is left as it is then, as by
// PostgreSQL's programs (enable_vt_processing).
func consoleObeys(f *os.File) bool {
	var mode uint32
	console := windows.Handle(f.Fd())
	if err := windows.GetConsoleMode(console, &mode); err != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_PROCESSED_OUTPUT|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
