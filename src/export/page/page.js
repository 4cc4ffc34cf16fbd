// The controls: time, filters, search, panel, histogram, keyboard. Text from reports is only ever set as text.

const $ = (id) => document.getElementById(id);
const make = (tag, text, name) => {
  const element = document.createElement(tag);
  if (text !== undefined && text !== null) element.textContent = text;
  if (name) element.className = name;
  return element;
};

const symbolCanvas = (side, type, status) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 36;
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  drawSymbol(context, 9, 9, 6, side, type, status);
  return canvas;
};

// Time

const DAYS_SHOWN = () => state.to - state.from + 1;
const setRange = (from, to, keep) => {
  state.to = Math.max(whole.first, Math.min(whole.last, to));
  state.from = Math.max(whole.first, Math.min(state.to, from));
  if (!keep) { state.window = "own"; }
  update();
};
const setDay = (day) => {
  if (state.window === "all") state.window = "1";
  const to = Math.max(days.first, Math.min(days.last, day));
  const length = state.window === "own" ? DAYS_SHOWN() : Number(state.window);
  setRange(state.window === "so-far" ? whole.first : to - length + 1, to, true);
};
const setWindow = (window) => {
  const leaving = state.window;
  state.window = window;
  if (window === "all") setRange(whole.first, whole.last, true);
  else setDay(leaving === "all" ? days.first + (window === "so-far" ? 0 : Number(window) - 1) : state.to);
};

let timer = null;
const pause = () => { clearInterval(timer); timer = null; showPlaying(); };
const showPlaying = () => { $("play").textContent = timer ? "⏸ Pause" : "▶ Play"; $("play").setAttribute("aria-pressed", String(Boolean(timer))); };
const play = () => {
  if (timer) { pause(); return; }
  if (state.window === "all") setWindow("1");
  if (state.to >= days.last) setDay(days.first + (DAYS_SHOWN() - 1) * (state.window === "so-far" ? 0 : 1));
  timer = setInterval(() => { if (state.to >= days.last) pause(); else setDay(state.to + state.step); }, Number($("speed").value));
  showPlaying();
};

// Filters

const choices = [];
const buildFilters = () => {
  $("groups").replaceChildren();
  choices.length = 0;
  for (const filter of FILTERS) {
    const counts = new Map();
    claims.forEach((claim) => counts.set(claim[filter.name] || "", (counts.get(claim[filter.name] || "") || 0) + 1));
    const words = filter.words.filter((choice) => counts.has(choice.word));
    if (words.length < 2 && filter.name === "source") continue;
    const box = make("fieldset");
    box.append(make("legend", filter.title));
    for (const choice of words) {
      const label = make("label", null, "choice"), tick = document.createElement("input");
      tick.type = "checkbox";
      tick.checked = !state.hidden[filter.name].has(choice.word);
      tick.dataset.filter = filter.name;
      tick.dataset.word = choice.word;
      tick.addEventListener("change", () => {
        const hidden = state.hidden[filter.name];
        if (tick.checked) hidden.delete(choice.word); else hidden.add(choice.word);
        refilter(); update();
      });
      label.append(tick);
      if (filter.name === "actor_side") label.append(symbolCanvas(choice.word, "control", "asserted"));
      if (filter.name === "claim_type") label.append(symbolCanvas("unknown", choice.word, "asserted"));
      if (filter.name === "status") label.append(symbolCanvas("unknown", "control", choice.word));
      label.append(make("span", choice.label, "name"), make("span", counts.get(choice.word), "count"));
      label.title = choice.label;
      box.append(label);
      choices.push(tick);
    }
    $("groups").append(box);
  }
};

const reset = () => {
  FILTERS.forEach((filter) => state.hidden[filter.name].clear());
  state.search = ""; $("search").value = "";
  choices.forEach((tick) => { tick.checked = true; });
  refilter(); update();
};

// Panel

// What fits into a panel that is read; building more rows than that is what would make a step slow.
const LONGEST_LIST = 100;
const TITLES = Object.fromEntries(raw.columns.map((column) => [column.name, column.alias]));
const label = (words, word) => (words.find((choice) => choice.word === word) || { label: word }).label;
const dates = (claim) => (claim.first === claim.last ? isoOf(claim.first) : isoOf(claim.first) + " to " + isoOf(claim.last));
const where = (claim) => {
  const beside = claim.relation === "dir" && claim.rel_bearing ? claim.rel_bearing + " of " : "";
  return beside + (claim.place_name || claim.place_text || "no place");
};

const listRow = (claim) => {
  const row = make("button", null, "row");
  row.type = "button";
  row.append(make("span", `${where(claim)}: ${claim.claim_type}, ${claim.status}`));
  row.append(make("small", `${dates(claim)} · ${label(raw.sides, claim.actor_side)} · ${claim.source || claim.doc_id}`));
  row.addEventListener("click", () => open([claim], true));
  return row;
};

