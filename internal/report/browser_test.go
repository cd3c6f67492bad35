package report_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgrestore/event"
)

// TestInBrowser opens pages in a headless Chromium and uses them as a reader
// would. With REPORT_PICTURES=FOLDER it leaves pictures there to look at.
func TestInBrowser(t *testing.T) {
	c := startChromium(t)
	normal := synthetic{tables: 60, connections: 4, seed: 1, failEvery: 9}.records()
	for _, tt := range []struct {
		name    string
		records []event.Record
		test    func(t *testing.T, c *chromium)
	}{
		{"timeline is drawn", normal, testDrawn},
		{"pointer shows details", normal, testPointer},
		{"keys show details", normal, testKeys},
		{"buttons of the panel keep the focus", normal, testFollow},
		{"zoom and move", normal, testZoom},
		{"wheel", normal, testWheel},
		{"range is read out", normal, testRange},
		{"times in full", shortAndLong(), testTimes},
		{"find and filter", normal, testFind},
		{"critical path", normal, testCriticalPath},
		{"tables sort and lead to the timeline", normal, testTables},
		{"light and dark", normal, testDark},
		{"print", normal, testPrint},
		{"phone", normal, testPhone},
		{"forced colours", normal, testForcedColours},
		{"screen reader", normal, testAccessibility},
		{"errors, retries and waits", troubled(), testTroubled},
		{"hostile names", synthetic{tables: 20, connections: 2, seed: 3, failEvery: 5, hostile: hostileName}.records(), testHostile},
		{"killed", synthetic{tables: 60, connections: 4, seed: 1, killedAfter: 0.6}.records(), testDrawn},
		{"one connection", synthetic{tables: 10, connections: 1, seed: 4, unit: 100 * time.Millisecond}.records(), testDrawn},
		{"64 connections", synthetic{tables: 1000, connections: 64, seed: 4, unit: 20 * time.Millisecond}.records(), testManyLanes},
		{"no steps", synthetic{connections: 1}.records(), testEmpty},
		{"no events", nil, testEmpty},
		{"100,000 steps", synthetic{tables: 20_500, connections: 8, seed: 2, failEvery: 700}.records(), testLarge},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c.t = t
			file := filepath.Join(t.TempDir(), "report.html")
			if err := os.WriteFile(file, pageOf(t, tt.records), 0o600); err != nil {
				t.Fatal(err)
			}
			c.window(1280, 1000)
			c.media("", "light")
			c.open(file)
			c.picture(tt.name)
			tt.test(t, c)
			c.checkQuiet(file)
		})
	}
}

// checkQuiet holds that the page complained of nothing and asked for nothing
// but itself.
func (c *chromium) checkQuiet(file string) {
	c.t.Helper()
	for _, e := range c.seen("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded") {
		if strings.Contains(e, "willReadFrequently") {
			continue // it is this test that reads the canvas
		}
		c.t.Errorf("the page complains: %s", e)
	}
	requests := c.seen("Network.requestWillBeSent")
	for _, r := range requests {
		var sent struct {
			Request struct {
				URL string `json:"url"`
			} `json:"request"`
		}
		if err := json.Unmarshal([]byte(r), &sent); err != nil || sent.Request.URL != "file://"+file {
			c.t.Errorf("want no request but for the page, got %s", r)
		}
	}
	if len(requests) != 1 {
		c.t.Errorf("want 1 request, got %d", len(requests))
	}
}

// pictureHeight is that of a picture, in CSS pixels.
const pictureHeight = 1500

// picture leaves pictures of the page's beginning, if they are wanted.
func (c *chromium) picture(name string) {
	c.t.Helper()
	folder := os.Getenv("REPORT_PICTURES")
	if folder == "" {
		return
	}
	height := c.number("document.documentElement.scrollHeight")
	for part := 0; part < 3 && float64(part)*pictureHeight < height; part++ {
		var shot struct {
			Data []byte `json:"data"`
		}
		clip := map[string]any{"x": 0, "y": part * pictureHeight, "width": c.number("innerWidth"), "height": min(pictureHeight, height), "scale": 1}
		c.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true, "format": "png", "clip": clip}, &shot)
		file := fmt.Sprintf("%s-%d.png", strings.ReplaceAll(name, " ", "-"), part+1)
		if err := os.WriteFile(filepath.Join(folder, file), shot.Data, 0o600); err != nil {
			c.t.Fatal(err)
		}
	}
}

