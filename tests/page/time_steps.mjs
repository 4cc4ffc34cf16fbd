// Times what a reader does on a page, as large a one as wanted: each step until the next frame is on the screen.
//
// usage: node --experimental-websocket time_steps.mjs MAP.html [PICTURES_FOLDER]
// Prints milliseconds: in the page's own code, and until the frame was there. Exits with the number of steps over 100 ms.

import { join } from "node:path";
import { ask, close, picture, send, visit, wait } from "./browser.mjs";

const [path, pictures] = process.argv.slice(2);
let slow = 0;
const begun = Date.now();
await visit(path);
console.log("open", Date.now() - begun, "ms,", await ask("claims.length"), "claims,", await ask("placed.length"), "placed");

const step = async (what, act) => {
  const [own, drawn] = await ask(`(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    await frame();
    const begun = performance.now();
    ${act};
    const own = performance.now() - begun;
    await frame();
    return [own, performance.now() - begun];
  })()`);
  if (drawn > 100) slow += 1;
  console.log(drawn > 100 ? "SLOW" : "ok  ", what, own.toFixed(0), drawn.toFixed(0));
};

await step("filter a side away", 'document.querySelector("[data-filter=actor_side]").click()');
await step("and back", 'document.querySelector("[data-filter=actor_side]").click()');
await step("search", 'state.search = "advanced"; refilter(); update()');
await step("clear the search", 'document.getElementById("reset").click()');
await step("open a claim", 'document.querySelector("#panel .row").click()');
await step("close it", "closePanel()");
await step("open the place with most claims", "open(groups.reduce((a, b) => (b.claims.length > a.claims.length ? b : a)).claims, false)");
await step("close it", "closePanel()");
await step("move the map", "map.panBy([200, 0], { animate: false })");
await step("zoom", "map.setZoom(map.getZoom() + 1, { animate: false })");
await step("zoom back", "map.setZoom(map.getZoom() - 1, { animate: false })");
await step("one day", 'setWindow("1")');
await step("play a step", "setDay(state.to + 1)");
await step("play a step of a week", 'setWindow("7"); setDay(state.to + 1)');
await step("play a step of all so far", 'setWindow("so-far"); setDay(days.last - 1)');
await step("all days", 'setWindow("all")');
await step("theme", 'document.getElementById("theme").click()');
if (pictures) {
  await picture(join(pictures, "dark.png"));
  await ask('document.getElementById("theme").click()');
  await picture(join(pictures, "light.png"));
  await ask('document.querySelector("#panel .row").click()');
  await picture(join(pictures, "claim.png"));
  await send("Emulation.setDeviceMetricsOverride", { width: 390, height: 800, deviceScaleFactor: 2, mobile: true });
  await send("Page.reload");
  await wait(3000);
  await picture(join(pictures, "phone.png"));
}
await close();
process.exit(slow);
