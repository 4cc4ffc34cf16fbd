// What the page knows: rows decoded into claims, days as whole numbers, and which claims pass the filters.
// Drawing is map.js's work, the controls are page.js's.

const raw = JSON.parse(document.getElementById("data").textContent);
const DAY_MS = 86400000;
const dayOf = (text) => (text ? Math.round(Date.parse(text.slice(0, 10) + "T00:00:00Z") / DAY_MS) : null);
const isoOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

const claims = raw.rows.map((cells, at) => {
  const claim = { at };
  raw.columns.forEach((column, i) => {
    const cell = cells[i];
    claim[column.name] = column.text && cell !== null ? raw.strings[cell] : cell;
  });
  // Where it stands, as one value that many claims share; and how it looks.
  claim.point = claim.lon === null ? null : claim.lon + "," + claim.lat;
  claim.look = [claim.actor_side, claim.claim_type, claim.status].join("|");
  claim.first = dayOf(claim.start);
  claim.last = dayOf(claim.end);
  claim.area = raw.shapes[raw.areas[claim.claim_id]] || null;
  claim.haystack = [claim.place_name, claim.place_text, claim.adm1, claim.actor, claim.unit, claim.sentence, claim.claimed_by]
    .filter(Boolean).join(" ").toLowerCase();
  return claim;
});

// The days that the slider runs over; and those of all claims, some of which may lie years off.
const days = raw.days ? { first: dayOf(raw.days[0]), last: dayOf(raw.days[1]) } : { first: 0, last: 0 };
const whole = claims.reduce(
  (held, claim) => ({ first: Math.min(held.first, claim.first), last: Math.max(held.last, claim.last) }), days);

// Groups of choices; an empty set of the hidden means that everything shows.
const FILTERS = [
  { name: "actor_side", title: "Side", words: raw.sides },
  { name: "claim_type", title: "Type", words: raw.types },
  { name: "status", title: "Status", words: raw.statuses },
  { name: "source", title: "Source", words: [...new Set(claims.map((claim) => claim.source || ""))].sort().map((word) => ({ word, label: word || "not said" })) },
];

const state = {
  from: whole.first,
  to: whole.last,
  window: "all",
  step: 1,
  hidden: Object.fromEntries(FILTERS.map((filter) => [filter.name, new Set()])),
  search: "",
  open: null,
};

const inTime = (claim) => claim.first <= state.to && claim.last >= state.from;

let passing = claims;
// Changes whenever `passing` does, so that what is counted of it need not be counted at every step of the time.
let filtered = 0;
const refilter = () => {
  const hiding = FILTERS.map(({ name }) => [name, state.hidden[name]]).filter(([, hidden]) => hidden.size);
  const search = state.search;
  passing = claims.filter((claim) =>
    hiding.every(([name, hidden]) => !hidden.has(claim[name] || "")) && (!search || claim.haystack.includes(search)));
  filtered += 1;
};

// The claims that pass and lie in time; the same list until one of both changes.
let held = { key: "", found: [] };
const shown = () => {
  const key = `${filtered}/${state.from}/${state.to}`;
  if (held.key !== key) held = { key, found: passing.filter(inTime) };
  return held.found;
};