// pixels are the script's functions that look at what is drawn.
const pixels = `const canvas = document.getElementById("lanes");
const colour = (name) => { // as the canvas gives it back
	const context = new OffscreenCanvas(1, 1).getContext("2d");
	context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
	context.fillRect(0, 0, 1, 1);
	return context.getImageData(0, 0, 1, 1).data;
};
const find = (name) => {
	const [r, g, b] = colour(name), { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
	const found = [];
	for (let n = 0; n < data.length; n += 4) {
		if (data[n] === r && data[n + 1] === g && data[n + 2] === b && data[n + 3] === 255) found.push(n / 4);
	}
	return found;
};
const place = (pixel) => {
	const box = canvas.getBoundingClientRect();
	return [box.left + pixel % canvas.width, box.top + Math.floor(pixel / canvas.width)];
};
`

// drawn counts the pixels of a colour.
func (c *chromium) drawn(colour string) int {
	c.t.Helper()
	return int(c.number("{" + pixels + `find("` + colour + `").length}`))
}

// placeOf finds a place in the window where a colour is drawn, in the middle of
// all such.
func (c *chromium) placeOf(colour string) (x, y float64) {
	c.t.Helper()
	var at []float64
	c.evaluate("{"+pixels+`const found = find("`+colour+`"); place(found[found.length >> 1])}`, &at)
	return at[0], at[1]
}

// click clicks on the middle of what a selector finds.
func (c *chromium) click(selector string) {
	c.t.Helper()
	var at []float64
	quoted, _ := json.Marshal(selector)
	c.evaluate(`{const part = document.querySelector(`+string(quoted)+`); part.scrollIntoView({block: "center"}); const box = part.getBoundingClientRect(); [box.left + box.width / 2, box.top + box.height / 2]}`, &at)
	c.clickAt(at[0], at[1])
}

func (c *chromium) clickAt(x, y float64) {
	c.t.Helper()
	c.mouse("mouseMoved", x, y, nil)
	c.mouse("mousePressed", x, y, map[string]any{"button": "left", "buttons": 1, "clickCount": 1})
	c.mouse("mouseReleased", x, y, map[string]any{"button": "left", "clickCount": 1})
}

// content gives the text of what an ID names, "" if it is hidden.
func (c *chromium) content(id string) string {
	c.t.Helper()
	return c.text(`document.getElementById("` + id + `").hidden ? "" : document.getElementById("` + id + `").innerText`)
}

func (c *chromium) wantIn(id string, wants ...string) {
	c.t.Helper()
	got := c.content(id)
	for _, want := range wants {
		if !strings.Contains(got, want) {
			c.t.Errorf("want %q in #%s, got %q", want, id, got)
		}
	}
}

func testDrawn(t *testing.T, c *chromium) {
	for _, colour := range []string{"--c1", "--c3", "--c4"} { // data, indexes, constraints
		if n := c.drawn(colour); n < 100 {
			t.Errorf("want bars of %s, got %d pixels", colour, n)
		}
	}
	if got := c.content("trouble"); got != "" {
		t.Errorf("want no trouble, got %q", got)
	}
	if c.fact(`document.documentElement.scrollWidth > innerWidth`) {
		t.Error("the page is wider than the window")
	}
	if c.fact(`getComputedStyle(document.querySelector(".still-figure")).display !== "none"`) {
		t.Error("the still picture is shown, too")
	}
}

