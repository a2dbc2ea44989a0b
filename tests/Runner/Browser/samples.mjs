// A sample of one's own: sent with its folder of maps, found in the form that starts a run and in the designer, and deleted.
import { obstacles, open, until } from './browser.mjs';

const { page, base, shot, errors, done } = await open({ bypassCSP: true });
page.on('dialog', (dialog) => dialog.accept());
const found = [];

// What is wrong is said, and takes the focus.
await page.goto(`${base}/samples`);
await page.getByLabel('Name').fill('xcop');
await page.getByLabel('Table').setInputFiles(`${process.env.MAPS}/sample.csv`);
await page.getByRole('button', { name: 'Send' }).click();
await page.getByRole('alert').waitFor();
if (!(await page.getByRole('alert').innerText()).includes("'xcop', which there is already")) found.push('the name of a shipped sample is taken');
if (await page.evaluate(() => document.activeElement.id) !== 'problems') found.push('the problems do not take the focus');
found.push(...await obstacles(page, '/samples with a problem'));
errors.splice(0, errors.length, ...errors.filter((error) => !error.includes('400')));

await page.getByLabel('Name').fill('three');
await page.getByLabel('Table').setInputFiles(`${process.env.MAPS}/sample.csv`);
await page.getByLabel('Folder of maps').setInputFiles(process.env.MAPS);
await page.getByRole('button', { name: 'Send' }).click();
await page.waitForURL('**/samples/three');
await page.getByRole('rowheader', { name: 'A85' }).waitFor();
found.push(...await obstacles(page, 'a sample of one\'s own'));
await shot('own-sample');

// A run of it needs no folder to be named.
await page.getByRole('link', { name: 'Survey this sample' }).click();
await page.getByLabel('Settings to change').fill(process.env.SETTINGS);
await page.getByRole('button', { name: 'Start', exact: true }).click();
await page.waitForURL('**/runs/*');
await until(async () => (await page.locator('dl.facts .badge').first().innerText()).startsWith('done'), 'the run of the sample has ended', 300);

// The designer offers it to the step that loads a sample.
const palette = await (await page.request.get(`${base}/elsa/api/descriptors/activities`)).json();
const offered = palette.items.find((item) => item.typeName === 'Survey.LoadSample').inputs.find((input) => input.name === 'Sample').uiSpecifications.dropdown.selectList.items.map((item) => item.value);
if (!offered.includes('xcop') || !offered.some((value) => value.endsWith('/samples/three/sample.csv'))) found.push(`the designer offers ${offered}`);

await page.goto(`${base}/samples/three`);
await page.getByRole('button', { name: 'Delete' }).click();
await page.waitForURL('**/samples');
if (await page.getByRole('link', { name: 'three', exact: true }).count() > 0) found.push('the deleted sample is still there');
await done();
if (found.length > 0) throw new Error(found.join('\n'));