const article = (claim) => {
  const box = make("article"), head = make("h3");
  box.dataset.claim = claim.claim_id;
  head.append(symbolCanvas(claim.actor_side, claim.claim_type, claim.status), make("span", `${label(raw.sides, claim.actor_side)}: ${claim.claim_type}, ${claim.status}`));
  box.append(head, make("p", `${where(claim)}${claim.adm1 ? ", " + claim.adm1 : ""} · ${dates(claim)}`, "meta"));
  box.append(make("blockquote", claim.sentence));
  const source = make("p", null, "meta"), name = [claim.source, claim.title].filter(Boolean).join(", ") || claim.doc_id;
  if (/^https?:\/\//i.test(claim.url || "")) {
    const link = make("a", name);
    link.href = claim.url; link.rel = "noopener noreferrer"; link.target = "_blank";
    source.append(link);
  } else source.textContent = name;
  box.append(source);
  if (claim.uncertainty_m) box.append(make("p", `Within ${(claim.uncertainty_m / 1000).toFixed(1)} km in nine of ten cases`, "meta"));
  const details = make("details"), list = make("dl");
  details.append(make("summary", "Why it is read and placed so"));
  // Forty rows a claim are made when somebody asks for them.
  details.addEventListener("toggle", () => {
    if (list.childElementCount) return;
    for (const column of raw.columns) {
      const value = claim[column.name];
      if (value === null || value === undefined || ["sentence", "title", "url", "lon", "lat"].includes(column.name)) continue;
      list.append(make("dt", TITLES[column.name]), make("dd", value));
    }
  });
  details.append(list);
  box.append(details);
  return box;
};

const open = (found, pan) => {
  state.open = found;
  marked = { claims: found.filter((claim) => claim.lon !== null) };
  $("panel-title").textContent = found.length === 1 ? where(found[0]) : `${found.length} claims at ${found[0].place_name || "this place"}`;
  const articles = found.slice(0, LONGEST_LIST).map(article);
  if (found.length > LONGEST_LIST) articles.push(make("p", `and ${found.length - LONGEST_LIST} more: filter or shorten the time to read them`, "more"));
  $("panel-body").replaceChildren(...articles);
  $("panel-body").scrollTop = 0;
  $("close").hidden = false;
  if (pan && found[0].lon !== null) map.setView([found[0].lat, found[0].lon], Math.max(map.getZoom(), 8));
  claimLayer.redraw();
};
const closePanel = () => { state.open = null; marked = null; $("close").hidden = true; showList(); claimLayer.redraw(); };

const showList = () => {
  if (state.open) return;
  const found = shown(), unplaced = found.filter((claim) => claim.lon === null);
  $("panel-title").textContent = `${found.length} claims`;
  const rows = found.slice(0, LONGEST_LIST).map(listRow);
  if (found.length > LONGEST_LIST) rows.push(make("p", `and ${found.length - LONGEST_LIST} more: filter or shorten the time to list them`, "more"));
  if (!found.length) rows.push(make("p", "Nothing here: choose other days or filters.", "more"));
  if (unplaced.length) rows.unshift(make("p", `${unplaced.length} of them could not be placed on the map.`, "more"));
  $("panel-body").replaceChildren(...rows);
};

// Histogram: claims that pass the filters, by day and side

let heldBars = { filtered: -1, found: [] };
const bars = () => {
  if (heldBars.filtered === filtered) return heldBars.found;
  const found = Array.from({ length: days.last - days.first + 1 }, () => raw.sides.map(() => 0));
  passing.forEach((claim) => {
    if (claim.first < days.first || claim.first > days.last) return;
    const side = raw.sides.findIndex((side) => side.word === claim.actor_side);
    found[claim.first - days.first][side < 0 ? raw.sides.length - 1 : side] += 1;
  });
  heldBars = { filtered, found };
  return found;
};
const drawHistogram = () => {
  const canvas = $("histogram"), ratio = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
  canvas.width = width * ratio; canvas.height = height * ratio;
  const context = canvas.getContext("2d"), all = bars(), step = width / all.length;
  context.scale(ratio, ratio);
  const most = Math.max(1, ...all.map((counts) => counts.reduce((sum, count) => sum + count, 0)));
  context.fillStyle = colour("accent"); context.globalAlpha = 0.16;
  context.fillRect(Math.max(0, state.from - days.first) * step, 0, (Math.min(state.to, days.last) - Math.max(state.from, days.first) + 1) * step, height);
  context.globalAlpha = 1;
  all.forEach((counts, day) => {
    let base = height;
    counts.forEach((count, side) => {
      const tall = (count / most) * (height - 4);
      context.fillStyle = sideColour(raw.sides[side].word);
      context.fillRect(day * step + (step > 3 ? 0.5 : 0), base - tall, Math.max(0.5, step - (step > 3 ? 1 : 0)), tall);
      base -= tall;
    });
  });
};
const dayAt = (event) => {
  const box = $("histogram").getBoundingClientRect();
  return days.first + Math.max(0, Math.min(days.last - days.first, Math.floor(((event.clientX - box.left) / box.width) * (days.last - days.first + 1))));
};
let dragged = null;
$("histogram").addEventListener("pointerdown", (event) => { dragged = dayAt(event); $("histogram").setPointerCapture(event.pointerId); setDay(dragged); });
$("histogram").addEventListener("pointermove", (event) => {
  if (dragged === null) return;
  const day = dayAt(event);
  if (day !== dragged) setRange(Math.min(day, dragged), Math.max(day, dragged));
});
$("histogram").addEventListener("pointerup", () => { dragged = null; });