func testPointer(t *testing.T, c *chromium) {
	c.evaluate(`document.getElementById("timeline").scrollIntoView({block: "center"})`, nil)
	x, y := c.placeOf("--c1")
	c.mouse("mouseMoved", x, y, nil)
	c.wantIn("tip", "TABLE DATA public.table_", "Took: ", "Rows: ", "Data: ", "Outcome: done")
	if got := c.content("details"); got != "" {
		t.Errorf("want no details before the click, got %q", got)
	}
	c.clickAt(x, y)
	c.wantIn("details", "TABLE DATA public.table_", "Table", "public.table_")
	c.picture("pointer-details")
	x, y = c.placeOf("--c5") // foreign keys
	c.clickAt(x, y)
	c.wantIn("details", "FK CONSTRAINT", "Waited for", "CONSTRAINT public.table_")
	c.mouse("mouseMoved", 2, 2, nil)
	if got := c.content("tip"); got != "" {
		t.Errorf("want no tip, got %q", got)
	}
}

func testKeys(t *testing.T, c *chromium) {
	for n := 0; !c.fact(`document.activeElement.id === "timeline"`); n++ {
		if n == 60 {
			t.Fatal("Tab does not lead to the timeline")
		}
		c.press("Tab")
	}
	if c.fact(`getComputedStyle(document.activeElement).outlineStyle === "none"`) {
		t.Error("the focus cannot be seen")
	}
	c.wantIn("details", "50 steps together, from TABLE public.table_00000", "TABLE public.table_00049", "connection 0")
	c.press("ArrowRight")
	c.wantIn("details", "10 steps together", "connection 0")
	c.press("ArrowRight")
	c.wantIn("details", "TABLE DATA public.table_00000", "connection 0")
	c.press("ArrowDown")
	c.wantIn("details", "connection 1")
	c.press("ArrowUp")
	c.wantIn("details", "connection 0")
	c.press("End")
	last := c.content("details")
	c.press("ArrowRight")
	if got := c.content("details"); got != last {
		t.Errorf("want the last step to stay, got %q", got)
	}
	c.press("Home")
	c.wantIn("details", "50 steps together")
	if got, want := c.text(`document.getElementById("details").getAttribute("aria-live")`), "polite"; got != want {
		t.Errorf("want details to be read out: %q, got %q", want, got)
	}
	c.press("Escape")
	if got := c.content("details"); got != "" {
		t.Errorf("want no details, got %q", got)
	}
	for _, tt := range []struct{ key, want string }{{"c", "true"}, {"Shift+C", "false"}, {"C", "true"}} {
		c.press(tt.key)
		if got := c.text(`document.querySelector('[data-act="path"]').getAttribute("aria-pressed")`); got != tt.want {
			t.Errorf("want the button of the critical path pressed after %s: %s, got %s", tt.key, tt.want, got)
		}
	}
}

// testFollow goes along the critical path with a button of the panel.
func testFollow(t *testing.T, c *chromium) {
	focused := func() string { return c.text(`document.activeElement.textContent.trim() || document.activeElement.id`) }
	c.evaluate(`document.getElementById("timeline").focus()`, nil)
	c.press("Home")
	list := c.text(`(([list]) => list.scrollHeight > list.clientHeight || list.scrollWidth > list.clientWidth ? String(list.tabIndex) : "it does not scroll")(document.querySelectorAll("#details ul"))`)
	if list != "0" {
		t.Errorf("want a list that can be scrolled by keys, got %q", list)
	}
	c.click("#path tbody tr:last-child .show")
	const before, after = "Before it on the critical path", "After it on the critical path"
	tabTo := func(button string) {
		t.Helper()
		for n := 0; focused() != button; n++ {
			if n == 10 {
				t.Fatalf("Tab does not lead to the button %q", button)
			}
			c.press("Tab")
		}
	}
	tabTo(before)
	for range 3 {
		last := c.content("details")
		c.press("Enter")
		if got := focused(); got != before {
			t.Fatalf("want the focus on %q, got %q", before, got)
		}
		if got := c.content("details"); got == last {
			t.Fatalf("want another step than %q", got)
		}
	}
	c.click("#path tbody tr:first-child .show")
	tabTo(after)
	c.press("Enter")
	c.press("Shift+Tab")
	if got := focused(); got != before {
		t.Fatalf("want the button %q before the one that has led here, got %q", before, got)
	}
	c.press("Enter")
	if got := c.text(`document.activeElement.id`); got != "timeline" {
		t.Errorf("want the focus on the timeline where there is no such button, got %q", got)
	}
}

