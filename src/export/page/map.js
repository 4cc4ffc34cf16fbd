// Drawing: the basemap and the claims on canvases of Leaflet's, shapes and colours as data.js has them from the style.

const WORLD = 256;
const mercator = (lon, lat) => {
  const sin = Math.max(-0.9999, Math.min(0.9999, Math.sin((lat * Math.PI) / 180)));
  return [(WORLD * (lon + 180)) / 360, WORLD * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI))];
};

// A list of whole numbers in thousandths of a degree, the first corner and then steps, as points of the world at zoom 0.
const decoded = (steps) => {
  const line = new Float64Array(steps.length);
  let lon = 0, lat = 0;
  for (let i = 0; i < steps.length; i += 2) {
    lon += steps[i]; lat += steps[i + 1];
    [line[i], line[i + 1]] = mercator(lon / 1000, lat / 1000);
  }
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < line.length; i += 2) {
    west = Math.min(west, line[i]); east = Math.max(east, line[i]);
    north = Math.min(north, line[i + 1]); south = Math.max(south, line[i + 1]);
  }
  return { line, west, north, east, south };
};

const dark = () => {
  const theme = document.documentElement.dataset.theme;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};
// Asked for by every symbol, so each is looked up once a drawing: before one begins, `newColours` forgets them.
const heldColours = new Map();
const newColours = () => heldColours.clear();
const remembered = (name, find) => {
  if (!heldColours.has(name)) heldColours.set(name, find());
  return heldColours.get(name);
};
const colour = (name) => remembered("--" + name, () => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim());
const onDark = () => remembered("dark", dark);
const sideColour = (word) => remembered("side " + word, () => {
  const side = raw.sides.find((side) => side.word === word) || raw.sides[raw.sides.length - 1];
  return onDark() ? side.on_dark : side.color;
});

// A canvas that covers the view and moves with it; `paint(context, view)` draws in pixels of the canvas.
const Painted = L.Renderer.extend({
  initialize(paint, options) { L.Renderer.prototype.initialize.call(this, options); this._paint = paint; },
  _initContainer() { this._container = document.createElement("canvas"); this._context = this._container.getContext("2d"); },
  _destroyContainer() { L.DomUtil.remove(this._container); delete this._context; },
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const ratio = window.devicePixelRatio || 1, size = this._bounds.getSize(), canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    canvas.width = size.x * ratio; canvas.height = size.y * ratio;
    canvas.style.width = size.x + "px"; canvas.style.height = size.y + "px";
    this.redraw();
  },
  redraw() {
    if (!this._context || !this._bounds) return;
    newColours();
    const ratio = window.devicePixelRatio || 1, zoom = this._map.getZoom(), size = this._bounds.getSize();
    const origin = this._map.getPixelOrigin().add(this._bounds.min), scale = this._map.getZoomScale(zoom, 0);
    this._context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this._context.clearRect(0, 0, size.x, size.y);
    this._paint(this._context, {
      zoom, scale, size,
      x: (world) => world * scale - origin.x,
      y: (world) => world * scale - origin.y,
      sees: (box) => box.east * scale >= origin.x && box.west * scale <= origin.x + size.x && box.south * scale >= origin.y && box.north * scale <= origin.y + size.y,
    });
  },
  onAdd() { L.Renderer.prototype.onAdd.call(this); },
});

const ground = Object.fromEntries(["world", "world_edges", "land", "lakes", "rivers", "units", "borders"].map((name) => [name, raw.basemap[name].map(decoded)]));
const cities = raw.basemap.cities.map(([name, lon, lat, thousands]) => ({ name, thousands, at: mercator(lon, lat) }));

const trace = (context, view, line, close) => {
  context.moveTo(view.x(line[0]), view.y(line[1]));
  for (let i = 2; i < line.length; i += 2) context.lineTo(view.x(line[i]), view.y(line[i + 1]));
  if (close) context.closePath();
};

const paintGround = (context, view) => {
  const path = (parts, close) => {
    context.beginPath();
    parts.filter(view.sees).forEach((part) => trace(context, view, part.line, close));
  };
  const fill = (parts, name) => { path(parts, true); context.fillStyle = colour(name); context.fill("evenodd"); };
  const stroke = (parts, name, width) => { path(parts, false); context.strokeStyle = colour(name); context.lineWidth = width; context.stroke(); };
  context.lineJoin = "round";
  // Each country alone: their coarse outlines overlap, and where even meets odd there would be holes.
  ground.world.filter(view.sees).forEach((part) => {
    context.beginPath(); trace(context, view, part.line, true);
    context.fillStyle = colour("land"); context.fill();
  });
  stroke(ground.world_edges, "unit", 0.8);
  fill(ground.land, "land");
  fill(ground.lakes, "sea");
  stroke(ground.rivers, "river", view.zoom > 6 ? 1.6 : 1);
  if (view.zoom >= 5) stroke(ground.units, "unit", 0.8);
  stroke(ground.borders, "border", view.zoom > 6 ? 1.6 : 1.1);
};

const paintCities = (context, view) => {
  const least = [5000, 5000, 5000, 3000, 2000, 900, 350, 130, 60, 0][Math.min(9, Math.floor(view.zoom))];
  const taken = [];
  context.font = "11px system-ui, sans-serif"; context.textBaseline = "middle";
  for (const city of cities) {
    if (city.thousands < least) break;
    const x = view.x(city.at[0]), y = view.y(city.at[1]);
    if (x < 0 || y < 0 || x > view.size.x || y > view.size.y) continue;
    const width = context.measureText(city.name).width, box = [x - 4, y - 8, x + width + 8, y + 8];
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    context.fillStyle = colour("city"); context.beginPath(); context.arc(x, y, 1.8, 0, 7); context.fill();
    context.lineWidth = 3; context.strokeStyle = colour("halo"); context.strokeText(city.name, x + 6, y); context.fillText(city.name, x + 6, y);
  }
};

