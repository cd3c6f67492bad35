package unzstd

func (z *Reader) startHelpers() {
	z.running = true
	z.queue = make(chan *block, cap(z.free))
	z.stop = make(chan struct{})
	for range z.maxHelpers {
		z.helpers.Go(z.help)
	}
}

// help reads and decodes blocks until the frame ends or z stops.
func (z *Reader) help() {
	for {
		b := z.take()
		if b == nil {
			return
		}
		b.decode()
		b.decoded <- struct{}{}
	}
}

// take reads the next block and puts it in line; nil means that there is
// nothing to do any more.
func (z *Reader) take() *block {
	z.turn.Lock()
	defer z.turn.Unlock()
	if z.in.ended {
		return nil
	}
	select {
	case <-z.stop:
		return nil
	default:
	}
	select {
	case b := <-z.free:
		z.in.read(b)
		z.queue <- b
		return b
	case <-z.stop:
		return nil
	}
}

// endHelpers stops the helpers, waits for them and takes their blocks back.
func (z *Reader) endHelpers() {
	if !z.running {
		return
	}
	close(z.stop)
	z.helpers.Wait()
	z.running = false
	close(z.queue)
	for b := range z.queue {
		<-b.decoded
		z.free <- b
	}
}
