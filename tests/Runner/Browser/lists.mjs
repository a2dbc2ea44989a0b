// What is done with whole workflows: from the designer's list one by one and many at a time, and from the editor: versions, an earlier one again, import.
import { readFileSync } from 'node:fs';
import { open, until } from './browser.mjs';

const { page, base, shot, done } = await open();
const list = `${base}/studio/workflows/definitions`;
const row = (name) => page.locator('tr').filter({ has: page.getByText(name, { exact: true }) }).first();

// One by one.
await openList();
await choose(row('The alpha').locator('button').last(), 'Publish');
await until(() => published('alpha'), 'alpha is published');
await choose(row('The alpha').locator('button').last(), 'Unpublish');
await until(async () => !(await published('alpha')), 'the publication of alpha is taken back');
const exported = await loaded(async () => { await choose(row('The alpha').locator('button').last(), 'Export'); await confirm(); });
const text = readFileSync(await exported.path(), 'utf8');
if (JSON.parse(text).definitionId !== 'alpha' || JSON.parse(text).inputs[0].defaultValue !== 7) throw new Error(`exported is ${text}`);
await choose(row('The alpha').locator('button').last(), 'Duplicate');
await page.locator('.mud-dialog:visible input').first().fill('The copy');
await page.keyboard.press('Tab');
await confirm();
await until(async () => (await named('The copy')) !== undefined, 'the copy is there');
const copy = await whole((await named('The copy')).definitionId);
if (copy.definitionId === 'alpha' || copy.root.activities[0].text.expression.value !== 'hello') throw new Error(`the copy is ${JSON.stringify(copy)}`);
await openList();
await choose(row('The copy').locator('button').last(), 'Delete');
await confirm();
await until(async () => (await named('The copy')) === undefined, 'the copy is deleted');

// Many at a time.
await openList();
await chooseForAll('Publish');
await until(async () => await published('alpha') && await published('beta'), 'both are published');
await told();
await openList();
await chooseForAll('Unpublish');
await until(async () => !(await published('alpha')) && !(await published('beta')), 'both publications are taken back');
await told();
await openList();
const archive = await loaded(() => chooseForAll('Export'));
if (readFileSync(await archive.path()).subarray(0, 2).toString() !== 'PK') throw new Error('several workflows do not come as an archive');
await openList();
await chooseForAll('Delete');
await until(async () => (await named('The alpha')) === undefined && (await named('The beta')) === undefined, 'both are deleted');

// In the editor: a published version and a draft after it; the first again; and a file from elsewhere.
await page.goto(`${list}/say/edit`);
await page.locator('g[data-cell-id="first"]').waitFor();
await page.getByRole('tab', { name: /version history/i }).click();
await page.getByRole('row').filter({ has: page.getByText('2', { exact: true }) }).waitFor();
await shot('versions');
await choose(page.getByRole('row').filter({ has: page.getByText('1', { exact: true }) }).getByRole('button').last(), 'Rollback to this version');
await page.locator('.mud-dialog:visible button').last().click({ timeout: 5000 }).catch(() => {});
await until(async () => greeting(await whole('say')) === 'hello', 'the first version is the draft again');
if (!(await whole('say', 'Published')).isPublished) throw new Error('what was published is not any more');
const chooser = page.waitForEvent('filechooser');
await choose(page.locator('.mud-menu:visible').first().locator('button'), 'Import');
await (await chooser).setFiles({ name: 'say.json', mimeType: 'application/json', buffer: Buffer.from(text.replace('"alpha"', '"say"').replace('hello', 'imported')) });
await until(async () => greeting(await whole('say')) === 'imported', 'what is imported is the draft');
await done();

async function openList() {
  await page.goto(list);
  await page.getByText('Say', { exact: true }).first().waitFor();
}

async function choose(menu, entry) {
  // A list that is loaded anew takes its open menu with it.
  await until(async () => {
    await menu.click();
    return page.locator('.mud-popover-open').getByText(entry, { exact: true }).first().click({ timeout: 10_000 }).then(() => true, () => page.keyboard.press('Escape').then(() => false));
  }, `${entry} is chosen`);
}

// The button of a dialog that does it is the last one.
async function confirm() { await page.locator('.mud-dialog:visible button').last().click(); }

async function chooseForAll(entry) {
  for (const name of ['The alpha', 'The beta']) await row(name).locator('input[type=checkbox]').first().check();
  await choose(page.getByText(/bulk actions/i).first(), entry);
  await confirm();
}

// Studio still reads the answer when the server has done it; a page that is left meanwhile has none.
async function told() { await page.locator('.mud-snackbar').first().waitFor(); }

async function loaded(act) {
  const file = page.waitForEvent('download');
  await act();
  return file;
}

function greeting(definition) { return definition.root.activities[0].text.expression.value; }

async function published(id) { return (await api('/workflow-definitions?versionOptions=Published')).items.some((item) => item.definitionId === id); }

async function named(name) { return (await api('/workflow-definitions?versionOptions=Latest')).items.find((item) => item.name === name); }

function whole(id, versions = 'Latest') { return api(`/workflow-definitions/by-definition-id/${id}?versionOptions=${versions}`); }

async function api(path) {
  const answer = await page.request.get(`${base}/elsa/api${path}`);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}
