// The page's script: it draws the timeline and sorts tables. The rest of the
// page does without it. Texts from the archive only ever become text nodes or
// text on a canvas.

/* ---- The run ---- */

// The reasons of report.reason, in words.
const WHY = [
  "the run began", "it had to wait for that step", "its connection was busy with that step", "a stage ended with that step",
  "that step ended shortly before, elsewhere", "it helps with that step",
  "its connection was opened after that step",
];
const OUTCOMES = ["not finished", "done", "failed", "tried again"];
const FAILED = 2;
const DONE = 1;

// readData unpacks what html.go embeds: JSON, compressed, in base64.
async function readData() {
  const text = document.getElementById("data").textContent;
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

// makeRun turns the columns of pageData into a run: bars with their times,
// lanes with their first bar. Times stay in units.
function makeRun(data) {
  const count = data.bars.gap.length;
  const run = {
    ...data, count,
    start: new Float64Array(count), end: new Float64Array(count), lane: new Uint16Array(count),
    first: new Uint32Array(count), colour: new Uint8Array(count), failed: new Uint8Array(count), critical: new Uint8Array(count),
    barOf: new Uint32Array(data.steps.id.length),
  };
  let bar = 0, step = 0;
  data.lanes.forEach((lane, index) => {
    lane.first = bar;
    let at = 0;
    for (const last = bar + lane.bars; bar < last; bar++) {
      run.start[bar] = at + data.bars.gap[bar];
      at = run.end[bar] = run.start[bar] + data.bars.length[bar];
      run.lane[bar] = index;
      run.first[bar] = step;
      run.colour[bar] = data.steps.class[step];
      for (const end = step + data.bars.steps[bar]; step < end; step++) {
        run.barOf[step] = bar;
        if (data.steps.outcome[step] === FAILED) run.failed[bar] = 1;
      }
    }
  });
  run.link = new Map();
  data.path.forEach(([linkBar, from, to, why], index) => {
    run.critical[linkBar] = 1;
    if (!run.link.has(linkBar)) run.link.set(linkBar, { from, to, why, before: index > 0 ? data.path[index - 1][0] : -1 });
  });
  run.failures = new Map();
  for (const { step: of, text } of data.failures) run.failures.set(of, [...(run.failures.get(of) ?? []), text]);
  run.helpers = new Map(); // how many connections helped, by dump ID
  data.steps.lane.forEach((is, at) => {
    if (is) run.helpers.set(data.steps.id[at], (run.helpers.get(data.steps.id[at]) ?? 0) + 1);
  });
  run.waitsOf = group(data.waits);
  run.phasesOf = group(data.phases);
  return run;
}

// group gathers rows of step, text and time by step.
function group(rows) {
  const bySteps = new Map();
  for (const [step, text, took] of rows) bySteps.set(step, [...(bySteps.get(step) ?? []), { text, took }]);
  return bySteps;
}

function label(run, step) {
  const { steps, texts } = run;
  const schema = texts[steps.schema[step]], part = texts[steps.part[step]];
  const name = (schema ? schema + "." : "") + steps.name[step];
  return [texts[steps.kind[step]], name, part && `(${part})`].filter(Boolean).join(" ") || "step without a name";
}

// shortLabel is a bar's label on the bar itself, where the colour tells the kind.
function shortLabel(run, bar) {
  const count = run.bars.steps[bar];
  return count > 1 ? `${count} steps` : run.steps.name[run.first[bar]];
}

function barLabel(run, bar) {
  const first = run.first[bar], count = run.bars.steps[bar];
  if (count > 1) return `${count} steps together, from ${label(run, first)}`;
  return label(run, first) + (run.steps.lane[first] ? ", a share" : "");
}

// lastStart finds the last bar of a lane that begins at or before a time; -1 if
// there is none.
function lastStart(run, lane, time) {
  let low = lane.first, high = lane.first + lane.bars;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (run.start[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low > lane.first ? low - 1 : -1;
}

// longestNear finds the longest bar of a lane that touches a time; -1 for none.
function longestNear(run, lane, from, to) {
  let best = -1;
  for (let bar = lastStart(run, lane, to); bar >= lane.first && run.end[bar] >= from; bar--) {
    if (best < 0 || run.end[bar] - run.start[bar] > run.end[best] - run.start[best]) best = bar;
  }
  return best;
}

/* ---- Words ---- */

const plain = new Intl.NumberFormat("en");

function duration(seconds) {
  if (seconds >= 3599.5) return `${Math.floor(Math.round(seconds / 60) / 60)} h ${String(Math.round(seconds / 60) % 60).padStart(2, "0")} min`;
  if (seconds >= 59.5) return `${Math.floor(Math.round(seconds) / 60)} min ${String(Math.round(seconds) % 60).padStart(2, "0")} s`;
  if (seconds >= 10) return `${seconds.toFixed(1)} s`;
  if (seconds >= 1) return `${seconds.toFixed(2)} s`;
  if (seconds >= 0.01) return `${Math.round(seconds * 1000)} ms`;
  if (seconds >= 0.0001) return `${(seconds * 1000).toFixed(1)} ms`;
  return seconds > 0 ? "< 0.1 ms" : "0 s";
}

// moment writes a time with the digits that tell it from others of a span.
function moment(seconds, span) {
  if (seconds <= 0 || span >= 3600) return duration(seconds);
  const digits = Math.min(Math.max(2 - Math.floor(Math.log10(Math.max(span, 1e-4))), 0), 6);
  if (seconds < 1 && digits >= 3) return `${(seconds * 1000).toFixed(digits - 3)} ms`;
  const rounded = Number(seconds.toFixed(digits)); // before it is split, so that there is no "60 s"
  const hours = Math.floor(rounded / 3600), minutes = Math.floor((rounded % 3600) / 60), rest = `${(rounded % 60).toFixed(digits)} s`;
  if (hours) return `${hours} h ${minutes} min ${rest}`;
  return minutes ? `${minutes} min ${rest}` : rest;
}

function size(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let unit = 0;
  for (; bytes >= 1023.5 && unit < units.length - 1; unit++) bytes /= 1024;
  return `${unit > 0 && bytes < 9.95 ? bytes.toFixed(1) : Math.round(bytes)} ${units[unit]}`;
}

// shortCount writes a number for an axis: 950, 12 k, 3.4 M.
function shortCount(n) {
  const units = ["", " k", " M", " G"];
  let unit = 0;
  for (; n >= 999.5 && unit < units.length - 1; unit++) n /= 1000;
  return `${n < 9.95 && n % 1 ? n.toFixed(1) : Math.round(n)}${units[unit]}`;
}

// tick writes a round time on the axis whose ticks are step seconds apart.
function tick(seconds, step) {
  if (seconds < 1e-9) return "0";
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  if (seconds < 1 && step < 1) return `${(seconds * 1000).toFixed(Math.max(0, digits - 3))} ms`;
  if (seconds < 60) return `${seconds.toFixed(digits)} s`;
  const hours = Math.floor(seconds / 3600), minutes = Math.floor((seconds % 3600) / 60), rest = seconds % 60;
  const clock = `${hours ? hours + ":" : ""}${String(minutes).padStart(hours ? 2 : 1, "0")}`;
  if (step >= 60) return hours ? clock + " h" : clock + " min";
  return `${clock}:${rest.toFixed(digits).padStart(digits ? digits + 3 : 2, "0")}`;
}

// roundStep gives a round number of seconds not below the one given.
function roundStep(seconds) {
  const power = 10 ** Math.floor(Math.log10(seconds));
  const rounds = seconds > 10 ? [15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400] : [power, 2 * power, 5 * power, 10 * power];
  return rounds.find((round) => round >= seconds) ?? Math.ceil(seconds / 86400) * 86400;
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/* ---- What part of the run is shown ---- */

class View {
  constructor(length, changed) {
    this.length = Math.max(length, 1);
    this.changed = changed;
    this.from = 0;
    this.to = this.length;
  }

  get span() { return this.to - this.from; }

  // show sets the part, which stays within the run and is never too short to
  // make sense.
  show(from, to) {
    const span = Math.min(Math.max(to - from, Math.min(20, this.length)), this.length);
    this.from = Math.min(Math.max(from, 0), this.length - span);
    this.to = this.from + span;
    this.changed();
  }

  all() { this.show(0, this.length); }

  // zoom changes the span by a factor; the time at stays where it is.
  zoom(factor, at = (this.from + this.to) / 2) {
    const span = Math.min(Math.max(this.span * factor, Math.min(20, this.length)), this.length);
    const from = at - (at - this.from) * (span / this.span);
    this.show(from, from + span);
  }

  // move goes by a part of the span.
  move(part) { this.show(this.from + part * this.span, this.to + part * this.span); }

  // reveal brings a bar into sight, and makes it large enough to be seen.
  reveal(start, end) {
    const length = Math.max(end - start, 1);
    if (start < this.from || end > this.to || length < this.span / 300) {
      const span = Math.max(Math.min(this.span, length * 60), length * 1.5);
      const middle = (start + end) / 2;
      this.show(middle - span / 2, middle + span / 2);
    } else {
      this.changed();
    }
  }
}

/* ---- Drawing ---- */

const GUTTER = 40; // for the connections' numbers and the charts' scales
const AXIS = 38;   // height of stages and times
const CHART = 70;  // height of a chart

// palette reads the colours of the style sheet, for they depend on the theme.
function palette() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    classes: Array.from({ length: 9 }, (_, n) => colour(`--c${n}`)),
    text: colour("--text"), soft: colour("--soft"), edge: colour("--edge"), band: colour("--band"), on: colour("--on"),
    path: colour("--path"), bad: colour("--bad"), paper: colour("--paper"), focus: colour("--focus"), fill: colour("--fill"), line: colour("--line"),
  };
}

// fit gives a canvas the size in pixels that it is shown in, and a context in
// CSS pixels.
function fit(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const pixels = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

class Drawing {
  constructor(run, view, state) {
    Object.assign(this, { run, view, state });
    this.lanes = document.getElementById("lanes");
    this.charts = document.getElementById("charts");
    this.overview = document.getElementById("overview");
    this.rowHeight = run.lanes.length <= 12 ? 26 : run.lanes.length <= 32 ? 20 : 14;
    this.readPalette();
  }

  readPalette() { this.colours = palette(); }

  // measure is done once for each drawing; all places depend on it.
  measure() {
    this.width = this.lanes.clientWidth;
    this.scale = (this.width - GUTTER) / this.view.span;
  }

  x(time) { return GUTTER + (time - this.view.from) * this.scale; }

  time(x) { return this.view.from + (x - GUTTER) / this.scale; }

  y(lane) { return AXIS + lane * this.rowHeight; }

  laneAt(y) { return Math.floor((y - AXIS) / this.rowHeight); }

  draw() {
    this.measure();
    if (this.width <= GUTTER) return;
    this.drawLanes();
    this.drawCharts();
    this.drawOverview();
  }

  drawLanes() {
    const { run } = this;
    const height = AXIS + run.lanes.length * this.rowHeight + 4;
    const context = fit(this.lanes, this.width, height);
    context.font = "12px system-ui, sans-serif";
    context.textBaseline = "middle";
    this.drawStages(context);
    this.drawAxis(context, 18, height);
    run.lanes.forEach((lane, index) => this.drawLane(context, lane, index));
    context.save();
    context.beginPath();
    context.rect(GUTTER, 0, this.width - GUTTER, height);
    context.clip();
    this.drawPath(context);
    this.drawSelected(context);
    context.restore();
  }

  drawStages(context) {
    const { run, colours } = this;
    run.stages.forEach((stage, index) => {
      const from = Math.max(this.x(stage.at), GUTTER);
      const to = Math.min(this.x(run.stages[index + 1]?.at ?? run.length), this.width);
      if (to <= GUTTER || from >= this.width) return;
      context.fillStyle = index % 2 ? colours.edge : colours.band;
      context.fillRect(from, 0, Math.max(to - from, 1), 16);
      this.fitText(context, stage.name, from + 4, 8, to - from - 8, colours.text);
    });
  }

  drawAxis(context, y, height) {
    const { colours, run, view } = this;
    const step = roundStep((view.span * run.unit) / Math.max((this.width - GUTTER) / 110, 1));
    context.fillStyle = colours.soft;
    for (let n = Math.ceil((view.from * run.unit) / step - 1e-9); n * step <= view.to * run.unit * (1 + 1e-9); n++) {
      const x = Math.round(this.x((n * step) / run.unit)) + 0.5;
      context.strokeStyle = colours.edge;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x, height);
      context.stroke();
      if (y > 0 && x + 45 < this.width) {
        context.fillStyle = colours.soft;
        context.fillText(tick(n * step, step), x + 4, y + 10);
      }
    }
  }

  fitText(context, text, x, y, width, colour) {
    if (width < 34) return;
    const fits = Math.floor(width / 5.6);
    context.fillStyle = colour;
    let shown = text.length > fits ? text.slice(0, fits - 1) + "…" : text;
    while (shown.length > 3 && context.measureText(shown).width > width) shown = shown.slice(0, Math.max(shown.length - 4, 2)) + "…";
    context.fillText(shown, x, y);
  }

  // drawLane draws bars that are wide enough one by one, and those of a pixel
  // together, as pale as the connection was idle.
  drawLane(context, lane, index) {
    const { run, view, colours, rowHeight } = this;
    const y = this.y(index), height = rowHeight - 4;
    context.fillStyle = colours.soft;
    context.textAlign = "right";
    context.fillText(String(lane.number), GUTTER - 10, y + height / 2 + 1);
    context.textAlign = "left";
    context.fillStyle = colours.band;
    const open = Math.max(this.x(lane.from), GUTTER), closed = Math.min(this.x(lane.to), this.width);
    if (closed > open) context.fillRect(open, y + height / 2 - 0.5, closed - open, 1);
    const pixel = { x: -1, lit: false, failed: false, times: new Float64Array(9) };
    const last = lane.first + lane.bars;
    for (let bar = Math.max(lastStart(run, lane, view.from), lane.first); bar < last && run.start[bar] <= view.to; bar++) {
      const from = this.x(run.start[bar]), to = this.x(run.end[bar]);
      if (to < GUTTER) continue;
      if (to - from >= 2) {
        this.flush(context, pixel, y, height);
        this.drawBar(context, bar, Math.max(from, GUTTER), Math.min(to, this.width), y, height);
        continue;
      }
      const x = Math.max(Math.floor(from), GUTTER);
      if (x !== pixel.x) this.flush(context, pixel, y, height);
      pixel.x = x;
      pixel.times[run.colour[bar]] += Math.max(to - from, 0.02);
      pixel.lit ||= this.state.lit(bar);
      pixel.failed ||= run.failed[bar] === 1;
    }
    this.flush(context, pixel, y, height);
  }

  // flush draws the bars of a pixel.
  flush(context, pixel, y, height) {
    if (pixel.x < 0) return;
    let best = 0, all = 0;
    pixel.times.forEach((took, index) => {
      all += took;
      if (took > pixel.times[best]) best = index;
    });
    context.globalAlpha = (pixel.lit ? 1 : 0.15) * Math.min(0.45 + all * 0.55, 1);
    context.fillStyle = this.colours.classes[best];
    context.fillRect(pixel.x, y, 1, height);
    context.globalAlpha = 1;
    if (pixel.failed) this.drawMark(context, pixel.x, y, height);
    pixel.x = -1;
    pixel.lit = pixel.failed = false;
    pixel.times.fill(0);
  }

  drawBar(context, bar, from, to, y, height) {
    const { run, colours } = this;
    const gap = to - from > 4 ? 1 : 0; // so that neighbours can be told apart
    context.globalAlpha = this.state.lit(bar) ? 1 : 0.15;
    context.fillStyle = colours.classes[run.colour[bar]];
    context.beginPath();
    context.roundRect(from, y, to - from - gap, height, to - from > 8 ? 3 : 0);
    context.fill();
    const inset = run.failed[bar] ? 14 : 5; // the mark stands before the text
    if (height >= 14) this.fitText(context, shortLabel(run, bar), from + inset, y + height / 2 + 1, to - from - inset - 5, colours.on);
    context.globalAlpha = 1;
    if (run.failed[bar]) this.drawMark(context, Math.min(from + 5, (from + to) / 2), y, height);
  }

  // drawMark draws the cross of a failed step.
  drawMark(context, x, y, height) {
    const r = Math.min(4, height / 3), middle = y + height / 2;
    for (const [colour, width] of [[this.colours.paper, 4.5], [this.colours.bad, 2]]) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(x - r, middle - r);
      context.lineTo(x + r, middle + r);
      context.moveTo(x + r, middle - r);
      context.lineTo(x - r, middle + r);
      context.stroke();
    }
    context.lineWidth = 1;
  }

  // drawPath draws the critical path below its bars and from one to the next.
  drawPath(context) {
    const { run, view, colours } = this;
    const along = new Path2D(), between = new Path2D();
    let drawn = -Infinity;
    run.path.forEach(([bar, from, to], index) => {
      if (to < view.from || (index > 0 && run.path[index - 1][2] > view.to)) return;
      const y = this.y(run.lane[bar]) + this.rowHeight - 2.5;
      const before = run.path[index - 1];
      const x = this.x(from), end = this.x(to);
      if (end - drawn < 0.5 && before && run.lane[before[0]] === run.lane[bar]) return; // nothing to see
      if (before && Math.max(end - x, this.x(before[2]) - this.x(before[1])) >= 3) { // else lines would hide all
        between.moveTo(this.x(before[2]), this.y(run.lane[before[0]]) + this.rowHeight - 2.5);
        between.lineTo(x, y);
      }
      along.moveTo(x, y);
      along.lineTo(end, y);
      drawn = end;
    });
    context.strokeStyle = colours.path;
    context.lineWidth = this.state.onlyPath ? 3 : 2;
    context.stroke(along);
    context.lineWidth = 1;
    context.globalAlpha = 0.6;
    context.stroke(between);
    context.globalAlpha = 1;
  }

  drawSelected(context) {
    const { run, colours } = this;
    for (const [bar, width] of [[this.state.hovered, 1.5], [this.state.selected, 2.5]]) {
      if (bar < 0) continue;
      const from = this.x(run.start[bar]), to = this.x(run.end[bar]), y = this.y(run.lane[bar]);
      for (const [colour, line] of [[colours.paper, width + 3], [colours.text, width]]) { // readable on any bar
        context.strokeStyle = colour;
        context.lineWidth = line;
        context.strokeRect(from - 2, y - 2, Math.max(to - from, 2) + 3, this.rowHeight);
      }
    }
    context.lineWidth = 1;
  }

  drawCharts() {
    const { run } = this;
    const charts = [["Data", run.rates.bytes, (bytes) => size(bytes) + "/s"], ["Rows", run.rates.rows, (rows) => shortCount(rows) + "/s"], ["Busy connections", run.rates.busy, shortCount]];
    const shown = charts.filter(([, values]) => values.some((v) => v > 0));
    const context = fit(this.charts, this.width, shown.length * CHART + 4);
    context.font = "12px system-ui, sans-serif";
    context.textBaseline = "middle";
    this.drawAxis(context, 0, shown.length * CHART);
    shown.forEach(([name, values, format], index) => this.drawChart(context, name, values, format, index * CHART + 6));
  }

  drawChart(context, name, values, format, top) {
    const { colours, run, view } = this;
    const part = run.rates.part, height = CHART - 28, bottom = top + CHART - 12;
    const first = Math.max(Math.floor(view.from / part) - 1, 0), last = Math.min(Math.ceil(view.to / part) + 1, values.length);
    let highest = 0;
    for (let n = first; n < last; n++) highest = Math.max(highest, values[n]);
    context.save();
    context.beginPath();
    context.rect(GUTTER, bottom - height - 2, this.width - GUTTER, height + 4);
    context.clip();
    context.beginPath();
    context.moveTo(this.x(first * part), bottom);
    for (let n = first; n < last; n++) {
      const y = bottom - (highest > 0 ? values[n] / highest : 0) * height;
      context.lineTo(this.x(n * part), y);
      context.lineTo(this.x((n + 1) * part), y);
    }
    context.lineTo(this.x(last * part), bottom);
    context.fillStyle = colours.fill;
    context.fill();
    context.strokeStyle = colours.line;
    context.stroke();
    context.restore();
    context.fillStyle = colours.text;
    context.fillText(`${name}, up to ${format(highest)}`, GUTTER + 4, top + 5);
  }

  // drawOverview draws how many connections were busy over the whole run, and
  // which part is shown below.
  drawOverview() {
    const { colours, run, view } = this;
    const width = this.overview.clientWidth, height = 38;
    const context = fit(this.overview, width, height);
    const values = run.rates.busy, highest = Math.max(run.lanes.length, 1);
    context.fillStyle = colours.fill;
    context.beginPath();
    context.moveTo(0, height);
    values.forEach((value, n) => {
      const y = height - (Math.min(value, highest) / highest) * (height - 4);
      context.lineTo((n / values.length) * width, y);
      context.lineTo(((n + 1) / values.length) * width, y);
    });
    context.lineTo(width, height);
    context.fill();
    const from = (view.from / view.length) * width, to = (view.to / view.length) * width;
    context.fillStyle = colours.paper;
    context.globalAlpha = 0.65;
    context.fillRect(0, 0, from, height);
    context.fillRect(to, 0, width - to, height);
    context.globalAlpha = 1;
    context.strokeStyle = colours.focus;
    context.lineWidth = 2;
    context.strokeRect(from + 1, 1, Math.max(to - from - 2, 2), height - 2);
    context.lineWidth = 1;
  }
}

/* ---- What is lit, hovered and selected ---- */

class State {
  constructor(run) {
    this.run = run;
    this.hovered = this.selected = -1;
    this.onlyPath = false;
    this.onlyClasses = new Set();
    this.found = null; // a mark for each bar, while something is looked for
  }

  lit(bar) {
    if (this.onlyPath && !this.run.critical[bar]) return false;
    if (this.onlyClasses.size && !this.onlyClasses.has(this.run.colour[bar])) return false;
    return !this.found || this.found[bar] === 1;
  }

  // find marks the bars with a step whose name holds the text, and gives them
  // in the order of time.
  find(text) {
    const { run } = this;
    const wanted = text.trim().toLowerCase();
    if (!wanted) {
      this.found = null;
      return [];
    }
    const inTexts = run.texts.map((t) => t.toLowerCase().includes(wanted));
    this.found = new Uint8Array(run.count);
    run.steps.name.forEach((name, step) => {
      if (inTexts[run.steps.table[step]] || name.toLowerCase().includes(wanted) || label(run, step).toLowerCase().includes(wanted)) {
        this.found[run.barOf[step]] = 1;
      }
    });
    const bars = [];
    this.found.forEach((is, bar) => is && bars.push(bar));
    return bars.sort((a, b) => run.start[a] - run.start[b]);
  }
}

/* ---- Details ---- */

const SHORTEST_RATE = 0.01; // seconds, as in tables.go
const SMALLEST_RATE = 64 * 1024; // bytes

// rowsOf tells all that is known of a bar, as names and values.
function rowsOf(run, bar) {
  const step = run.first[bar], { steps, texts } = run;
  const length = (run.end[bar] - run.start[bar]) * run.unit;
  const rows = [
    ["Took", duration(length)],
    ["From", `${moment(run.start[bar] * run.unit, length)} to ${moment(run.end[bar] * run.unit, length)}, on connection ${run.lanes[run.lane[bar]].number}`],
  ];
  const alone = run.bars.steps[bar] === 1, table = texts[steps.table[step]];
  if (alone && table) rows.push(["Table", table]);
  const loaded = sumOf(run, bar, steps.rows), bytes = sumOf(run, bar, steps.bytes);
  if (loaded) rows.push(["Rows", plain.format(loaded)]);
  if (bytes) rows.push(["Data", `${size(bytes)}${bytes >= SMALLEST_RATE && length >= SHORTEST_RATE ? `, ${size(bytes / length)}/s` : ""}`]);
  if (alone) {
    if (!steps.lane[step] && run.helpers.has(steps.id[step])) rows.push(["Loaded on", `${run.helpers.get(steps.id[step]) + 1} connections`]);
    rows.push(["Outcome", OUTCOMES[steps.outcome[step]]]);
    if (steps.lane[step]) rows.push(["Share", "this connection helped another one to load the table"]);
    rows.push(...waitRows(run, step));
  }
  const link = run.link.get(bar);
  if (link) rows.push(["Critical path", `yes: ${WHY[link.why]}`]);
  return rows;
}

// sumOf adds up a column over the steps of a bar.
function sumOf(run, bar, column) {
  let sum = 0;
  for (let n = run.first[bar]; n < run.first[bar] + run.bars.steps[bar]; n++) sum += column[n];
  return sum;
}

// waitRows tells what a step waited for, and what the server did meanwhile.
function waitRows(run, step) {
  const rows = [], { steps } = run;
  const queued = steps.queued[step];
  if (steps.after[step]) rows.push(["Waited for", label(run, steps.after[step] - 1)]);
  if (queued > 0) rows.push(["Then waited", `${duration(queued * run.unit)} for a connection`]);
  for (const [name, seen] of [["Server waits", run.waitsOf], ["Server phases", run.phasesOf]]) {
    const list = seen.get(step);
    if (list) rows.push([name, list.map(({ text, took }) => `${run.texts[text]} ${duration(took * run.unit)}`).join("; ")]);
  }
  return rows;
}

function attempts(run, step) {
  const { steps } = run;
  let count = 0;
  for (let n = 0; n < steps.id.length; n++) {
    if (steps.id[n] === steps.id[step] && steps.part[n] === steps.part[step] && !steps.lane[n]) count++;
  }
  return count;
}

function list(rows) {
  const made = element("dl");
  for (const [name, value] of rows) made.append(element("dt", name), element("dd", value));
  return made;
}

// describe fills the panel below the timeline, which is read out.
function describe(run, panel, bar, select) {
  panel.hidden = bar < 0;
  if (bar < 0) return panel.replaceChildren();
  const step = run.first[bar], alone = run.bars.steps[bar] === 1;
  const rows = rowsOf(run, bar);
  const tries = alone && !run.steps.lane[step] ? attempts(run, step) : 1;
  if (tries > 1) rows.push(["Attempts", String(tries)]);
  panel.replaceChildren(element("strong", barLabel(run, bar)), list(rows));
  const last = step + run.bars.steps[bar];
  for (let n = step; n < last; n++) {
    for (const text of run.failures.get(n) ?? []) panel.append(element("p", `${alone ? "" : label(run, n) + ": "}${text}`, { class: "error" }));
  }
  if (!alone) {
    const list = members(run, step, last);
    panel.append(list);
    if (list.scrollHeight > list.clientHeight || list.scrollWidth > list.clientWidth) list.tabIndex = 0; // so that keys scroll it
  }
  panel.append(neighbours(run, bar, select));
}

const MAX_MEMBERS = 200;

function members(run, first, last) {
  const made = element("ul", undefined, { "aria-label": "Steps" });
  for (let n = first; n < Math.min(last, first + MAX_MEMBERS); n++) {
    const outcome = run.steps.outcome[n];
    made.append(element("li", label(run, n) + (outcome === DONE ? "" : `: ${OUTCOMES[outcome]}`)));
  }
  if (last - first > MAX_MEMBERS) made.append(element("li", `and ${plain.format(last - first - MAX_MEMBERS)} more`));
  return made;
}

// neighbours are buttons that lead on from a bar.
function neighbours(run, bar, select) {
  const made = element("div", undefined, { class: "go" });
  const add = (text, to) => {
    const button = element("button", text, { type: "button" });
    button.addEventListener("click", () => select(to));
    made.append(button);
  };
  const after = run.steps.after[run.first[bar]];
  if (after) add("What it waited for", run.barOf[after - 1]);
  const link = run.link.get(bar);
  if (link && link.before >= 0) add("Before it on the critical path", link.before);
  const next = run.path[run.path.findIndex(([of]) => of === bar) + 1];
  if (link && next) add("After it on the critical path", next[0]);
  return made;
}

/* ---- Hands ---- */

const QUIET = 500; // ms without a movement, after which it is over

class Timeline {
  constructor(run) {
    this.run = run;
    this.state = new State(run);
    this.view = new View(run.length, () => this.redraw());
    this.root = document.getElementById("timeline");
    this.tip = document.getElementById("tip");
    this.panel = document.getElementById("details");
    this.range = document.getElementById("range");
    this.takesWheel = false; // since a click, until the timeline is let go
    this.pointers = new Map();
    this.frame = 0;
    document.body.classList.add("drawn");
    for (const part of document.querySelectorAll(".tools, .legend, #stage")) part.hidden = false;
    this.drawing = new Drawing(run, this.view, this.state);
    this.listen();
    this.draw();
    this.sayRange();
  }

  // redraw draws once for each frame, however often it is asked to.
  redraw() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  draw() {
    const { view, run } = this;
    this.drawing.draw();
    const span = view.span * run.unit;
    this.range.textContent = `${moment(view.from * run.unit, span)} to ${moment(view.to * run.unit, span)}`;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => this.sayRange(), QUIET);
  }

  // sayRange has the range read out, when nothing moves any more.
  sayRange() {
    const said = document.getElementById("range-said");
    if (said.textContent !== this.range.textContent) said.textContent = this.range.textContent;
  }

  listen() {
    const { root } = this;
    root.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    root.addEventListener("pointerdown", (event) => this.down(event));
    root.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) root.addEventListener(name, (event) => this.up(event));
    root.addEventListener("pointerleave", () => this.hover(-1));
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("blur", () => { this.takesWheel = false; });
    root.addEventListener("focus", () => root.matches(":focus-visible") && this.state.selected < 0 && this.select(this.nearest(this.view.from, 0)));
    this.listenOverview();
    this.listenTools();
    new ResizeObserver(() => this.redraw()).observe(root);
    for (const query of ["(prefers-color-scheme: dark)", "print"]) {
      matchMedia(query).addEventListener("change", () => {
        this.drawing.readPalette();
        this.redraw();
      });
    }
  }

  listenOverview() {
    const { overview } = this.drawing;
    const go = (event) => {
      if (!(event.buttons & 1)) return;
      const middle = (event.offsetX / overview.clientWidth) * this.view.length, half = this.view.span / 2;
      this.view.show(middle - half, middle + half);
    };
    overview.addEventListener("pointerdown", (event) => {
      overview.setPointerCapture(event.pointerId);
      go(event);
    });
    overview.addEventListener("pointermove", go);
  }

  listenTools() {
    const acts = {
      in: () => this.view.zoom(0.5), out: () => this.view.zoom(2), left: () => this.view.move(-0.4), right: () => this.view.move(0.4),
      fit: () => this.view.all(), path: () => this.togglePath(),
    };
    for (const button of document.querySelectorAll("[data-act]")) button.addEventListener("click", acts[button.dataset.act]);
    for (const button of document.querySelectorAll("[data-class]")) button.addEventListener("click", () => this.toggleClass(button));
    for (const button of document.querySelectorAll("[data-bar]")) button.addEventListener("click", () => this.jump(Number(button.dataset.bar)));
    const form = document.querySelector(".find"), input = document.getElementById("find");
    let bars = [], at = -1;
    input.addEventListener("input", () => {
      bars = this.state.find(input.value);
      at = -1;
      document.getElementById("found").textContent = input.value.trim() ? `${plain.format(bars.length)} found` : "";
      this.redraw();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!bars.length) return;
      at = (at + 1) % bars.length;
      document.getElementById("found").textContent = `${plain.format(at + 1)} of ${plain.format(bars.length)}`;
      this.select(bars[at]);
      this.showSelected();
    });
  }

  togglePath() {
    this.state.onlyPath = !this.state.onlyPath;
    document.querySelector('[data-act="path"]').setAttribute("aria-pressed", String(this.state.onlyPath));
    this.redraw();
  }

  toggleClass(button) {
    const number = Number(button.dataset.class), { onlyClasses } = this.state;
    if (!onlyClasses.delete(number)) onlyClasses.add(number);
    button.setAttribute("aria-pressed", String(onlyClasses.has(number)));
    this.redraw();
  }

  // jump shows a bar that a table names.
  jump(bar) {
    this.select(bar);
    document.getElementById("timeline-part").scrollIntoView();
    this.showSelected();
    this.root.focus({ preventScroll: true });
  }

  select(bar) {
    if (bar < 0) return;
    this.state.selected = bar;
    this.view.reveal(this.run.start[bar], this.run.end[bar]);
    describe(this.run, this.panel, bar, (to) => this.follow(to));
  }

  // follow selects where a button of the panel leads, and keeps the focus on the
  // like of it.
  follow(bar) {
    const pressed = document.activeElement.textContent;
    this.select(bar);
    ([...this.panel.querySelectorAll("button")].find((button) => button.textContent === pressed) ?? this.root).focus();
  }

  // showSelected scrolls the page to the selected bar's lane, if there are so many
  // that it is not in the window.
  showSelected() {
    if (this.state.selected < 0) return;
    const { drawing } = this, margin = drawing.rowHeight;
    const top = drawing.lanes.getBoundingClientRect().top + drawing.y(this.run.lane[this.state.selected]);
    const above = document.querySelector("nav").getBoundingClientRect().bottom + margin - top;
    const below = top + drawing.rowHeight + margin - document.documentElement.clientHeight;
    if (above > 0) scrollBy(0, -above);
    else if (below > 0) scrollBy(0, below);
  }

  letGo() {
    this.takesWheel = false;
    this.deselect();
  }

  deselect() {
    this.state.selected = -1;
    describe(this.run, this.panel, -1);
    this.redraw();
  }

  /* Pointers: one drags or hovers, two pinch. */

  place(event) {
    const box = this.drawing.lanes.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  barAt({ x, y }) {
    const lane = this.run.lanes[this.drawing.laneAt(y)];
    if (!lane || x < GUTTER) return -1;
    return longestNear(this.run, lane, this.drawing.time(x - 1.5), this.drawing.time(x + 1.5));
  }

  wheel(event) {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (sideways) {
      event.preventDefault();
      this.view.move((event.deltaX || event.deltaY) / 800);
      return;
    }
    if (!event.ctrlKey && !event.metaKey && !this.takesWheel) return; // the page scrolls
    event.preventDefault();
    this.view.zoom(1.0018 ** Math.min(Math.max(event.deltaY, -400), 400), this.drawing.time(Math.max(this.place(event).x, GUTTER)));
  }

  down(event) {
    if (event.button !== 0) return;
    this.takesWheel = true;
    this.root.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { ...this.place(event), moved: 0 });
    this.root.classList.add("drags");
  }

  move(event) {
    const at = this.place(event), pointer = this.pointers.get(event.pointerId);
    if (!pointer) {
      this.hover(this.barAt(at), at);
      return;
    }
    const moved = at.x - pointer.x;
    if (this.pointers.size === 2) this.pinch(event.pointerId, pointer, at);
    else if (moved) this.view.move(-moved / (this.drawing.width - GUTTER));
    this.pointers.set(event.pointerId, { ...at, moved: pointer.moved + Math.abs(moved) });
    if (pointer.moved > 4) this.hover(-1);
  }

  pinch(id, before, after) {
    const other = [...this.pointers].find(([pointer]) => pointer !== id)[1];
    const distance = (a) => Math.max(Math.abs(a.x - other.x), 10);
    this.view.zoom(distance(before) / distance(after), this.drawing.time((after.x + other.x) / 2));
  }

  up(event) {
    const pointer = this.pointers.get(event.pointerId);
    this.pointers.delete(event.pointerId);
    this.root.classList.remove("drags");
    if (!pointer || pointer.moved > 4 || event.type === "pointercancel") return;
    const bar = this.barAt(this.place(event));
    if (bar >= 0) this.select(bar);
    else this.deselect();
  }

  hover(bar, at) {
    const { tip, state } = this;
    if (state.hovered !== bar) this.redraw();
    state.hovered = bar;
    tip.hidden = bar < 0;
    if (bar < 0) return;
    tip.replaceChildren(element("strong", barLabel(this.run, bar)));
    for (const [name, value] of rowsOf(this.run, bar)) tip.append(element("div", `${name}: ${value}`));
    const left = Math.min(at.x + 14, this.drawing.width - tip.offsetWidth - 4);
    tip.style.left = `${Math.max(left, 0)}px`;
    tip.style.top = `${at.y + 18}px`;
  }

  /* Keys */

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = this.keys()[(event.shiftKey && name.startsWith("Arrow") ? "Shift" : "") + name];
    if (!act) return;
    event.preventDefault();
    const { selected } = this.state;
    act();
    if (this.state.selected !== selected) this.showSelected();
  }

  keys() {
    const { view, state, run } = this;
    return {
      ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1), ArrowUp: () => this.other(-1), ArrowDown: () => this.other(1),
      ShiftArrowLeft: () => view.move(-0.2), ShiftArrowRight: () => view.move(0.2),
      "+": () => this.zoomAtSelected(0.5), "=": () => this.zoomAtSelected(0.5), "-": () => this.zoomAtSelected(2), 0: () => view.all(),
      Home: () => this.select(this.nearest(0, this.laneOfSelected())), End: () => this.select(this.nearest(run.length, this.laneOfSelected())),
      c: () => this.togglePath(),
      Enter: () => state.selected >= 0 && this.zoomTo(state.selected),
      Escape: () => this.letGo(),
    };
  }

  zoomAtSelected(factor) {
    const { selected } = this.state;
    this.view.zoom(factor, selected < 0 ? undefined : (this.run.start[selected] + this.run.end[selected]) / 2);
  }

  zoomTo(bar) {
    const length = Math.max(this.run.end[bar] - this.run.start[bar], 1);
    this.view.show(this.run.start[bar] - length / 4, this.run.end[bar] + length / 4);
  }

  laneOfSelected() { return this.state.selected < 0 ? 0 : this.run.lane[this.state.selected]; }

  // step goes to the bar before or after, on the same connection.
  step(by) {
    const { run, state } = this;
    if (state.selected < 0) return this.select(this.nearest(this.view.from, 0));
    const lane = run.lanes[run.lane[state.selected]], next = state.selected + by;
    if (next >= lane.first && next < lane.first + lane.bars) this.select(next);
  }

  // other goes to what another connection did at the time.
  other(by) {
    const { run, state } = this;
    if (state.selected < 0) return this.select(this.nearest(this.view.from, 0));
    const middle = (run.start[state.selected] + run.end[state.selected]) / 2;
    for (let lane = run.lane[state.selected] + by; lane >= 0 && lane < run.lanes.length; lane += by) {
      if (run.lanes[lane].bars > 0) return this.select(this.nearest(middle, lane));
    }
  }

  // nearest finds the bar of a lane, or of one after it, at a time or before,
  // else the first; -1 where there are none.
  nearest(time, lane) {
    const { run } = this;
    const with_ = run.lanes[lane]?.bars > 0 ? run.lanes[lane] : run.lanes.find((l) => l.bars > 0);
    if (!with_) return -1;
    return Math.max(lastStart(run, with_, time), with_.first);
  }
}

