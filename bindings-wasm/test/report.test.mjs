// The example of a migration audit, opened in Chromium as a reader would.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { chromium } from "playwright-core";

const REPORT = new URL("../../examples/audit/report.html", import.meta.url);
const audit = JSON.parse(await readFile(new URL("report.json", REPORT), "utf8"));

test("the audit report opens, says what its data says, and needs nothing from elsewhere", async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage();
    const asked = [];
    const complaints = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(REPORT.href);
    assert.deepEqual(asked, [REPORT.href]);
    assert.deepEqual(complaints, []);

    // Numbers are shown with or without separators of thousands.
    const shown = (await page.innerText("body")).replace(/(\d)[,\u00a0\u202f ](?=\d{3})/g, "$1");
    const { claims, equal, changed, overpaid, underpaid } = audit.totals;
    for (const figure of [claims, equal, changed, overpaid, underpaid]) {
      assert.ok(shown.includes(String(figure)), `${figure} is not on the page`);
    }
    for (const deviation of audit.deviations) {
      assert.ok(shown.includes(deviation.meaning), `${deviation.switch} is not explained`);
    }

    // Every chart has a size, and nothing is wider than the page, on paper too.
    for (const medium of ["screen", "print"]) {
      await page.emulateMedia({ media: medium });
      await page.setViewportSize({ width: medium === "print" ? 794 : 1280, height: 1000 });
      const { charts, wider } = await page.evaluate(() => ({
        charts: [...document.querySelectorAll("svg")].map((svg) => svg.getBoundingClientRect().width),
        wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      assert.ok(charts.length > 0 && charts.every((width) => width > 0), `${medium}: ${charts}`);
      assert.ok(wider <= 1, `${medium}: ${wider} pixels too wide`);
    }
    await page.pdf({ format: "A4" });
    if (process.env.REPORT_PICTURE) await page.screenshot({ path: process.env.REPORT_PICTURE, fullPage: true });
  } finally {
    await browser.close();
  }
});
