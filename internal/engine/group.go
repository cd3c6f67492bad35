package engine

import (
	"context"

	"pgrestore/internal/script"
)

const (
	// groupUnits and groupBytes bound what goes into one message.
	groupUnits = 100
	groupBytes = 32 << 10
)

// group is units that are sent as one query. The server carries out all of
// them or none.
type group struct {
	units []script.Unit
	text  []byte
}

// addToGroup puts a unit off until others of its kind go with it.
func (r *runner) addToGroup(u script.Unit) {
	r.group.units = append(r.group.units, u)
	r.group.text = append(r.group.text, u.Text...)
	if len(r.group.units) >= groupUnits || len(r.group.text) >= groupBytes {
		r.sendGroup()
	}
}

func (r *runner) sendGroup() {
	g := r.group
	if len(g.units) == 0 {
		return
	}
	r.group = group{}
	r.grouped = true
	r.wire.query(&request{query: string(g.text), answered: func(err error) {
		if err != nil {
			r.undone = append(r.undone, g.units...)
		}
	}})
}

// endGroups sees to groups that failed: their units are sent one by one, so
// that each has its own outcome.
func (r *runner) endGroups(ctx context.Context) error {
	r.sendGroup()
	if !r.grouped {
		return nil
	}
	r.grouped = false
	if err := r.wait(ctx); err != nil {
		return err
	}
	units := r.undone
	r.undone = nil
	for _, u := range units {
		u.Grouped = false
		if err := r.exec(ctx, u); err != nil {
			return err
		}
	}
	return nil
}
