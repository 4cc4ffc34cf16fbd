// Opens map.html of a folder in headless Chromium and uses it as a reader would.
//
// usage: node --experimental-websocket play.mjs FOLDER CLAIMS ON_5_OCTOBER RUSSIAN
// Says 'skipped' where node has no WebSocket or there is no Chromium.

import { join } from "node:path";
import { ask, close, errors, key, picture as save, requests, send, set, visit, wait } from "./browser.mjs";

const [folder, claims, onDay, russian] = [process.argv[2], ...process.argv.slice(3).map(Number)];
let failed = 0;
const check = (what, holds, found = "") => { if (!holds) failed += 1; console.log(holds ? "ok  " : "FAIL", what, found); };
const picture = (name) => save(join(folder, name));
const shown = () => ask('Number(document.getElementById("summary").dataset.shown)');

try {
  await visit(join(folder, "map.html"));

  check("all claims are there", (await shown()) === claims, await shown());
  check("text stays text", (await ask('document.title')) !== "x" && (await ask('document.querySelectorAll("script").length')) === 2);
  await picture("page-all.png");

  await set("window", "1");
  await set("from", "2024-10-05"); await set("to", "2024-10-05");
  check("one day shows its claims", (await shown()) === onDay, await shown());
  await set("window", "all");

  await ask('document.querySelectorAll("[data-filter=actor_side]").forEach((tick) => { if (tick.dataset.word !== "RU") tick.click(); })');
  check("a side can be chosen", (await shown()) === russian, await shown());
  await ask('document.getElementById("reset").click()');

  await set("search", "item 17 ", "input"); await set("search", "item 17.", "input");
  await wait(300);
  check("a sentence is found", (await shown()) === 1, await shown());
  await ask('document.getElementById("reset").click()');
  check("all come back", (await shown()) === claims);

  await ask('document.querySelector("#panel .row").click()');
  const opened = await ask('document.querySelector("#panel article").innerText');
  check("a claim opens with its sentence", opened.includes("Russian forces reportedly advanced"), opened.slice(0, 60));
  check("with its source", (await ask('document.querySelector("#panel article a")?.href || ""')).startsWith("https://example.org/"));
  await ask('document.querySelector("#panel article summary").click()');
  await wait(100);
  check("and its reasons", (await ask('document.querySelector("#panel article details").textContent')).includes("name as displayed"));
  check("markup in a title is shown", (await ask('document.querySelector("#panel article a").textContent')).includes("</script><script>alert('x')</script>"));
  await wait(300);
  await picture("page-claim.png");
  await key("Escape");
  check("Escape goes back to the list", await ask('document.querySelectorAll("#panel .row").length > 0'));

  // A click on the map, where a symbol is.
  const at = await ask('(() => { const s = symbols[0], box = document.getElementById("map").getBoundingClientRect(), p = claimLayer._bounds.min.add(map._getMapPanePos()); return [box.x + s.x + p.x, box.y + s.y + p.y]; })()');
  await send("Input.dispatchMouseEvent", { type: "mouseMoved", x: at[0], y: at[1] });
  await wait(150);
  check("a symbol says what it is", (await ask('document.querySelector(".tip")?.textContent || ""')).length > 5, await ask('document.querySelector(".tip")?.textContent || ""'));
  for (const type of ["mousePressed", "mouseReleased"]) await send("Input.dispatchMouseEvent", { type, x: at[0], y: at[1], button: "left", clickCount: 1 });
  await wait(400);
  check("a symbol opens its claims", await ask('document.querySelectorAll("#panel article").length > 0'));
  await key("Escape");

  await ask('document.activeElement.blur()');
  await set("window", "7");
  await key("Home"); await key("ArrowRight", "ArrowRight");
  const before = await ask('document.getElementById("when").textContent');
  await key(" ", "Space");
  await wait(1600);
  const after = await ask('document.getElementById("when").textContent');
  check("it plays", before !== after && (await ask('document.getElementById("play").getAttribute("aria-pressed")')) === "true", before + " -> " + after);
  await key(" ", "Space");
  check("and pauses", (await ask('document.getElementById("play").getAttribute("aria-pressed")')) === "false");

  const took = await ask('(() => { const t = performance.now(); for (let i = 0; i < 20; i += 1) setDay(days.first + i); return (performance.now() - t) / 20; })()');
  check("a step is quick", took < 60, took.toFixed(1) + " ms");
  await ask('document.getElementById("theme").click()');
  await wait(200);
  await picture("page-dark.png");
  await ask('document.getElementById("theme").click()');

  await send("Emulation.setDeviceMetricsOverride", { width: 390, height: 800, deviceScaleFactor: 2, mobile: true });
  await send("Page.reload");
  await wait(1200);
  check("a phone sees no sideways scroll", await ask('document.documentElement.scrollWidth <= innerWidth'));
  check("a phone sees all claims", (await shown()) === claims);
  await picture("page-phone.png");

  const outside = requests.filter((url) => !/^(file|data|about|blob):/.test(url));
  check("no request leaves", outside.length === 0, outside.slice(0, 3));
  check("no errors", errors.length === 0, errors.slice(0, 3));
} catch (error) {
  check("the page can be used", false, error.stack);
} finally {
  console.log(failed, "failed");
  await close();
  process.exit(failed ? 1 : 0);
}