// testWheel holds that the wheel zooms after a click only, until Escape.
func testWheel(t *testing.T, c *chromium) {
	c.evaluate(`document.getElementById("timeline").scrollIntoView({block: "center"})`, nil)
	x, y := c.placeOf("--c1")
	for _, tt := range []struct {
		what  string
		act   func()
		zooms bool
	}{
		{"at first", func() {}, false},
		{"click", func() { c.clickAt(x, y) }, true},
		{"Escape", func() { c.press("Escape") }, false},
		{"another click", func() { c.clickAt(x, y) }, true},
		{"blur", func() { c.evaluate(`document.getElementById("timeline").blur()`, nil) }, false},
	} {
		tt.act()
		before, top := c.content("range"), c.number("scrollY")
		c.mouse("mouseWheel", x, y, map[string]any{"deltaX": 0, "deltaY": -100})
		if !tt.zooms {
			for n := 0; c.number("scrollY") == top && n < 60; n++ {
				c.frame()
			}
		}
		if zoomed, scrolled := c.content("range") != before, c.number("scrollY") != top; zoomed != tt.zooms || scrolled == tt.zooms {
			t.Errorf("%s: want the wheel to zoom: %v, but it zooms: %v, scrolls: %v", tt.what, tt.zooms, zoomed, scrolled)
		}
		c.evaluate(`document.getElementById("timeline").scrollIntoView({block: "center"})`, nil)
	}
}

// testRange holds that the range is told once when a movement is over.
func testRange(t *testing.T, c *chromium) {
	c.evaluate(`document.getElementById("timeline").scrollIntoView({block: "center"})`, nil)
	c.click(`[data-act="in"]`)
	c.evaluate(`window.told = [];
		new MutationObserver(() => told.push(document.getElementById("range-said").textContent)).observe(document.getElementById("range-said"), { childList: true });
		window.shown = new Set()`, nil)
	x, y := c.placeOf("--c1")
	c.mouse("mousePressed", x, y, map[string]any{"button": "left", "buttons": 1, "clickCount": 1})
	for n := range 8 {
		c.mouse("mouseMoved", x-float64(10*n), y, map[string]any{"button": "left", "buttons": 1})
		c.evaluate(`shown.add(document.getElementById("range").textContent)`, nil)
	}
	c.mouse("mouseReleased", x-70, y, map[string]any{"button": "left", "clickCount": 1})
	if got := c.number("shown.size"); got < 5 {
		t.Errorf("want the range shown at once, got %v ranges", got)
	}
	c.evaluate(`new Promise((done) => {
		const look = () => told.length ? done(true) : requestAnimationFrame(look);
		look();
	})`, nil)
	c.wantIn("range", c.text("told.at(-1)"))
	if got := c.number("told.length"); got != 1 {
		t.Errorf("want one range read out, got %v", got)
	}
}

// shortAndLong is a restore with a step of 0.2 ms and one of almost an hour.
func shortAndLong() (records []event.Record) {
	for id, times := range [][2]time.Duration{{86_100 * time.Microsecond, 86_300 * time.Microsecond}, {time.Second, 3600_600 * time.Millisecond}} {
		step := event.StepID{ID: id + 1}
		records = append(records,
			event.Record{At: times[0], Event: event.StepStarted{StepID: step, Kind: "TABLE DATA", Schema: "s", Name: fmt.Sprint("t", id), Table: fmt.Sprint("s.t", id), Class: event.Data, Weight: 1 << 20}},
			event.Record{At: times[1], Event: event.StepFinished{StepID: step, Rows: 5, Bytes: 100 << 10}},
		)
	}
	return records
}

