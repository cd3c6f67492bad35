package report_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// chromium is a headless browser with one page, spoken to through a pipe in the
// Chrome DevTools Protocol: JSON messages, each ended by a zero byte.
type chromium struct {
	t       testing.TB
	to      io.Writer
	session string

	mu      sync.Mutex
	arrived *sync.Cond // a message came, or none will any more
	replies map[int]message
	events  []message
	broken  error
	sent    int
}

type message struct {
	ID      int             `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

// findChromium gives the browser's path, or skips the test.
func findChromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("there is no Chromium on this machine: no page was opened in a browser")
	return ""
}

// startChromium starts a browser, which ends with the test.
func startChromium(t testing.TB) *chromium {
	t.Helper()
	args := []string{
		"--headless", "--remote-debugging-pipe", "--user-data-dir=" + t.TempDir(), "--no-first-run", "--disable-gpu", "--hide-scrollbars",
		"--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,1000",
	}
	if os.Getuid() == 0 {
		args = append(args, "--no-sandbox") // it does not start as root with it
	}
	cmd := exec.Command(findChromium(t), append(args, "about:blank")...)
	theirIn, in := pipe(t)
	out, theirOut := pipe(t)
	cmd.ExtraFiles = []*os.File{theirIn, theirOut} // file descriptors 3 and 4
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = theirIn.Close()
	_ = theirOut.Close()
	c := &chromium{t: t, to: in, replies: map[int]message{}}
	c.arrived = sync.NewCond(&c.mu)
	var reading sync.WaitGroup
	reading.Go(func() { c.read(out) })
	t.Cleanup(func() {
		_ = in.Close() // which makes it end
		reading.Wait()
		_ = cmd.Wait()
		_ = out.Close()
	})
	watch := time.AfterFunc(patience, func() { c.end(errors.New("it does not answer any more")) })
	t.Cleanup(func() { watch.Stop() })
	c.attach()
	return c
}

// patience is how long all that a test does in the browser may take.
const patience = 3 * time.Minute

// end makes all calls fail.
func (c *chromium) end(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.broken == nil {
		c.broken = fmt.Errorf("the browser is gone: %w", err)
	}
	c.arrived.Broadcast()
}

func pipe(t testing.TB) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	return r, w
}

// read takes messages until the browser ends.
func (c *chromium) read(from io.Reader) {
	in := bufio.NewReader(from)
	for {
		text, err := in.ReadBytes(0)
		var m message
		if err == nil {
			err = json.Unmarshal(text[:len(text)-1], &m)
		}
		if err != nil {
			c.end(err)
			return
		}
		c.mu.Lock()
		switch {
		case m.ID != 0:
			c.replies[m.ID] = m
		default:
			c.events = append(c.events, m)
		}
		c.arrived.Broadcast()
		c.mu.Unlock()
	}
}

// attach makes a page and has the browser tell all that happens there.
func (c *chromium) attach() {
	c.t.Helper()
	var target struct {
		TargetID string `json:"targetId"`
	}
	c.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct {
		SessionID string `json:"sessionId"`
	}
	c.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	c.session = attached.SessionID
	c.call("Performance.enable", map[string]any{"timeDomain": "threadTicks"}, nil)
	for _, domain := range []string{"Page", "Runtime", "Log", "Network", "Accessibility"} {
		c.call(domain+".enable", nil, nil)
	}
}

// call calls a method and waits for its result.
func (c *chromium) call(method string, params map[string]any, result any) {
	c.t.Helper()
	reply, err := c.exchange(method, params)
	if err == nil && result != nil {
		err = json.Unmarshal(reply, result)
	}
	if err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

func (c *chromium) exchange(method string, params map[string]any) (json.RawMessage, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent++
	id := c.sent
	text, err := json.Marshal(map[string]any{"id": id, "sessionId": c.session, "method": method, "params": params})
	if c.session == "" {
		text, err = json.Marshal(map[string]any{"id": id, "method": method, "params": params})
	}
	if err != nil {
		return nil, err
	}
	if _, err := c.to.Write(append(text, 0)); err != nil {
		return nil, err
	}
	for {
		if reply, ok := c.replies[id]; ok {
			delete(c.replies, id)
			if reply.Error != nil {
				return nil, errors.New(reply.Error.Message)
			}
			return reply.Result, nil
		}
		if c.broken != nil {
			return nil, c.broken
		}
		c.arrived.Wait()
	}
}

// await waits for an event, other than the first n.
func (c *chromium) await(method string, n int) {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		for _, e := range c.events[n:] {
			if e.Method == method {
				return
			}
		}
		if c.broken != nil {
			c.t.Fatal(c.broken)
		}
		c.arrived.Wait()
	}
}

// seen gives the events of a method so far.
func (c *chromium) seen(methods ...string) (seen []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.events {
		for _, m := range methods {
			if e.Method == m {
				seen = append(seen, string(e.Params))
			}
		}
	}
	return seen
}

// open loads a page and waits until its script is done.
func (c *chromium) open(file string) {
	c.t.Helper()
	c.load("file://" + file)
	c.evaluate(`new Promise((done) => {
		const look = () => document.documentElement.dataset.ready && done(true);
		new MutationObserver(look).observe(document.documentElement, { attributes: true });
		look();
	})`, nil)
	c.frame()
}

// load loads a page.
func (c *chromium) load(url string) {
	c.t.Helper()
	c.mu.Lock()
	c.events = nil
	c.mu.Unlock()
	c.call("Page.navigate", map[string]any{"url": url}, nil)
	c.await("Page.loadEventFired", 0)
}

// frame waits until what was asked for is drawn.
func (c *chromium) frame() {
	c.t.Helper()
	c.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))", nil)
}

// evaluate runs a script in the page and waits for what it promises.
func (c *chromium) evaluate(script string, result any) {
	c.t.Helper()
	var reply struct {
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
		Exception *struct {
			Exception struct {
				Description string `json:"description"`
			} `json:"exception"`
		} `json:"exceptionDetails"`
	}
	c.call("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true}, &reply)
	if reply.Exception != nil {
		c.t.Fatalf("%s\n%s", script, reply.Exception.Exception.Description)
	}
	if result == nil {
		return
	}
	if err := json.Unmarshal(reply.Result.Value, result); err != nil {
		c.t.Fatalf("%s: %v in %q", script, err, reply.Result.Value)
	}
}

// text evaluates a script that gives a string.
func (c *chromium) text(script string) (s string) {
	c.t.Helper()
	c.evaluate(script, &s)
	return s
}

// fact evaluates a script that gives true or false.
func (c *chromium) fact(script string) (is bool) {
	c.t.Helper()
	c.evaluate(script, &is)
	return is
}

// number evaluates a script that gives a number.
func (c *chromium) number(script string) (n float64) {
	c.t.Helper()
	c.evaluate(script, &n)
	return n
}

// press presses and releases a key, with Shift where the name says so.
func (c *chromium) press(key string) {
	c.t.Helper()
	name, shift := strings.CutPrefix(key, "Shift+")
	params := map[string]any{"type": "keyDown", "key": name, "code": name}
	if len(name) == 1 {
		params["text"] = name
	}
	if name == "Tab" {
		params["windowsVirtualKeyCode"] = 9
	}
	if name == "Enter" {
		params["windowsVirtualKeyCode"], params["text"] = 13, "\r"
	}
	if shift {
		params["modifiers"] = 8
	}
	c.call("Input.dispatchKeyEvent", params, nil)
	params["type"] = "keyUp"
	delete(params, "text")
	c.call("Input.dispatchKeyEvent", params, nil)
	c.frame()
}

// mouse sends a mouse event at a place in the window.
func (c *chromium) mouse(kind string, x, y float64, more map[string]any) {
	c.t.Helper()
	params := map[string]any{"type": kind, "x": x, "y": y}
	for k, v := range more {
		params[k] = v
	}
	c.call("Input.dispatchMouseEvent", params, nil)
	c.frame()
}

// work is how much time the processor spent on the page so far.
func (c *chromium) work() time.Duration {
	c.t.Helper()
	var metrics struct {
		Metrics []struct {
			Name  string  `json:"name"`
			Value float64 `json:"value"`
		} `json:"metrics"`
	}
	c.call("Performance.getMetrics", nil, &metrics)
	for _, m := range metrics.Metrics {
		if m.Name == "TaskDuration" {
			return time.Duration(m.Value * float64(time.Second))
		}
	}
	c.t.Fatal("the browser does not tell what it did")
	return 0
}

// window sets the size of the window in CSS pixels.
func (c *chromium) window(width, height int) {
	c.t.Helper()
	c.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}, nil)
	c.frame()
}

// media sets the kind of the media, "" for the screen, and the colour scheme.
func (c *chromium) media(kind, scheme string) {
	c.t.Helper()
	c.call("Emulation.setEmulatedMedia", map[string]any{
		"media": kind, "features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}},
	}, nil)
	c.frame()
}
