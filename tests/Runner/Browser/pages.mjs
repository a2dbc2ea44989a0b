// Our own pages: no error in the console, nothing that axe finds, nothing wider than a phone, everything within reach of the keyboard.
import { obstacles, open } from './browser.mjs';

const paths = ['/runs', `/runs/${process.env.RUN}`, `/runs/${process.env.RUN}/tables/clusters`, '/compare', '/start', '/schedules', '/nodes', '/samples', '/samples/xcop', '/nowhere'];
const found = [];

for (const [colorScheme, width] of [['light', 1200], ['dark', 390]]) {
  const { page, base, shot, errors, done } = await open({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
  for (const path of paths) {
    const where = `${path} ${colorScheme} ${width}`;
    await page.goto(base + path);
    await shot(`page${path.replace(/[^a-z0-9]+/gi, '-')}-${colorScheme}-${width}`);
    found.push(...await obstacles(page, where));
  }
  // The browser tells of the page that is not there; that it is not there is right.
  errors.splice(0, errors.length, ...errors.filter((error) => !error.includes('404')));
  await done();
}

// By keyboard alone: the first stop leads to the content, and a form that is wrong says so and takes the focus.
const { page, base, done } = await open();
await page.goto(`${base}/start`);
await page.keyboard.press('Tab');
if (await page.evaluate(() => document.activeElement.getAttribute('href')) !== '#main') found.push('the first stop of the keyboard does not lead to the content');
await page.getByLabel('Sample').fill('/no/such/table.csv');
const answer = page.waitForResponse((response) => response.request().method() === 'POST');
await page.getByLabel('Sample').press('Enter');
if ((await answer).status() !== 400) found.push('a wrong sample is taken');
await page.getByRole('alert').waitFor();
if (await page.evaluate(() => document.activeElement.id) !== 'problems') found.push('the problems do not take the focus');
if (await page.getByLabel('Sample').inputValue() !== '/no/such/table.csv') found.push('what was filled in is lost');
await done().catch((error) => { if (!String(error).includes('400')) throw error; });

if (found.length > 0) throw new Error(found.join('\n'));