func testTimes(t *testing.T, c *chromium) {
	c.evaluate(`document.getElementById("timeline").focus()`, nil)
	c.press("Home")
	c.wantIn("details", "Took\n0.2 ms", "86.100 ms to 86.300 ms, on", "Data\n100 kB\n")
	c.press("Enter")
	c.wantIn("range", "86.05 ms to 88.05 ms")
	c.press("ArrowRight")
	c.wantIn("details", "Took\n1 h 00 min", "/s")
}

// testManyLanes goes to connections that the window does not show at first.
func testManyLanes(t *testing.T, c *chromium) {
	testDrawn(t, c)
	c.window(1280, 400)
	c.evaluate(`document.getElementById("timeline").focus()`, nil)
	for _, key := range []string{"ArrowDown", "ArrowUp"} {
		for range 25 {
			c.press(key)
		}
		var place struct{ Lane, Top, Bottom, Nav float64 }
		c.evaluate(`(() => {
			const lane = Number(document.getElementById("details").innerText.match(/on connection (\d+)/)[1]);
			const top = document.getElementById("lanes").getBoundingClientRect().top + 38 + lane * 14;
			return { lane, top, bottom: innerHeight - top - 14, nav: document.querySelector("nav").getBoundingClientRect().bottom };
		})()`, &place)
		if wantLane := map[string]float64{"ArrowDown": 25}[key]; place.Lane != wantLane || place.Top < place.Nav || place.Bottom < 0 {
			t.Errorf("%s: want lane %v in the window, got %+v", key, wantLane, place)
		}
	}
}

func testForcedColours(t *testing.T, c *chromium) {
	c.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "forced-colors", "value": "active"}}}, nil)
	for _, selector := range []string{".legend .line", ".legend .swatch"} {
		colour := `getComputedStyle(document.querySelector("` + selector + `")).backgroundColor`
		if c.fact(colour + ` === getComputedStyle(document.body).backgroundColor`) {
			t.Errorf("%s cannot be seen: %s", selector, c.text(colour))
		}
	}
}

func testZoom(t *testing.T, c *chromium) {
	c.evaluate(`document.getElementById("timeline").scrollIntoView({block: "center"})`, nil)
	all := c.content("range")
	changed := func(what, before string) string {
		t.Helper()
		now := c.content("range")
		if now == before {
			t.Errorf("%s: still %s", what, now)
		}
		return now
	}
	c.click(`[data-act="in"]`)
	zoomed := changed("button", all)
	c.click(`[data-act="right"]`)
	changed("move button", zoomed)
	c.click(`[data-act="fit"]`)
	if got := c.content("range"); got != all {
		t.Errorf("want %s, got %s", all, got)
	}
	x, y := c.placeOf("--c1")
	c.mouse("mouseWheel", x, y, map[string]any{"deltaX": 0, "deltaY": -300, "modifiers": 2})
	wheeled := changed("wheel with Ctrl", all)
	c.mouse("mousePressed", x, y, map[string]any{"button": "left", "buttons": 1, "clickCount": 1})
	c.mouse("mouseMoved", x-120, y, map[string]any{"button": "left", "buttons": 1})
	c.mouse("mouseReleased", x-120, y, map[string]any{"button": "left", "clickCount": 1})
	dragged := changed("drag", wheeled)
	c.evaluate(`document.getElementById("timeline").focus()`, nil)
	c.press("+")
	keyed := changed("plus", dragged)
	c.press("Shift+ArrowRight")
	changed("Shift and right", keyed)
	c.picture("zoomed")
	c.press("0")
	if got := c.content("range"); got != all {
		t.Errorf("want %s, got %s", all, got)
	}
}