/* ---- Tables ---- */

function valueOf(row, column) {
  const { dataset, textContent } = row.cells[column];
  return dataset.v === undefined ? textContent.trim().toLowerCase() : Number(dataset.v);
}

// sortable makes buttons of a table's headings.
function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = element("button", head.textContent, { type: "button" });
    button.addEventListener("click", () => sort(table, heads, column));
    head.replaceChildren(button);
  });
}

function sort(table, heads, column) {
  const falls = heads[column].getAttribute("aria-sort") === "descending" ||
    (!heads[column].hasAttribute("aria-sort") && !heads[column].classList.contains("n"));
  const order = falls ? 1 : -1;
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, value: valueOf(row, column) }));
  rows.sort((a, b) => (a.value < b.value ? -order : a.value > b.value ? order : 0));
  table.tBodies[0].append(...rows.map(({ row }) => row));
  for (const head of heads) head.removeAttribute("aria-sort");
  heads[column].setAttribute("aria-sort", falls ? "ascending" : "descending");
}

/* ---- Start ---- */

// openForPrint opens what is folded while the page is printed.
function openForPrint() {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const part of folded) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
  });
}

async function draw() {
  try {
    new Timeline(makeRun(await readData()));
  } catch (error) {
    const trouble = document.getElementById("trouble");
    trouble.textContent = `The timeline cannot be drawn by this browser, so this is a still picture of it (${error.message}).`;
    trouble.hidden = false;
    document.body.classList.remove("drawn");
    throw error;
  }
}

async function start() {
  document.querySelectorAll("table[data-sorts]").forEach(sortable);
  openForPrint();
  if (document.getElementById("stage")) await draw();
}

await start().finally(() => { document.documentElement.dataset.ready = "yes"; });
