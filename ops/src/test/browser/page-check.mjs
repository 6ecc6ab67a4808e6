// Looks at the live page with a real browser.
//   node page-check.mjs URL            takes the name of a check from each line of its input, prints a line of JSON for each
//   node page-check.mjs URL --shots DIR   writes the pictures of the documentation
// HEATWIRE_BROWSER_TOOLS: the directory with node_modules; see .ci/tools.d/chromium.
import { createRequire } from "node:module";
import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(join(process.env.HEATWIRE_BROWSER_TOOLS, "node_modules", "any.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [url, mode, target] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "heatwire-page-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.HEATWIRE_CHROMIUM ?? "/usr/bin/chromium",
  viewport: { width: 1280, height: 900 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const page = context.pages()[0] ?? await context.newPage();
const dialogs = [];
const complaints = [];
const foreign = [];
page.on("dialog", dialog => { dialogs.push(dialog.message()); dialog.dismiss(); });
page.on("console", message => { if (message.type() === "error" || message.type() === "warning") complaints.push(message.text()); });
page.on("pageerror", error => complaints.push(String(error)));
page.on("request", request => { if (!request.url().startsWith(url)) foreign.push(request.url()); });

const text = selector => page.locator(selector).innerText();

async function audit(scheme) {
  await page.emulateMedia({ colorScheme: scheme });
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map(each => `${each.impact} ${each.id}: ${each.nodes.map(node => node.target.join(" ")).slice(0, 5).join(", ")}`);
}

const checks = {
  async open() {
    await page.goto(url);
    await page.waitForFunction(() => document.querySelectorAll("#stage-table tbody tr").length > 0, null, { timeout: 20000 });
    await page.waitForFunction(() => document.querySelectorAll("#graph .node").length > 0, null, { timeout: 20000 });
    return { title: await page.title(), stages: await text("#stage-table"), complaints, foreign };
  },
  /** Waits until the page calls an edge starved: in the list, in the picture and in the table. */
  async starved() {
    const began = Date.now();
    try {
      // All of it in one look: a moment later the page may show another state.
      const seen = await page.waitForFunction(() => {
        const crosses = document.querySelectorAll("#graph g.trouble .cross").length;
        const isListed = [...document.querySelectorAll("#troubles li")].some(item => item.textContent.includes("starved"));
        const isDrawn = [...document.querySelectorAll("#graph g.trouble .note")].some(note => note.textContent === "starved");
        return isListed && isDrawn && { crosses, spoken: document.getElementById("spoken").textContent };
      }, null, { timeout: 5000 });
      return { shown: true, afterMs: Date.now() - began, ...await seen.jsonValue() };
    } catch (late) {
      return { shown: false };
    }
  },
  async trace(id) {
    await page.fill("#trace-id", id);
    for (let attempt = 0; attempt < 5; attempt++) {
      await page.locator("#trace-form button").click();
      await page.waitForFunction(() => !document.querySelector("#trace-form button").hasAttribute("aria-disabled"), null, { timeout: 15000 });
      if (!(await text("#trace-answer")).includes("another question")) break;
      await page.waitForTimeout(1200);
    }
    return { said: await text("#trace-answer"), ...await this.harm() };
  },
  async letters() {
    await page.locator("#letters button").first().waitFor({ timeout: 15000 });
    for (let attempt = 0; attempt < 5; attempt++) {
      await page.locator("#letters button").first().click();
      await page.waitForFunction(() => !document.querySelector("#letters button").hasAttribute("aria-disabled"), null, { timeout: 15000 });
      if (!(await text("#letters-answer")).includes("another question")) break;
      await page.waitForTimeout(1200);
    }
    return { said: await text("#letters-answer"), ...await this.harm() };
  },
  /** Waits until the page says this of the ledger. */
  async ledger(word) {
    await page.waitForFunction(word => document.getElementById("operation-notes").textContent.includes(word), word, { timeout: 15000 });
    const said = await text("#operation-list") + await text("#operation-notes");
    return { said, operations: await page.locator("#operation-list li").count(), ...await this.harm() };
  },
  async harm() {
    return { dialogs, complaints, foreign, injected: await page.evaluate(() => document.querySelectorAll("img, iframe, object, embed, body script, body style, [onerror], [onclick], [onload]").length) };
  },
  async keyboard() {
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll("#stage-table tbody tr").length > 0);
    const order = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => ({ name: document.activeElement.id || document.activeElement.textContent.trim().slice(0, 30),
        outlined: getComputedStyle(document.activeElement).outlineStyle !== "none" }));
      order.push(at);
      if (at.name === "trace-id") break;
    }
    await page.keyboard.type("no-such-plan");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("#trace-answer").textContent.length > 20, null, { timeout: 15000 });
    return { first: order[0].name, last: order[order.length - 1].name, steps: order.length, all: order.every(at => at.outlined), said: await text("#trace-answer") };
  },
  async narrow() {
    const widths = {};
    await page.evaluate(() => { document.getElementById("edges-details").open = true; });
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 740 });
      await page.waitForTimeout(300);
      widths[width] = await page.evaluate(() => document.documentElement.scrollWidth);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    return widths;
  },
  async axe() {
    await page.evaluate(() => { document.getElementById("edges-details").open = true; });
    const light = await audit("light");
    const dark = await audit("dark");
    await page.emulateMedia({ colorScheme: "light" });
    return { light, dark };
  },
  /** After the server is gone: says so, and calls nothing flowing. */
  async gone() {
    await page.waitForFunction(() => !document.getElementById("stale").hidden, null, { timeout: 15000 });
    await page.waitForTimeout(1500);
    return { said: await text("#stale"), flowing: await page.locator('#graph g.flowing, [data-shape="flowing"]').count(), status: await text("#status") };
  },
  /** After the server is back. */
  async back() {
    await page.waitForFunction(() => document.getElementById("stale").hidden, null, { timeout: 20000 });
    return { status: await text("#status") };
  },
};

async function shots(directory) {
  await page.goto(url);
  await page.waitForFunction(() => document.querySelectorAll("#graph g.flowing").length > 0, null, { timeout: 30000 });
  await page.waitForTimeout(2500);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: join(directory, `page-${scheme}.png`), clip: { x: 0, y: 0, width: 1280, height: 1240 }, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(directory, "page-phone.png"), clip: { x: 0, y: 0, width: 360, height: 1480 }, fullPage: true });
}

try {
  if (mode === "--shots") {
    await shots(target);
  } else {
    for await (const line of createInterface({ input: process.stdin })) {
      const [name, ...rest] = line.split(" ");
      try {
        console.log(JSON.stringify({ check: name, ...await checks[name](rest.join(" ")) }));
      } catch (failure) {
        console.log(JSON.stringify({ check: name, failure: String(failure).slice(0, 2000) }));
      }
    }
  }
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
