package unzstd

import "golang.org/x/sys/cpu"

// hasAssembly tells whether the processor has what the assembly needs.
func hasAssembly() bool { return cpu.X86.HasBMI2 }

// decodeShort is as decoding.decodeShort.
//
//go:noescape
func decodeShort(d *decoding)

// copyNear is as copying.copyNear.
//
//go:noescape
func copyNear(c *copying)
