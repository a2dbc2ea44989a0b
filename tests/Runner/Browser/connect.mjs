// A step is dragged in, connected by the mouse, set by an expression, published, and run from our own form: its state is watched, and what went in and came out
// is read in the designer. Then a map is damaged: what happened and what to do is told there too.
import { open, until } from './browser.mjs';

const definition = 'two-clusters';
// Inputs of the step by label and by name in the document, in the order in which their editors stand.
const expressions = [['Sample', 'sample', 'getSample()'], ['Maps folder', 'mapsFolder', 'getMaps()'], ['Clusters', 'clusters', 'getClusters()']];
const { page, base, shot, done } = await open();
// The box around what is selected carries the id of the node too.
const node = (id) => page.locator(`g[data-cell-id="${id}"]`);
const steps = page.locator('g[data-shape="elsa-activity"]');

await page.goto(`${base}/studio/workflows/definitions/${definition}/edit`);
await node('report').waitFor();
await page.getByText('Sample', { exact: true }).first().click();
const canvas = page.locator('.x6-graph').first();
const area = await canvas.boundingBox();
const before = await steps.count();
await until(async () => {
  // While the palette still opens, or the chart still moves into view, a drop falls beside.
  await page.getByText('Load sample', { exact: true }).first().dragTo(canvas, { targetPosition: { x: area.width * 3 / 4, y: area.height - 60 } });
  return await steps.count() > before;
}, 'the dropped step appears');
await until(async () => (await latest()).root.activities.length > before, 'the dropped step is saved');
const dropped = (await latest()).root.activities.at(-1);
if (dropped.type !== 'Survey.LoadSample') throw new Error(`dropped is ${dropped.type}`);

// The box around the selected step lies over its ports: another one is selected. A line begins beside the middle of the port, where another line ends that would be bent.
await until(async () => {
  await node('commonErrors').locator('.activity-label').click();
  const from = middle(await node('loadSettings').locator('[port="Done"]').boundingBox());
  const to = middle(await node(dropped.id).locator('[port="In"]').boundingBox());
  await page.mouse.move(from.x - 2, from.y + 9);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 8 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
  return await comes(async () => (await latest()).root.connections.some(isNew), 10);
}, 'the connection is saved');
const connected = (await latest()).root.connections;
if (connected.filter(isNew).length !== 1 || connected.filter((line) => line.source.activity === 'loadSettings').length !== 2) throw new Error(`the connections are ${JSON.stringify(connected)}`);

await node(dropped.id).locator('.activity-label').click();
for (const [index, [label, name, expression]] of expressions.entries()) {
  const input = page.locator('.mud-input-control:visible').filter({ has: page.locator('label', { hasText: new RegExp(`^${label}$`) }) }).first();
  await input.waitFor();
  await page.locator('.mud-menu:visible').and(page.locator(`.mud-menu:right-of(.mud-input-control:has(label:text-is("${label}")))`)).first().locator('button').click();
  await page.locator('.mud-popover-open').getByText('JavaScript', { exact: true }).click();
  await page.locator('.monaco-editor:visible').nth(index).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type(expression);
  await until(async () => JSON.stringify(last(await latest())[name]?.expression) === JSON.stringify({ type: 'JavaScript', value: expression }), `the expression of ${label} is saved`);
}
await shot('designer-connected');

await page.locator('button.mud-primary-text:visible').first().click();
await until(async () => (await latest()).isPublished, 'the workflow is published');
if (!(await latest()).root.connections.some(isNew)) throw new Error('the published workflow has lost the connection');

const instance = await start({});
if (!await watched()) throw new Error('no cluster was seen at work');
await page.getByRole('link', { name: 'in the designer' }).click();
await node(dropped.id).waitFor();
// The badge of an activity tells how often it has completed.
await until(async () => /^1$/m.test(await node(dropped.id).locator('.mud-badge').allInnerTexts().then((texts) => texts.join('\n'))), 'the step is marked as completed');
await node(dropped.id).locator('.activity-label').click();
await page.getByText('A85,A644', { exact: true }).first().waitFor();
await shot('instance-step');
const journal = await api('POST', `/workflow-instances/${instance}/journal?skip=0&take=500`, { filter: {} });
if (!journal.items.some((line) => line.activityId === dropped.id && line.eventName === 'Completed')) throw new Error('the journal does not tell of the step that was dragged in');

// A damaged map: the cluster is set aside, and its instance says why and what to do.
await start({ Sample: `${process.env.BROKEN}/sample.csv`, Maps: process.env.BROKEN });
await watched();
await page.getByText('Set aside', { exact: true }).last().waitFor();
await page.getByRole('link', { name: 'A644' }).click();
await page.getByText('INCIDENTS').or(page.getByText('Incidents')).first().click();
await page.getByText('A644: Load maps').first().click();
await page.getByText(/What to do: \S/).first().waitFor();
await page.locator('.activity-label').first().waitFor();
await shot('incident');
await done();

async function start(inputs) {
  await page.goto(`${base}/start?definition=${definition}`);
  for (const [name, value] of Object.entries(inputs)) await page.getByLabel(name).fill(value);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.waitForURL('**/runs/*');
  return (await page.getByRole('link', { name: 'in the designer' }).getAttribute('href')).split('/').at(-2);
}

// Looks at the page of the run, which renews itself, until the run has ended.
async function watched() {
  let seen = false;
  await until(async () => {
    const rows = await page.getByRole('region', { name: 'Clusters' }).getByRole('row').allInnerTexts();
    seen ||= rows.some((row) => /running|of \d+/.test(row));
    const state = await page.locator('dl.facts .badge').first().innerText();
    if (/^(failed|stopped)/.test(state)) throw new Error(`the run ${state}`);
    return state.startsWith('done');
  }, 'the page of the run tells that it has ended', 300);
  return seen;
}

async function comes(condition, seconds) {
  return until(condition, 'a moment', seconds).then(() => true, () => false);
}

function middle(box) { return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; }

function isNew(line) { return line.source.activity === 'loadSettings' && line.source.port === 'Done' && line.target.activity === dropped.id && line.target.port === 'In'; }

function last(whole) { return whole.root.activities.find((activity) => activity.id === dropped.id); }

function latest() { return api('GET', `/workflow-definitions/by-definition-id/${definition}?versionOptions=Latest`); }

async function api(method, path, body) {
  const answer = await page.request.fetch(`${base}/elsa/api${path}`, { method, data: body });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}
