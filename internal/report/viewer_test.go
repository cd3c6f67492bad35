package report_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// viewerPage loads a trace into the viewer that chrome://tracing is made of. Go
// has a copy of it, for "go tool trace".
const viewerPage = `<!DOCTYPE html>
<script src="/static/webcomponents.min.js"></script>
<link rel="import" href="/static/trace_viewer_full.html">
<style>html, body, #viewer { margin: 0; width: 100%; height: 100%; overflow: hidden; }</style>
<script>
window.loaded = new Promise((done) => document.addEventListener("WebComponentsReady", async () => {
	const container = document.createElement("track-view-container");
	container.id = "track_view_container";
	const viewer = document.createElement("tr-ui-timeline-view");
	viewer.track_view_container = container;
	Polymer.dom(viewer).appendChild(container);
	viewer.id = "viewer";
	Polymer.dom(document.body).appendChild(viewer);
	const model = new tr.Model();
	const options = new tr.importer.ImportOptions();
	options.shiftWorldToZero = false;
	try {
		const trace = await (await fetch("/trace.json")).text();
		await new tr.importer.Import(model, options).importTracesWithProgressDialog([trace]);
		viewer.model = model;
		window.model = model;
		done("");
	} catch (e) {
		done(String(e));
	}
}));
</script>`

// The viewer takes the trace without a warning and finds in it what was meant:
// threads in their order with what ran there, arrows that lead from one to
// another, counters, errors, and colors that it knows.
func TestTraceInViewer(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	static := filepath.Join(strings.TrimSpace(string(root)), "src/internal/trace/traceviewer/static")
	if _, err := os.Stat(static); err != nil {
		t.Skip("Go's source with its trace viewer is not on this machine")
	}
	trace := traceOf(t, synthetic{tables: 60, connections: 4, seed: 1, failEvery: 9, hostile: hostileName}.records())
	mux := http.NewServeMux()
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServer(http.Dir(static))))
	mux.HandleFunc("GET /trace.json", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(trace) })
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, viewerPage)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	c := startChromium(t)
	c.window(1600, 900)
	c.load(server.URL)
	if problem := c.text("loaded"); problem != "" {
		t.Fatal(problem)
	}
	if got := c.text(`model.importWarnings.map((w) => w.message).join("; ")`); got != "" {
		t.Errorf("the viewer warns: %s", got)
	}
	if want, got := "stages, connection 0, connection 1, connection 2, connection 3",
		c.text(`model.getAllThreads().sort((a, b) => a.sortIndex - b.sortIndex).map((thread) => thread.name).join(", ")`); want != got {
		t.Errorf("want threads %s, got %s", want, got)
	}
	const slices = `model.getAllThreads().flatMap((thread) => thread.sliceGroup.slices)`
	for _, tt := range []struct {
		what, script string
		want         int
	}{
		{"steps and stages", slices + `.filter((slice) => slice.category !== "error").length`, bytes.Count(trace, []byte(`"ph":"X"`))},
		{"errors", slices + `.filter((slice) => slice.category === "error").length + model.getAllProcesses()[0].instantEvents.length`, bytes.Count(trace, []byte(`"ph":"i"`))},
		{"steps within others", slices + `.filter((slice) => slice.category !== "error" && slice.parentSlice).length`, 0},
		{"failed steps in red", slices + `.filter((slice) => slice.colorId === tr.b.ColorScheme.getColorIdForReservedName("terrible")).length`, bytes.Count(trace, []byte(`"cname":"terrible"`))},
		{"arrows between steps", `model.flowEvents.filter((flow) => flow.startSlice && flow.endSlice && flow.startSlice !== flow.endSlice).length`, bytes.Count(trace, []byte(`"ph":"s"`))},
		{"values of counters", `model.getAllCounters().reduce((n, counter) => n + counter.timestamps.length, 0)`, bytes.Count(trace, []byte(`"ph":"C"`))},
		{"counters", `model.getAllCounters().length`, 3},
	} {
		if got := int(c.number(tt.script)); got != tt.want || tt.want == 0 && tt.what != "steps within others" {
			t.Errorf("%s: want %d, got %d", tt.what, tt.want, got)
		}
	}
}
