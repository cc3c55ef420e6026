// Headless Chromium and a loopback server with a strict content security policy.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

// No inline scripts, no eval, nothing from elsewhere: only WebAssembly may be compiled.
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

/** Serves a folder; gives its address and what stops it. `types` may overrule content types. */
export async function serve(folder, types = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    try {
      const body = await readFile(file);
      const type = { ...TYPES, ...types }[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

/** Opens a page and gives its `window.result`; whatever the page complains of fails. */
export async function open(url) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.location().url.endsWith("favicon.ico")) complaints.push(message.text());
    });
    await page.goto(url);
    const wait = page.waitForFunction(() => window.result, undefined, { timeout: 300_000, polling: 100 });
    const handle = await Promise.race([wait, failedEarly(complaints)]);
    const result = handle === undefined ? { error: "the page failed" } : await handle.jsonValue();
    wait.catch(() => {});
    if (complaints.length > 0 || result.error !== undefined) {
      throw new Error([result.error, ...complaints].join("\n"));
    }
    return result;
  } finally {
    await browser.close();
  }
}

/** Resolves a moment after the first complaint. */
async function failedEarly(complaints) {
  while (complaints.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 200).unref());
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
