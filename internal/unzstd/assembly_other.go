//go:build !amd64

package unzstd

func hasAssembly() bool { return false }

func decodeShort(*decoding) {}

func copyNear(*copying) {}
