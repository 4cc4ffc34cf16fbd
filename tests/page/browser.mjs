// A page in headless Chromium: opened, asked, typed at and photographed. What is checked of it is for the scripts beside this one.
// Speaks the DevTools protocol itself, so that it needs nothing but node (20 with --experimental-websocket, or later) and Chromium.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const browser = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
if (!browser || typeof WebSocket === "undefined") {
  console.log("skipped:", browser ? "node has no WebSocket" : "no Chromium");
  process.exit(0);
}

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

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
const waiting = new Map();
export const requests = [], errors = [];
socket.addEventListener("message", ({ data }) => {
  const message = JSON.parse(data);
  if (message.id) { waiting.get(message.id)(message); waiting.delete(message.id); return; }
  if (message.method === "Network.requestWillBeSent") requests.push(message.params.request.url);
  if (message.method === "Runtime.exceptionThrown") errors.push(message.params.exceptionDetails.exception?.description || message.params.exceptionDetails.text);
  if (message.method === "Log.entryAdded" && message.params.entry.level === "error") errors.push(message.params.entry.text);
});
export const send = (method, params = {}) => new Promise((done, fail) => {
  last += 1;
  waiting.set(last, (message) => (message.error ? fail(new Error(method + ": " + message.error.message)) : done(message.result)));
  socket.send(JSON.stringify({ id: last, method, params, ...(session ? { sessionId: session } : {}) }));
});
const { targetInfos } = await send("Target.getTargets");
({ sessionId: session } = await send("Target.attachToTarget", { targetId: targetInfos.find((target) => target.type === "page").targetId, flatten: true }));
for (const domain of ["Page", "Runtime", "Network", "Log"]) await send(domain + ".enable");

export const ask = async (expression) => {
  const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
  if (exceptionDetails) throw new Error(expression + ": " + (exceptionDetails.exception?.description || exceptionDetails.text));
  return result.value;
};
export const key = async (name, code = name) => {
  await send("Input.dispatchKeyEvent", { type: "keyDown", key: name, code, text: name === " " ? " " : undefined });
  await send("Input.dispatchKeyEvent", { type: "keyUp", key: name, code });
};
export const picture = async (path) => {
  const { data } = await send("Page.captureScreenshot", { format: "png" });
  writeFileSync(path, Buffer.from(data, "base64"));
};
export const set = (id, value, event = "change") => ask(`{ const e = document.getElementById("${id}"); e.value = "${value}"; e.dispatchEvent(new Event("${event}")); }`);

// Opens a file and waits until it says what it shows.
export const visit = async (path) => {
  await send("Page.navigate", { url: pathToFileURL(resolve(path)).href });
  for (let tries = 0; tries < 300 && !(await ask('Boolean(document.getElementById("summary")?.dataset.shown)')); tries += 1) await wait(100);
};

export const close = async () => {
  running.kill();
  await wait(300);
  try { rmSync(profile, { recursive: true, force: true }); } catch { /* the browser may still hold it */ }
};