func testFind(t *testing.T, c *chromium) {
	before := c.drawn("--c3")
	c.evaluate(`document.getElementById("find").focus()`, nil)
	c.call("Input.insertText", map[string]any{"text": "00011_PKEY"}, nil)
	c.frame()
	c.wantIn("found", "1 found")
	if got := c.drawn("--c3"); got >= before/2 {
		t.Errorf("want other bars pale, but of %d pixels of indexes %d are left", before, got)
	}
	c.press("Enter")
	c.wantIn("found", "1 of 1")
	c.wantIn("details", "CONSTRAINT public.table_00011 table_00011_pkey")
	c.evaluate(`document.getElementById("find").select()`, nil)
	c.call("Input.insertText", map[string]any{"text": "no such thing"}, nil)
	c.wantIn("found", "0 found")
	c.evaluate(`document.getElementById("find").value = ""; document.getElementById("find").dispatchEvent(new Event("input"))`, nil)
	c.press("Escape")
	c.click(`[data-class="1"]`)
	if got := c.drawn("--c3"); got >= before/2 {
		t.Errorf("want indexes pale, but of %d pixels %d are left", before, got)
	}
}

func testCriticalPath(t *testing.T, c *chromium) {
	before := c.drawn("--c5")
	c.click(`[data-act="path"]`)
	if got := c.drawn("--c5"); got >= before {
		t.Errorf("want what is not on the path pale, but of %d pixels %d are left", before, got)
	}
	if got := c.text(`document.querySelector('[data-act="path"]').getAttribute("aria-pressed")`); got != "true" {
		t.Errorf("want a pressed button, got %q", got)
	}
	c.picture("critical-path")
	c.click("#path tbody tr:nth-child(2) .show")
	c.wantIn("details", "Critical path", "yes: ")
	c.click(".go button:last-child")
	c.wantIn("details", "yes: ")
}

func testTables(t *testing.T, c *chromium) {
	column := func() (values []float64) {
		c.evaluate(`[...document.querySelectorAll("#indexes tbody tr")].map((row) => Number(row.cells[2].dataset.v))`, &values)
		return values
	}
	c.click("#indexes th:nth-child(3) button")
	got := column()
	if len(got) != 50 || !slices.IsSortedFunc(got, func(a, b float64) int { return int(1e6 * (b - a)) }) {
		t.Errorf("want 50 rows, the longest first, got %v", got)
	}
	c.click("#indexes th:nth-child(3) button")
	if got := column(); !slices.IsSorted(got) {
		t.Errorf("want the shortest first, got %v", got)
	}
	if got := c.text(`document.querySelector("#indexes th:nth-child(3)").getAttribute("aria-sort")`); got != "ascending" {
		t.Errorf("want aria-sort ascending, got %q", got)
	}
	c.evaluate(`[...document.querySelectorAll("#indexes tbody .show")].at(-1).focus()`, nil)
	for range 49 {
		c.press("Shift+Tab")
		if hidden := c.text(`(() => {
			const row = document.activeElement, head = document.querySelector("#indexes th");
			return row.getBoundingClientRect().top < head.getBoundingClientRect().bottom ? row.innerText : "";
		})()`); hidden != "" {
			t.Fatalf("%s has the focus, but is behind the head of the table", hidden)
		}
	}
	name := c.text(`document.querySelector("#indexes tbody .show").innerText`)
	c.click("#indexes tbody .show")
	c.wantIn("details", name)
}

func testDark(t *testing.T, c *chromium) {
	light := c.text(`getComputedStyle(document.body).backgroundColor`)
	lightBars := c.text(`getComputedStyle(document.documentElement).getPropertyValue("--c1")`)
	c.media("", "dark")
	if dark := c.text(`getComputedStyle(document.body).backgroundColor`); dark == light {
		t.Errorf("want another ground in the dark, got %s", dark)
	}
	if dark := c.text(`getComputedStyle(document.documentElement).getPropertyValue("--c1")`); dark == lightBars {
		t.Errorf("want other bars in the dark, got %s", dark)
	}
	if n := c.drawn("--c1"); n < 100 {
		t.Errorf("want the timeline drawn again in the colours of the dark, got %d pixels", n)
	}
	c.picture("dark")
}

