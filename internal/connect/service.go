package connect

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"
)

// addService takes unset options from the service that the settings or
// PGSERVICE name: from PGSERVICEFILE or else ~/.pg_service.conf, and if that
// lacks the service, from the system's file (parseServiceInfo).
func (s settings) addService(env LookupEnv) error {
	service, found := s["service"]
	if !found {
		if service, found = env("PGSERVICE"); !found {
			return nil
		}
	}

	file, given := env("PGSERVICEFILE")
	if !given {
		if home, ok := homeDir(env); ok {
			file = home + "/.pg_service.conf"
		}
	}
	if given || exists(file) {
		found, err := s.readServiceFile(file, service)
		if found || err != nil {
			return err
		}
	}
	if file = systemServiceFile(env); exists(file) {
		found, err := s.readServiceFile(file, service)
		if found || err != nil {
			return err
		}
	}
	return errorf("definition of service \"%s\" not found", service)
}

// systemServiceFile returns the path of the system's service file. libpq has
// one directory compiled in; we take the first of the common ones that has the file.
func systemServiceFile(env LookupEnv) string {
	dirs := []string{
		"/etc/postgresql-common",    // Debian
		"/etc/sysconfig/pgsql",      // RPMs
		"/usr/local/pgsql/etc",      // source
		"/opt/homebrew/etc",         // macOS
		"/usr/local/etc/postgresql", // BSD
	}
	if dir, found := env("PGSYSCONFDIR"); found {
		dirs = []string{dir}
	}
	for _, dir := range dirs {
		if file := dir + "/pg_service.conf"; exists(file) {
			return file
		}
	}
	return ""
}

// serviceLineBytes is libpq's limit for a line and its newline.
const serviceLineBytes = 1023

// readServiceFile stores the options of one [service]. It reports whether the
// file has it.
func (s settings) readServiceFile(file, service string) (found bool, err error) {
	f, err := os.Open(file)
	if err != nil {
		return false, errorf("service file \"%s\" not found", file)
	}
	defer f.Close()

	r := bufio.NewReaderSize(f, serviceLineBytes+1)
	for n := 1; ; n++ {
		raw, err := r.ReadSlice('\n')
		if len(raw) >= serviceLineBytes {
			return found, errorf("line %d too long in service file \"%s\"", n, file)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return found, nil // libpq takes a read error for the end
		}
		line := strings.Trim(string(raw), spaces)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			if found {
				return true, nil
			}
			found = strings.HasPrefix(line[1:], service+"]")
		case found:
			if err := s.storeServiceLine(line, n, file); err != nil {
				return true, err
			}
		}
		if err != nil {
			return found, nil
		}
	}
}

func (s settings) storeServiceLine(line string, n int, file string) error {
	keyword, value, hasValue := strings.Cut(line, "=")
	if hasValue && keyword == "service" {
		return errorf("nested service specifications not supported in service file \"%s\", line %d", file, n)
	}
	if !hasValue || !s.storeIfUnset(keyword, value) {
		return errorf("syntax error in service file \"%s\", line %d", file, n)
	}
	return nil
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return file != "" && err == nil
}
