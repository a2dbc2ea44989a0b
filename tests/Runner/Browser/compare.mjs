// Two runs are chosen on the page of runs by keyboard alone, and what differs between them is told on any screen.
import { obstacles, open } from './browser.mjs';

const [first, second] = process.env.RUNS.split(' ');
const found = [];

for (const [colorScheme, width] of [['light', 1200], ['dark', 390]]) {
  const { page, base, shot, done } = await open({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
  await page.goto(`${base}/runs`);
  await page.getByLabel('Compare').focus();
  // The choice that stands is the two newest, the older one left: from there to the button.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/compare?left=${first}&right=${second}`);
  await page.getByRole('heading', { name: 'Compare two runs' }).waitFor();
  const row = async (table, name) => (await page.getByRole('region', { name: table }).getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) }).first().innerText()).split('\t').map((cell) => cell.trim());
  expect(await row('Settings', 'draws'), ['draws', '200', '250']);
  expect(await row('Inputs', 'Clusters'), ['Clusters', 'not there', 'A85,A644']);
  expect(await row('Clusters', 'A1644'), ['A1644', 'measured', 'not asked for']);
  const shifts = await page.getByRole('region', { name: 'Posteriors of clusters' }).getByRole('row').allInnerTexts();
  // Three clusters, two regions, four parameters, and the headings.
  if (shifts.length !== 3 * 2 * 4 + 1) found.push(`found ${shifts.length} rows of posteriors`);
  if (!/A(85|644)\t(inner|global)\t.*σ$/s.test(shifts[1].trim())) found.push(`no shift in the first row: ${shifts[1]}`);
  found.push(...await obstacles(page, `compare ${colorScheme} ${width}`));
  await shot(`compare-${colorScheme}-${width}`);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'All as CSV' }).press('Enter');
  if (!(await download).suggestedFilename().endsWith('.csv')) found.push('the comparison does not load down as CSV');

  await page.goto(`${base}/compare?left=${first}&right=${first}`);
  await page.getByText('That is one run and not two.').waitFor();
  found.push(...await obstacles(page, `compare one ${colorScheme} ${width}`));
  await done();
}

if (found.length > 0) throw new Error(found.join('\n'));

function expect(actual, expected) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) found.push(`found ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
}
