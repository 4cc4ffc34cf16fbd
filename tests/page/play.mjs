// Opens map.html of a folder in headless Chromium and uses it as a reader would.
//
// usage: node --experimental-websocket play.mjs FOLDER CLAIMS ON_5_OCTOBER RUSSIAN
// Speaks the DevTools protocol itself, so that it needs nothing but node (20 with --experimental-websocket, or later) and Chromium; says 'skipped' where one is missing.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, claims, onDay, russian] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const browser = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
if (!browser || typeof WebSocket === "undefined") {
  console.log("skipped:", browser ? "node has no WebSocket" : "no Chromium");
  process.exit(0);
}

let failed = 0;
const check = (what, holds, found = "") => { if (!holds) failed += 1; console.log(holds ? "ok  " : "FAIL", what, found); };
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

const profile = mkdtempSync(join(tmpdir(), "frontmap-page-"));
const running = spawn(browser, ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1280,820", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
const address = await new Promise((found, fail) => {
  let said = "";
  running.stderr.on("data", (data) => { said += data; const at = said.match(/ws:\/\/[^\s]+/); if (at) found(at[0]); });
  running.on("exit", () => fail(new Error(said)));
  setTimeout(() => fail(new Error("the browser did not start: " + said)), 30000);
});

const socket = new WebSocket(address);
await new Promise((open) => socket.addEventListener("open", open));
let last = 0, session;
const waiting = new Map(), requests = [], errors = [];
socket.addEventListener("message", ({ data }) => {
  const message = JSON.parse(data);
  if (message.id) { waiting.get(message.id)(message); waiting.delete(message.id); return; }
  if (message.method === "Network.requestWillBeSent") requests.push(message.params.request.url);
  if (message.method === "Runtime.exceptionThrown") errors.push(message.params.exceptionDetails.exception?.description || message.params.exceptionDetails.text);
  if (message.method === "Log.entryAdded" && message.params.entry.level === "error") errors.push(message.params.entry.text);
});
const send = (method, params = {}) => new Promise((done, fail) => {
  last += 1;
  waiting.set(last, (message) => (message.error ? fail(new Error(method + ": " + message.error.message)) : done(message.result)));
  socket.send(JSON.stringify({ id: last, method, params, ...(session ? { sessionId: session } : {}) }));
});
const { targetInfos } = await send("Target.getTargets");
({ sessionId: session } = await send("Target.attachToTarget", { targetId: targetInfos.find((target) => target.type === "page").targetId, flatten: true }));
for (const domain of ["Page", "Runtime", "Network", "Log"]) await send(domain + ".enable");

const ask = async (expression) => {
  const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
  if (exceptionDetails) throw new Error(expression + ": " + (exceptionDetails.exception?.description || exceptionDetails.text));
  return result.value;
};
const key = async (name, code = name) => {
  await send("Input.dispatchKeyEvent", { type: "keyDown", key: name, code, text: name === " " ? " " : undefined });
  await send("Input.dispatchKeyEvent", { type: "keyUp", key: name, code });
};
const picture = async (name) => {
  const { data } = await send("Page.captureScreenshot", { format: "png" });
  writeFileSync(join(folder, name), Buffer.from(data, "base64"));
};
const shown = () => ask('Number(document.getElementById("summary").dataset.shown)');
const set = (id, value, event = "change") => ask(`{ const e = document.getElementById("${id}"); e.value = "${value}"; e.dispatchEvent(new Event("${event}")); }`);

try {
  await send("Page.navigate", { url: pathToFileURL(resolve(folder, "map.html")).href });
  for (let tries = 0; tries < 100 && !(await ask('Boolean(document.getElementById("summary")?.dataset.shown)')); tries += 1) await wait(100);

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
  running.kill();
  await wait(300);
  try { rmSync(profile, { recursive: true, force: true }); } catch { /* the browser may still hold it */ }
  process.exit(failed ? 1 : 0);
}