// All together

const update = () => {
  regroup();
  claimLayer.redraw();
  drawHistogram();
  showList();
  const found = shown();
  $("summary").textContent = `${found.length} of ${claims.length} claims`;
  $("summary").dataset.shown = found.length;
  $("when").textContent = state.from === state.to ? isoOf(state.from) : `${isoOf(state.from)} to ${isoOf(state.to)}`;
  $("day").value = state.to;
  $("day").setAttribute("aria-valuetext", $("when").textContent);
  $("from").value = isoOf(state.from); $("to").value = isoOf(state.to);
  $("window").value = state.window;
};

$("title").textContent = raw.title;
Object.assign($("day"), { min: days.first, max: days.last });
["from", "to"].forEach((id) => Object.assign($(id), { min: isoOf(whole.first), max: isoOf(whole.last) }));
$("day").addEventListener("input", () => { pause(); setDay(Number($("day").value)); });
$("window").addEventListener("change", () => { setWindow($("window").value); });
$("step").addEventListener("change", () => { state.step = Number($("step").value); });
$("speed").addEventListener("change", () => { if (timer) { pause(); play(); } });
$("from").addEventListener("change", () => { if ($("from").value) setRange(dayOf($("from").value), Math.max(state.to, dayOf($("from").value))); });
$("to").addEventListener("change", () => { if ($("to").value) setRange(Math.min(state.from, dayOf($("to").value)), dayOf($("to").value)); });
$("play").addEventListener("click", play);
$("back").addEventListener("click", () => { pause(); setDay(state.to - state.step); });
$("next").addEventListener("click", () => { pause(); setDay(state.to + state.step); });
$("first").addEventListener("click", () => { pause(); setDay(days.first); });
$("last").addEventListener("click", () => { pause(); setDay(days.last); });
$("close").addEventListener("click", closePanel);
$("reset").addEventListener("click", reset);
let typing = null;
$("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => { state.search = $("search").value.trim().toLowerCase(); refilter(); update(); }, 120); });
const repaint = () => { newColours(); buildFilters(); groundLayer.redraw(); cityLayer.redraw(); update(); };
$("theme").addEventListener("click", () => { document.documentElement.dataset.theme = dark() ? "light" : "dark"; repaint(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
addEventListener("resize", drawHistogram);
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typingHere = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape") { if (typingHere) event.target.blur(); else closePanel(); return; }
  if (typingHere) return;
  const does = { " ": play, ArrowLeft: () => $("back").click(), ArrowRight: () => $("next").click(), Home: () => $("first").click(), End: () => $("last").click(), "/": () => $("search").focus() }[event.key];
  if (!does || (event.key === " " && event.target.tagName === "BUTTON")) return;
  event.preventDefault(); event.stopPropagation();
  does();
}, true);

const tip = L.tooltip({ className: "tip", direction: "top", offset: [0, -8], opacity: 1 });
map.on("mousemove", (event) => {
  const symbol = symbolAt(event.containerPoint);
  $("map").style.cursor = symbol ? "pointer" : "";
  const group = symbol && symbol.group;
  if (!state.open && (marked && marked.key) !== (group && group.key)) { marked = group; claimLayer.redraw(); }
  if (!group) { tip.remove(); return; }
  const [claim] = group.claims, text = make("span", `${where(claim)}: ${group.claims.length === 1 ? `${claim.claim_type}, ${claim.status}, ${dates(claim)}` : `${group.claims.length} claims`}`);
  tip.setLatLng([claim.lat, claim.lon]).setContent(text).addTo(map);
});
map.on("click", (event) => { const symbol = symbolAt(event.containerPoint); if (symbol) open(symbol.group.claims, false); else if (state.open) closePanel(); });

const credit = make("span", raw.attribution);
map.attributionControl.addAttribution(credit.innerHTML);
const placed = claims.filter((claim) => claim.lon !== null);
// Most of the claims, not the farthest one, decide what is in view.
const middle = (values, share) => values.sort((a, b) => a - b)[Math.floor(share * (values.length - 1))];
const frame = () => {
  if (!placed.length) return [[45, 28], [52.5, 41]];
  const [lons, lats] = [placed.map((claim) => claim.lon), placed.map((claim) => claim.lat)];
  return [[middle(lats, 0.02), middle(lons, 0.02)], [middle(lats, 0.98), middle(lons, 0.98)]];
};
if (matchMedia("(max-width: 760px)").matches) $("filters").open = false;
map.fitBounds(frame(), { padding: [40, 40], maxZoom: 9 });
$("filters").addEventListener("toggle", () => map.invalidateSize());
buildFilters();
refilter();
update();