func testPrint(t *testing.T, c *chromium) {
	var printed struct {
		Data string `json:"data"`
	}
	c.call("Page.printToPDF", map[string]any{"printBackground": true}, &printed)
	pdf, err := base64.StdEncoding.DecodeString(printed.Data)
	if err != nil || !strings.HasPrefix(string(pdf), "%PDF") {
		t.Errorf("want a PDF, got %d bytes, %v", len(pdf), err)
	}
	if folder := os.Getenv("REPORT_PICTURES"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, "print.pdf"), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c.media("print", "dark")
	for _, tt := range []struct{ selector, want string }{
		{".still-figure", "block"}, {"#stage", "none"}, {"nav", "none"}, {".tools", "none"},
	} {
		if got := c.text(`getComputedStyle(document.querySelector("` + tt.selector + `")).display`); got != tt.want {
			t.Errorf("%s: want display %s, got %s", tt.selector, tt.want, got)
		}
	}
	if got := c.text(`getComputedStyle(document.body).backgroundColor`); got != "rgb(255, 255, 255)" {
		t.Errorf("want white paper although the screen is dark, got %s", got)
	}
	if !c.fact(`document.querySelectorAll(".still path.c1").length > 10`) {
		t.Error("the still picture is empty")
	}
}

func testPhone(t *testing.T, c *chromium) {
	c.window(360, 740)
	if width := c.number(`document.documentElement.scrollWidth`); width > 360 {
		t.Errorf("want a page of 360 pixels, got %v", width)
	}
	if n := c.drawn("--c1"); n < 50 {
		t.Errorf("want the timeline drawn, got %d pixels", n)
	}
	if cut := c.text(`[...document.querySelectorAll("caption span")].filter((text) => text.getBoundingClientRect().right > text.closest(".scroll").getBoundingClientRect().right).map((text) => text.innerText).join("; ")`); cut != "" {
		t.Errorf("want captions that wrap, but these are cut off: %s", cut)
	}
	c.picture("phone")
}

// testAccessibility looks at the page as a screen reader is told of it.
func testAccessibility(t *testing.T, c *chromium) {
	var tree struct {
		Nodes []struct {
			Ignored bool `json:"ignored"`
			Role    struct {
				Value string `json:"value"`
			} `json:"role"`
			Name struct {
				Value string `json:"value"`
			} `json:"name"`
		} `json:"nodes"`
	}
	c.call("Accessibility.getFullAXTree", nil, &tree)
	named := []string{"application", "button", "link", "table", "region", "searchbox", "navigation", "heading", "image"}
	counts := map[string]int{}
	for _, n := range tree.Nodes {
		if n.Ignored {
			continue
		}
		counts[n.Role.Value]++
		if slices.Contains(named, n.Role.Value) && strings.TrimSpace(n.Name.Value) == "" {
			t.Errorf("%s without a name", n.Role.Value)
		}
	}
	for _, role := range []string{"main", "banner", "navigation", "application", "table", "caption", "columnheader", "searchbox", "status"} {
		if counts[role] == 0 {
			t.Errorf("want a %s, got roles %v", role, counts)
		}
	}
	if got := c.number(`document.querySelectorAll("h1").length`); got != 1 {
		t.Errorf("want one h1, got %v", got)
	}
	if !c.fact(`[...document.querySelectorAll("[id]")].every((part) => document.querySelectorAll("#" + CSS.escape(part.id)).length === 1)`) {
		t.Error("an ID stands twice")
	}
	if !c.fact(`[...document.querySelectorAll("th")].every((head) => head.scope === "col")`) {
		t.Error("a heading of a table has no scope")
	}
}

// troubled is a restore with a step that waits for its disk, is tried again and
// fails.
func troubled() []event.Record {
	step := event.StepStarted{StepID: event.StepID{ID: 7}, Kind: "INDEX", Schema: "public", Name: "orders_idx", Table: "public.orders", Class: event.Index}
	now := event.Activity{StepID: step.StepID, Fraction: 0.5, Phase: "building index: loading tuples in tree", Waits: "IO: WalWrite"}
	events := []event.Event{
		event.Run{Program: "pgrestore 1.0", Database: "shop"},
		event.Connected{PID: 1, Server: "18.1"},
		step,
		event.Sample{Activities: []event.Activity{now}},
		event.Sample{Activities: []event.Activity{now}},
		event.StepRetried{StepID: step.StepID, Attempt: 1, SQLState: "40P01", Reason: "deadlock detected"},
		step,
		event.Failure{StepID: step.StepID, Kind: step.Kind, Name: step.Name, SQLState: "53100", Message: "no space left on device", Text: "could not execute query: ERROR:  no space left on device"},
		event.StepFailed{StepID: step.StepID, Errors: 1},
		event.Disconnected{Reason: "server closed the connection unexpectedly"},
		event.End{Outcome: event.Complete, Errors: 1, Steps: 1},
	}
	var records []event.Record
	for n, e := range events {
		records = append(records, event.Record{At: time.Duration(n) * time.Second, Event: e})
	}
	return records
}

