// A schedule is run now, paused, gone on with and removed by keyboard alone; its times stand on the clocks of whoever looks.
import { obstacles, open, until } from './browser.mjs';

const found = [];

for (const [colorScheme, width] of [['light', 1200], ['dark', 390]]) {
  const { page, base, shot, done } = await open({ viewport: { width, height: 800 }, colorScheme, timezoneId: 'Asia/Tokyo', bypassCSP: true });
  await page.goto(`${base}/schedules`);
  await page.getByRole('link', { name: 'nightly', exact: true }).waitFor();
  found.push(...await obstacles(page, `schedules ${colorScheme} ${width}`));
  await shot(`schedules-${colorScheme}-${width}`);
  await page.getByRole('link', { name: 'nightly', exact: true }).press('Enter');
  await page.getByRole('heading', { name: 'nightly' }).waitFor();
  // 3 in the night of UTC is noon in Tokyo.
  const next = await page.locator('ol li').allInnerTexts();
  if (next.length !== 5 || !next.every((text) => text.includes('12:00:00') && text.includes('GMT+9'))) found.push(`next fires: ${next.join(' | ')}`);

  const rows = async () => page.getByRole('region', { name: 'History' }).getByRole('row').count();
  const before = await page.getByText('It has not fired yet.').count() ? 1 : await rows();
  await page.getByRole('button', { name: 'Run now' }).press('Enter');
  await page.waitForLoadState();
  await page.evaluate(() => document.activeElement.blur());
  await until(async () => (await rows()) > before && (await page.getByRole('region', { name: 'History' }).getByRole('row').nth(1).innerText()).includes('done'), 'the run that was asked for is not done');
  const run = page.getByRole('region', { name: 'History' }).getByRole('row').nth(1).getByRole('link').first();
  if (!(await run.getAttribute('href')).startsWith('/runs/')) found.push('the history does not lead to the run');
  found.push(...await obstacles(page, `schedule ${colorScheme} ${width}`));
  await shot(`schedule-${colorScheme}-${width}`);

  await page.getByRole('button', { name: 'Pause' }).press('Enter');
  await page.getByText('It is paused.').waitFor();
  await page.getByRole('button', { name: 'Go on' }).press('Enter');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  if (width === 390) {
    page.once('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: 'Remove' }).press('Enter');
    await page.getByText('Nothing is run by itself here.').waitFor();
    found.push(...await obstacles(page, 'no schedules'));
  }
  await done();
}

if (found.length > 0) throw new Error(found.join('\n'));
