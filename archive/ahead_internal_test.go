package archive

import (
	"runtime"
	"testing"
)

func TestDecodeAhead(t *testing.T) {
	if runtime.GOMAXPROCS(0) < 2 {
		t.Skip("there is one core only")
	}
	for _, s := range []store{&custom{}, &directory{}} {
		(&Archive{store: s}).DecodeAhead()
		var d *decoders
		switch s := s.(type) {
		case *custom:
			d = &s.decoders
		case *directory:
			d = &s.decoders
		}
		got, err := d.get(codecZstd, nil)
		if _, ahead := got.(*zstdAhead); !ahead || err != nil {
			t.Errorf("%T: want a decoder that goes ahead, got %T, %v", s, got, err)
		}
	}
}