func testTroubled(t *testing.T, c *chromium) {
	c.evaluate(`document.getElementById("timeline").focus()`, nil)
	c.press("Home")
	c.wantIn("details", "INDEX public.orders_idx", "tried again", "Server waits", "IO: WalWrite 2.00 s", "loading tuples in tree 2.00 s")
	c.press("ArrowRight")
	c.wantIn("details", "failed", "Attempts", "2", "no space left on device")
	if got := c.text(`document.getElementById("connections").innerText`); !strings.Contains(got, "server closed the connection unexpectedly") {
		t.Errorf("want the lost connection in its table, got %q", got)
	}
	c.click(".cause summary")
	c.click(".cause .show")
	c.wantIn("details", "no space left on device")
}

// hostileName is what an archive's names may try.
const hostileName = `</script></title><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'"&` + "\u2028{{.}}"

func testHostile(t *testing.T, c *chromium) {
	if c.fact(`window.pwned !== undefined || document.querySelectorAll("img").length > 0 || document.querySelectorAll("script").length !== 2`) {
		t.Error("a name became markup")
	}
	c.evaluate(`document.getElementById("timeline").scrollIntoView({block: "center"})`, nil)
	x, y := c.placeOf("--c1")
	c.clickAt(x, y)
	c.wantIn("details", hostileName)
	c.wantIn("tip", hostileName)
	c.evaluate(`document.querySelectorAll("details").forEach((part) => { part.open = true; })`, nil)
	if !strings.Contains(c.text("document.title"), "<img") {
		t.Error("want the name in the title as it is")
	}
	if c.fact(`window.pwned !== undefined || document.querySelectorAll("img").length > 0`) {
		t.Error("a name became markup")
	}
}

func testEmpty(t *testing.T, c *chromium) {
	if got := c.text(`document.getElementById("timeline-part").innerText`); !strings.Contains(got, "No step began.") {
		t.Errorf("want a word on the empty timeline, got %q", got)
	}
}

// The most that a page with 100,000 steps may have the processor do, to open
// and to zoom. Other programs may use the machine, so the time by the clock says
// less.
const (
	maxOpening = 2 * time.Second
	maxZoom    = 100 * time.Millisecond
)

func testLarge(t *testing.T, c *chromium) {
	if n := c.drawn("--c1"); n < 1000 { // most steps are below a pixel, and pale
		t.Errorf("want the timeline drawn, got %d pixels", n)
	}
	if size := c.number(`performance.getEntriesByType("navigation")[0].decodedBodySize`); size > 6e6 {
		t.Errorf("want a page below 6 MB, got %v", size)
	}
	file := c.text("location.pathname")
	start := time.Now()
	c.open(file)
	took := time.Since(start)
	if work := c.work(); work > maxOpening {
		t.Errorf("want the page open after %v of work, got %v", maxOpening, work)
	}
	t.Logf("opens in %v, with %v of work", took, c.work())
	c.evaluate(`document.getElementById("timeline").focus()`, nil)
	before := c.work()
	for range 10 {
		c.press("+")
	}
	if work := (c.work() - before) / 10; work > maxZoom {
		t.Errorf("want a zoom after %v of work, got %v", maxZoom, work)
	}
	if nodes := c.number(`document.querySelectorAll("*").length`); nodes > 20_000 {
		t.Errorf("want few nodes, got %v", nodes)
	}
}
