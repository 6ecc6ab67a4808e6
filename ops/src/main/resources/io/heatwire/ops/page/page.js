// Draws what /graph and /live say. Everything they hold is put in as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";
const STALE_AFTER_MS = 3500;
const RECONNECT_MS = 5000;
const LEDGER_EVERY_MS = 5000;
const find = id => document.getElementById(id);

let graph = null;
let wires = new Map();
let shared = [];
let snapshot = null;
let heardAt = performance.now();
let isStale = false;
let source = null;
let isRefused = false;
let isLedgerShown = true;
let spoken = new Map();

/** What turns the direction of writing or cannot be seen is shown by its number. */
function plain(text) {
  return String(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, c => "\\u{" + c.codePointAt(0).toString(16) + "}");
}

function element(name, options = {}, ...children) {
  const made = document.createElement(name);
  return filled(made, options, children);
}

function drawn(name, options = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  return filled(made, options, children);
}

function filled(made, options, children) {
  for (const [key, value] of Object.entries(options)) {
    if (key === "text") made.textContent = plain(value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Touches the document only where something changed, so that selections, focus and screen readers stay undisturbed. */
function show(node, text) {
  const wanted = plain(text);
  if (node.textContent !== wanted) node.textContent = wanted;
}

function attribute(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

function count(number) {
  return number === undefined || number < 0 ? "–" : grouped.format(number);
}

function rate(number) {
  return number === undefined || number < 0 ? "–" : number < 100 ? fine.format(number) : grouped.format(number);
}

function span(seconds) {
  if (seconds < 0) return "–";
  if (seconds < 120) return Math.floor(seconds) + " s";
  if (seconds < 7200) return Math.floor(seconds / 60) + " min";
  return seconds < 172800 ? Math.floor(seconds / 3600) + " h" : Math.floor(seconds / 86400) + " d";
}

function clock(ms) {
  return new Date(ms).toLocaleString("sv-SE");
}

/** As many children as there are items; each is made once and then only filled anew. */
function list(parent, items, make, fill) {
  while (parent.children.length > items.length) parent.lastElementChild.remove();
  items.forEach((item, i) => {
    if (!parent.children[i]) parent.append(make());
    fill(parent.children[i], item);
  });
}

function row(cells) {
  return () => element("tr", {}, ...cells.map(([name, style]) =>
    element(name, { ...(name === "th" ? { scope: "row" } : {}), ...(style ? { class: style } : {}) })));
}

function state(cell, word, shape) {
  if (!cell.firstElementChild) cell.append(element("span", { class: "word" }));
  attribute(cell.firstElementChild, "data-shape", shape);
  show(cell.firstElementChild, word);
}

// ---- the wiring ----

async function fetchGraph() {
  const answer = await fetch("graph", { cache: "no-store" });
  if (!answer.ok) throw new Error("graph: " + answer.status);
  graph = await answer.json();
  drawGraph();
  if (snapshot && !isStale) edges(snapshot);
}

function drawGraph() {
  const picture = find("graph");
  picture.replaceChildren();
  picture.setAttribute("viewBox", `0 0 ${graph.width} ${graph.height + 8}`);
  picture.setAttribute("width", graph.width);
  picture.setAttribute("height", graph.height + 8);
  wires = new Map();
  for (const edge of graph.edges) {
    const title = drawn("title");
    const note = drawn("text", { class: "note", x: edge.x, y: edge.y + 4 });
    const mark = drawn("g", { transform: `translate(${edge.x} ${edge.y})` });
    const wire = drawn("g", { class: "plain" }, title, drawn("path", { class: "wire", d: edge.path }), head(edge.path), mark, note);
    picture.append(wire);
    if (!wires.has(edge.ends)) wires.set(edge.ends, []);
    wires.get(edge.ends).push({ edge, wire, title, mark, note });
  }
  shared = [];
  for (const node of graph.nodes) {
    picture.append(box(node));
    const writers = graph.edges.filter(edge => edge.kind === "appends" && edge.to === node.name);
    if (node.kind === "stream" && writers.length > 1) {
      const note = drawn("text", { class: "note", x: node.x + node.width / 2, y: node.y + graph.box_height + 13 });
      picture.append(note);
      shared.push({ ends: writers[0].ends, note });
    }
  }
  const frame = find("graph-box");
  frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
}

/** The end of the path, and where it comes from: straight up or straight down. */
function head(path) {
  const numbers = path.match(/-?\d+/g).map(Number);
  const [x, y] = numbers.slice(-2);
  const isDown = numbers[numbers.length - 3] < y;
  const tip = isDown ? -8 : 8;
  return drawn("path", { class: "head", d: `M${x} ${y}l-4.5 ${tip}h9z` });
}

function box(node) {
  const isOff = node.detail.endsWith("switched off");
  const said = `${node.kind === "stage" ? "stage " + node.what : node.what} ${node.name}: ${node.detail}`
    + (node.outside ? "; written by " + node.outside : "");
  return drawn("g", { class: `node ${node.kind}${isOff ? " off" : ""}` },
    drawn("title", { text: said }),
    drawn("rect", { x: node.x, y: node.y, width: node.width, height: graph.box_height, rx: node.kind === "stage" ? 3 : node.kind === "stream" ? 15 : 8 }),
    drawn("text", { x: node.x + node.width / 2, y: node.y + graph.box_height / 2 + 4, "text-anchor": "middle", text: node.shown }));
}

function mark(shape) {
  if (shape === "trouble") return [drawn("path", { class: "cross", d: "M-6-6L6 6M6-6L-6 6" })];
  return shape === "unknown" ? [drawn("circle", { class: "ring", r: 5 })] : [];
}

/** Redis counts what comes to a stream, not who brought it: of a stream with several writers only the whole is known. */
function sharedStreams(now) {
  const inAll = new Map(now.edges.filter(edge => edge.shared && edge.per_min > 0).map(edge => [edge.ends, edge.per_min]));
  for (const { ends, note } of shared) show(note, inAll.has(ends) ? rate(inAll.get(ends)) + "/min in all" : "");
}

function edges(now) {
  const known = new Map(now.edges.map(edge => [edge.ends, edge]));
  for (const [ends, drawings] of wires) {
    const edge = known.get(ends);
    const shape = edge ? edge.shape : "plain";
    for (const drawing of drawings) {
      if (drawing.wire.getAttribute("class") !== shape) {
        drawing.wire.setAttribute("class", shape);
        drawing.mark.replaceChildren(...mark(shape));
      }
      const isMarked = shape === "trouble" || shape === "unknown";
      attribute(drawing.note, "y", drawing.edge.y + (isMarked ? 20 : 4));
      show(drawing.note, isMarked ? edge.state : edge && edge.per_min > 0 && !edge.shared ? rate(edge.per_min) + "/min" : "");
      show(drawing.title, `${drawing.edge.from} to ${drawing.edge.to}` + (edge ? `: ${edge.state}; ${edge.why}` : ""));
    }
  }
  sharedStreams(now);
  const worst = { trouble: 0, unknown: 1, flowing: 2, quiet: 3 };
  const sorted = [...now.edges].sort((a, b) => worst[a.shape] - worst[b.shape]);
  list(find("edges").tBodies[0], sorted,
    row([["td"], ["th"], ["td"], ["td", "n"], ["td", "n"], ["td", "n"], ["td", "n"], ["td", "text"]]),
    ({ cells }, edge) => {
      state(cells[0], edge.state, edge.shape);
      show(cells[1], edge.from);
      show(cells[2], edge.to);
      show(cells[3], span(edge.since_s));
      show(cells[4], edge.shared && edge.per_min >= 0 ? rate(edge.per_min) + " in all" : rate(edge.per_min));
      show(cells[5], count(edge.unread));
      show(cells[6], count(edge.pending));
      show(cells[7], edge.why);
    });
}

// ---- what needs a look ----

function troubles(now) {
  const found = now.edges.filter(edge => edge.shape === "trouble" || edge.shape === "unknown")
    .map(edge => ({ key: edge.ends, word: edge.state, shape: edge.shape, what: edge.ends, why: `${edge.why} (for ${span(edge.since_s)})` }));
  for (const stage of now.stages) {
    if (stage.status !== "ok") {
      found.push({ key: stage.stage, word: stage.state.replace("_", " "), shape: "trouble", what: "stage " + stage.stage,
        why: [stage.error, stage.waiting && "waits for " + stage.waiting].filter(Boolean).join("; ") });
    }
    if (stage.lost > 0) {
      found.push({ key: stage.stage + " lost", word: "lost", shape: "trouble", what: "stage " + stage.stage, why: count(stage.lost) + " entries were lost before they were read" });
    }
  }
  for (const pair of now.pairs.filter(each => each.alarm)) {
    found.push({ key: pair.pair, word: "too few", shape: "trouble", what: "pair " + pair.pair, why: pair.why });
  }
  if (now.reload_refused) {
    found.push({ key: "reload", word: "refused", shape: "trouble", what: "the last reload", why: now.reload_refused });
  }
  if (now.forced.length > 0) {
    found.push({ key: "forced", word: "forced", shape: "trouble", what: "the start", why: "in spite of " + now.forced.join(", ") });
  }
  const parent = find("troubles");
  if (found.length === 0) {
    if (parent.dataset.kind !== "none") parent.replaceChildren(element("li", { class: "quiet", text: "Nothing: every edge flows or is idle as it should." }));
    parent.dataset.kind = "none";
  } else {
    if (parent.dataset.kind !== "some") parent.replaceChildren();
    parent.dataset.kind = "some";
    list(parent, found,
      () => element("li", {}, element("span", { class: "word" }), element("span"), element("span", { class: "why" })),
      (item, trouble) => {
        attribute(item, "class", trouble.shape);
        attribute(item.children[0], "data-shape", trouble.shape);
        show(item.children[0], trouble.word);
        show(item.children[1], " " + trouble.what);
        show(item.children[2], trouble.why);
      });
  }
  speak(found);
}

/** Said once when it begins and once when it ends, not every second. */
function speak(found) {
  const next = new Map(found.map(trouble => [trouble.key, trouble.word]));
  const said = [];
  for (const trouble of found) {
    if (spoken.get(trouble.key) !== trouble.word) said.push(`${trouble.what}: ${trouble.word}`);
  }
  for (const key of spoken.keys()) {
    if (!next.has(key)) said.push(`${key}: well again`);
  }
  if (said.length > 0) show(find("spoken"), said.join(". "));
  spoken = next;
}

// ---- tables and cards ----

function stages(now) {
  list(find("stage-table").tBodies[0], now.stages,
    row([["th"], ["td"], ["td", "n"], ["td", "n"], ["td", "n"], ["td", "n"], ["td", "n"], ["td", "n"], ["td", "n"], ["td", "text"]]),
    ({ cells }, stage) => {
      show(cells[0], stage.stage);
      state(cells[1], stage.state.replace("_", " "), stage.status === "ok" ? "flowing" : "trouble");
      show(cells[2], rate(stage.read_per_min));
      show(cells[3], rate(stage.committed_per_min));
      show(cells[4], count(stage.in_flight));
      show(cells[5], count(stage.backlog));
      show(cells[6], stage.lag_ms < 0 ? "–" : stage.lag_ms < 1000 ? stage.lag_ms + " ms" : span(stage.lag_ms / 1000));
      show(cells[7], count(stage.dead));
      show(cells[8], count(stage.lost));
      show(cells[9], stage.error || (stage.waiting ? "waits for " + stage.waiting : ""));
    });
}

const sum = numbers => numbers.reduce((all, each) => all + Math.max(0, each), 0);

function points(now) {
  list(find("points"), now.points,
    () => element("div", { class: "card" }, element("h3"), element("p", { class: "figure" }), chart(), element("p", { class: "hint" })),
    (card, point) => {
      const found = sum(point.found);
      const all = found + sum(point.missed);
      const ever = point.found_ever + point.missed_ever;
      show(card.children[0], point.point);
      show(card.children[1], all === 0 ? "nothing observed" : `${fine.format(100 * found / all)} % found: ${count(found)} of ${count(all)}`);
      bars(card.children[2], point);
      show(card.children[3], ever === 0 ? "none since the start" : `since the start ${fine.format(100 * point.found_ever / ever)} %: ${count(point.found_ever)} of ${count(ever)}`);
    });
}

function chart() {
  return drawn("svg", { viewBox: "0 0 400 56", preserveAspectRatio: "none", "aria-hidden": "true" },
    drawn("path", { class: "bar-base", d: "M0 55.5H400" }), drawn("g"));
}

function bars(picture, point) {
  const most = Math.max(1, ...point.found.map((each, i) => Math.max(0, each) + Math.max(0, point.missed[i])));
  const wide = 400 / point.found.length;
  const shapes = [];
  point.found.forEach((found, i) => {
    const high = 54 * Math.max(0, found) / most;
    const missed = 54 * Math.max(0, point.missed[i]) / most;
    if (high > 0) shapes.push(drawn("rect", { class: "bar-found", x: i * wide + 1, y: 55 - high, width: wide - 2, height: high }));
    if (missed > 0) shapes.push(drawn("rect", { class: "bar-missed", x: i * wide + 1, y: 55 - high - missed, width: wide - 2, height: missed }));
  });
  picture.lastElementChild.replaceChildren(...shapes);
}

function pairs(now) {
  list(find("pairs"), now.pairs,
    () => element("li", {}, element("span", { class: "word" }), element("span"), element("span", { class: "hint" })),
    (item, pair) => {
      const shape = pair.alarm ? "trouble" : pair.found === 0 || pair.found < pair.expected ? "quiet" : "flowing";
      attribute(item.children[0], "data-shape", shape);
      show(item.children[0], pair.alarm ? "too few" : pair.expected === 0 ? "none expected" : "no alarm");
      show(item.children[1], ` ${pair.pair} ` + (pair.expected === 0 ? "" : fine.format(100 * pair.found / pair.expected) + " % "));
      show(item.children[2], pair.why);
    });
}

function late(now) {
  const waiting = now.stages.filter(stage => stage.limit >= 0);
  if (find("late-cards").firstElementChild?.matches("p")) find("late-cards").replaceChildren();
  list(find("late-cards"), waiting,
    () => element("div", { class: "card" }, element("h3"), element("p", { class: "figure" }),
      element("div", { class: "meter", role: "img" }, drawn("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none" }, drawn("rect", { height: 10 }))),
      element("p", { class: "hint" })),
    (card, stage) => {
      const share = stage.limit > 0 ? Math.min(100, 100 * stage.in_flight / stage.limit) : 0;
      show(card.children[0], stage.stage);
      show(card.children[1], `${count(stage.in_flight)} of ${count(stage.limit)} places taken`);
      attribute(card.children[2], "aria-label", `${Math.round(share)} % of the places are taken`);
      attribute(card.children[2].firstElementChild.firstElementChild, "width", share);
      show(card.children[3], `dropped for want of a place: ${count(stage.dropped)} since the start, ${rate(stage.dropped_per_min)} in a minute`);
    });
  if (waiting.length === 0) find("late-cards").replaceChildren(element("p", { class: "quiet", text: "No stage of this wiring waits for keys." }));
}

function dead(now) {
  const rows = now.dead.length > 0 ? now.dead : [{ stage: "none", reason: "", count: 0 }];
  list(find("dead-table").tBodies[0], rows, row([["th"], ["td"], ["td", "n"]]), ({ cells }, each) => {
    show(cells[0], each.stage);
    show(cells[1], each.reason);
    show(cells[2], count(each.count));
  });
  const filled = now.stages.filter(stage => stage.letters > 0);
  list(find("letters"), filled, () => {
    const button = element("button", { type: "button" });
    button.addEventListener("click", () => letters(button));
    return button;
  }, (button, stage) => {
    button.dataset.stage = stage.stage;
    show(button, `Newest letters of ${stage.stage} (${count(stage.letters)} there)`);
  });
}

function changes(now) {
  list(find("change-list"), now.changes,
    () => element("li", {}, element("time"), element("strong"), element("span")),
    (item, change) => {
      show(item.children[0], clock(change.at_ms));
      attribute(item.children[0], "datetime", new Date(change.at_ms).toISOString());
      show(item.children[1], change.outcome.replace("_", " "));
      show(item.children[2], `, generation ${change.generation}: ${change.said}`);
    });
}

function operations(values) {
  list(find("operation-list"), values.operations ?? [],
    () => element("li", {}, element("time"), element("strong"), element("span"), element("span", { class: "why" })),
    (item, operation) => {
      show(item.children[0], clock(operation.at_ms));
      attribute(item.children[0], "datetime", new Date(operation.at_ms).toISOString());
      show(item.children[1], operation.result);
      show(item.children[2], `: ${operation.what}, by ${operation.who}`);
      show(item.children[3], [operation.why && `why: ${operation.why}`, ...operation.changes, ...operation.failed.map(each => `FAIL ${each}`)].filter(Boolean).join("; "));
    });
  list(find("operation-notes"), values.notes ?? [values.error], () => element("li"), show);
}

/** The ledger is a file: asked for now and then, not sent every second. Where this listener does not show it, it is asked for once. */
async function fetchOperations() {
  if (document.hidden || isStale || !isLedgerShown) return;
  const reply = await fetch("operations", { cache: "no-store" });
  isLedgerShown = reply.status !== 403;
  operations(await reply.json());
}

// ---- questions ----

async function ask(button, answer, path, draw) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  answer.replaceChildren(element("p", { class: "hint", text: "asking Redis" }));
  try {
    let reply = await fetch(path, { cache: "no-store" });
    // One question at a time and one a second, of all who look: who comes in between is asked to wait, and does.
    for (let again = 0; reply.status === 429 && again < 5; again++) {
      await new Promise(done => setTimeout(done, 1100));
      reply = await fetch(path, { cache: "no-store" });
    }
    const values = await reply.json();
    answer.replaceChildren(values.error ? element("p", { text: values.error }) : draw(values));
  } catch (lost) {
    answer.replaceChildren(element("p", { text: "no answer: the server cannot be reached" }));
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

function letters(button) {
  ask(button, find("letters-answer"), "letters?stage=" + encodeURIComponent(button.dataset.stage), values =>
    element("div", { class: "answer" }, element("h3", { text: "Newest dead letters of " + values.stage }),
      ...values.letters.map(letter => element("div", { class: "letter" },
        element("p", {}, element("strong", { text: letter.reason }), element("span", { class: "hint", text: ` ${clock(letter.at_ms)}, letter ${letter.id}, entry ${letter.source_id}, delivered ${letter.deliveries} times` })),
        element("dl", {}, ...letter.fields.flatMap(field => [element("dt", { class: "mono", text: field.name }), element("dd", { class: "mono", text: field.value })])),
        ...(letter.more > 0 ? [element("p", { class: "hint", text: `and ${letter.more} more fields` })] : [])))));
}

function traced(values) {
  return element("div", { class: "answer" },
    element("h3", { text: values.id }),
    element("p", {}, element("strong", { text: values.complete ? "Complete. " : "Not complete. " }), element("span", { text: values.verdict })),
    element("ol", {}, ...values.steps.map(step => element("li", {},
      element("time", { class: "hint mono", text: step.at_ms < 0 ? "–" : clock(step.at_ms) + "." + String(step.at_ms % 1000).padStart(3, "0") }),
      element("span", { text: ` ${step.what} ` }), element("span", { class: "hint", text: step.where })))),
    ...(values.streams.some(stream => stream.stopped_early) ? [element("p", { class: "hint", text: "Some streams hold more than was looked at." })] : []));
}

find("trace-form").addEventListener("submit", event => {
  event.preventDefault();
  const id = find("trace-id").value.trim();
  if (id !== "") ask(event.target.querySelector("button"), find("trace-answer"), "trace?id=" + encodeURIComponent(id), traced);
});

// ---- live ----

function summary(now) {
  attribute(find("status"), "data-shape", now.status === "ok" ? "flowing" : "trouble");
  show(find("status"), now.status === "ok" ? "well" : now.status);
  show(find("facts"), `${now.ready ? "ready" : "not ready"} · ${now.redis}${now.server ? " · " + now.server : ""} · generation ${now.generation} since ${clock(now.generation_since_ms)}`);
}

function render(now) {
  summary(now);
  troubles(now);
  edges(now);
  stages(now);
  points(now);
  pairs(now);
  late(now);
  dead(now);
  changes(now);
}

/** What was true a while ago, with nothing in it that claims to be true now. */
function forgotten(last) {
  return {
    ...last,
    edges: last.edges.map(edge => ({ ...edge, state: "unknown", shape: "unknown", per_min: -1, unread: -1, pending: -1, since_s: -1, why: `no data; last seen ${edge.state}` })),
    stages: last.stages.map(stage => ({ ...stage, status: "unknown", state: "unknown", error: "no data", waiting: "", read_per_min: -1, committed_per_min: -1, in_flight: -1, backlog: -1, lag_ms: -1, dead: -1, lost: -1, dropped: -1, dropped_per_min: -1 })),
    pairs: [],
    points: [],
  };
}

function heard(event) {
  snapshot = JSON.parse(event.data);
  heardAt = performance.now();
  isRefused = false;
  if (isStale) {
    isStale = false;
    find("stale").hidden = true;
    document.body.classList.remove("is-stale");
  }
  if (!graph || graph.generation !== snapshot.generation) fetchGraph().catch(() => {});
  render(snapshot);
}

function watch() {
  const silentMs = performance.now() - heardAt;
  if (silentMs < STALE_AFTER_MS) return;
  const banner = find("stale");
  if (!isStale) {
    isStale = true;
    banner.hidden = false;
    document.body.classList.add("is-stale");
    attribute(find("status"), "data-shape", "unknown");
    show(find("status"), "no data");
    show(find("facts"), snapshot ? "last figures of " + clock(snapshot.at_ms) : "");
    if (snapshot) gone(forgotten(snapshot));
  }
  // The banner is an alert: it is spoken when it changes, so the seconds stand outside of what is spoken.
  const seconds = Math.floor(silentMs / 1000);
  if (banner.children.length === 0) banner.append(element("span", { text: "no data since " }), element("span", { "aria-hidden": "true" }), element("span"));
  show(banner.children[1], span(seconds));
  show(banner.children[2], ". What stands below is not live." + (isRefused ? " The server takes no more viewers, or refuses this one." : ""));
}

function gone(last) {
  spoken = new Map();
  const parent = find("troubles");
  parent.dataset.kind = "gone";
  parent.replaceChildren(element("li", { class: "trouble", text: "Nobody knows: the server says nothing." }));
  edges(last);
  stages(last);
  late(last);
  points(last);
  pairs(last);
}

function connect() {
  if (source) source.close();
  source = new EventSource("live");
  source.onmessage = heard;
  // A browser gives up for good on an answer that is no stream, such as the one that says that there is no place.
  source.onerror = () => {
    isRefused = source.readyState === EventSource.CLOSED;
    if (isRefused) setTimeout(connect, RECONNECT_MS);
  };
}

fetchGraph().catch(() => {});
fetchOperations().catch(() => {});
connect();
setInterval(() => fetchOperations().catch(() => {}), LEDGER_EVERY_MS);
setInterval(watch, 500);