const outlines = Object.fromEntries(raw.types.map((type) => [type.word, type.outline]));
const looks = Object.fromEntries(raw.statuses.map((status) => [status.word, status]));

const drawSymbol = (context, x, y, radius, side, type, status) => {
  const outline = outlines[type] || outlines.control, look = looks[status] || looks.asserted, main = sideColour(side);
  context.beginPath();
  outline.forEach(([right, down], i) => (i ? context.lineTo(x + right * radius, y + down * radius) : context.moveTo(x + right * radius, y + down * radius)));
  context.closePath();
  if (look.fill < 1) { context.fillStyle = colour("paper"); context.globalAlpha = 0.8; context.fill(); }
  context.globalAlpha = look.fill; context.fillStyle = main; context.fill(); context.globalAlpha = 1;
  const edges = { dark: [onDark() ? "#ffffff" : "#141414", 1.8, []], white: [onDark() ? "#15191d" : "#ffffff", 1, []], plain: [main, 1.7, []], dashed: [main, 1.7, [4, 2.5]], dotted: [main, 1.7, [1.6, 2]] };
  const [edge, width, dashes] = edges[look.edge];
  context.strokeStyle = edge; context.lineWidth = width; context.setLineDash(dashes); context.stroke(); context.setLineDash([]);
};

// Claims at one point form a group; those that look alike share a symbol, and several symbols stand around the point.
let groups = [], symbols = [], marked = null;
const regroup = () => {
  const found = new Map();
  for (const claim of shown()) {
    if (claim.lon === null) continue;
    const key = claim.point;
    let group = found.get(key);
    if (!group) found.set(key, (group = { key, at: mercator(claim.lon, claim.lat), claims: [], looks: new Map() }));
    group.claims.push(claim);
    group.looks.set(claim.look, (group.looks.get(claim.look) || 0) + 1);
  }
  groups = [...found.values()];
};

const ringOf = (count, radius) => {
  if (count === 1) return [[0, 0]];
  const places = [];
  for (let ring = 1; places.length < count; ring += 1) {
    const room = ring * 6, here = Math.min(room, count - places.length), far = radius * (count === 2 ? 1 : 1.25) * (2 * ring - 1);
    for (let i = 0; i < here; i += 1) {
      const angle = (2 * Math.PI * i) / here - Math.PI / 2 + (count === 2 ? Math.PI / 2 : 0);
      places.push([far * Math.cos(angle), far * Math.sin(angle)]);
    }
  }
  return places;
};

const paintArea = (context, view, claim) => {
  context.beginPath();
  if (claim.area) claim.area.forEach((ring) => trace(context, view, decoded(ring).line, true));
  else if (claim.uncertainty_m) {
    const [x, y] = mercator(claim.lon, claim.lat);
    const metres = (40075016.7 * Math.cos((claim.lat * Math.PI) / 180)) / (WORLD * view.scale);
    context.arc(view.x(x), view.y(y), claim.uncertainty_m / metres, 0, 7);
  }
  context.fillStyle = sideColour(claim.actor_side); context.globalAlpha = 0.14; context.fill("evenodd");
  context.globalAlpha = 0.9; context.strokeStyle = context.fillStyle; context.lineWidth = 1.2; context.setLineDash([5, 3]); context.stroke();
  context.setLineDash([]); context.globalAlpha = 1;
};

const paintClaims = (context, view) => {
  symbols = [];
  // Hundreds of claims at a place may share one area; over each other they would only darken it.
  const areas = new Map(marked ? marked.claims.map((claim) => [[claim.actor_side, claim.point, raw.areas[claim.claim_id], claim.uncertainty_m].join("|"), claim]) : []);
  areas.forEach((claim) => paintArea(context, view, claim));
  const radius = view.zoom >= 8 ? 7 : view.zoom >= 6 ? 5.5 : 4.5;
  for (const group of groups) {
    const x = view.x(group.at[0]), y = view.y(group.at[1]);
    if (x < -30 || y < -30 || x > view.size.x + 30 || y > view.size.y + 30) continue;
    const places = ringOf(group.looks.size, radius);
    let i = 0;
    for (const [look, count] of group.looks) {
      const [side, type, status] = look.split("|"), [right, down] = places[i];
      i += 1;
      drawSymbol(context, x + right, y + down, radius, side, type, status);
      symbols.push({ group, x: x + right, y: y + down, radius, look, count });
    }
  }
};

const map = L.map("map", { zoomControl: true, minZoom: 2, maxZoom: 13, worldCopyJump: false, attributionControl: true });
map.attributionControl.setPrefix(false);
map.createPane("ground").style.zIndex = 200;
map.createPane("claims").style.zIndex = 450;
const groundLayer = new Painted(paintGround, { pane: "ground", padding: 0.3 }).addTo(map);
const cityLayer = new Painted(paintCities, { pane: "ground", padding: 0.3 }).addTo(map);
const claimLayer = new Painted(paintClaims, { pane: "claims", padding: 0.3 }).addTo(map);
L.control.scale({ imperial: false }).addTo(map);

// The symbol under a point of the map's own pixels.
const symbolAt = (point) => {
  const at = claimLayer._bounds ? point.subtract(claimLayer._bounds.min).subtract(map._getMapPanePos()) : point;
  let best = null, least = 14 * 14;
  for (const symbol of symbols) {
    const far = (symbol.x - at.x) ** 2 + (symbol.y - at.y) ** 2;
    if (far < least) { least = far; best = symbol; }
  }
  return best;
};
