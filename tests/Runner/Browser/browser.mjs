// What the browser tests share: Debian's Chromium, a page whose console must stay without errors, screenshots, a look at what keeps people out.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function open(options = {}) {
  const base = process.env.BASE_URL;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, ...options });
  page.setDefaultTimeout(120_000);
  const errors = [];
  page.on('console', (message) => { if (message.type() === 'error') errors.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => errors.push(`page: ${error}`));
  page.on('request', (request) => { if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) errors.push(`a request to elsewhere: ${request.url()}`); });
  const shot = (name) => process.env.SHOTS ? page.screenshot({ path: `${process.env.SHOTS}/${name}.png` }) : undefined;
  async function done() {
    await browser.close();
    if (errors.length > 0) throw new Error(errors.join('\n'));
  }
  return { page, base, shot, errors, done };
}

// Waits until something has come about.
export async function until(condition, what, seconds = 180) {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

// What axe finds on a page, and whether it is wider than the screen. The page must be opened with bypassCSP.
export async function obstacles(page, where) {
  const found = [];
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run());
  if (result.passes.length === 0) found.push(`${where}: axe looked at nothing`);
  for (const violation of result.violations) found.push(`${where}: ${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).join(' ')}`);
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push(`${where}: wider than the screen`);
  return found;
}
