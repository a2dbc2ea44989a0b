// The pages of a report, in the web application and from the disk: every link leads somewhere, nothing fails to load, nothing is asked of elsewhere.
import { pathToFileURL } from 'node:url';
import { open } from './browser.mjs';

const folder = pathToFileURL(process.env.REPORT).href;

for (const start of [`${process.env.BASE_URL}/runs/${process.env.RUN}/report`, `${folder}/index.html`]) {
  const { page, errors, shot } = await open({ acceptDownloads: true });
  const failed = [];
  page.on('requestfailed', (request) => failed.push(request.url()));
  const seen = new Set();
  const left = [start];
  while (left.length > 0) {
    const url = left.shift();
    await page.goto(url);
    if (await page.locator('main h1').count() !== 1) throw new Error(`no page of the report: ${url}`);
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) throw new Error(`wider than the screen: ${url}`);
    seen.add(page.url().split('#')[0]);
    for (const href of await page.$$eval('a[href]', (links) => links.map((link) => link.href.split('#')[0])))
      if (href.endsWith('.html') && !seen.has(href) && !left.includes(href)) left.push(href);
  }
  if (![...seen].some((url) => url.endsWith('cluster-A85.html')) || seen.size < 6) throw new Error(`pages that cannot be reached from ${start}: found ${[...seen].join(' ')}`);

  // As a reader goes: from the table of clusters to a cluster, and on to its neighbour.
  await page.goto(start);
  await page.click('#cluster-table a >> text=A644');
  await page.waitForURL('**/cluster-A644.html');
  await shot(`report-${start.startsWith('file') ? 'disk' : 'web'}`);
  await page.click('nav a >> text=/A85|A1644/ >> nth=0');
  await page.waitForURL(/cluster-A(85|1644)\.html/);
  await page.click('#theme');
  if (!await page.evaluate(() => document.documentElement.className)) throw new Error('the page does not turn dark');
  await page.context().browser().close();
  const wrong = [...failed, ...errors.filter((error) => !start.startsWith('file') || !error.includes(folder))];
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}
