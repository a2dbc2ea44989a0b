// The designer as an astronomer uses it, on a survey of two mock clusters: open the list, open the workflow, drag an activity in, set it, publish, run, watch
// every activity finish, look at an execution. The console must stay without errors.
import { open, until } from './browser.mjs';

const definition = 'two-clusters';
const { page, base, shot, done } = await open();
const node = (id) => page.locator(`[data-cell-id="${id}"]`);

await page.goto(`${base}/studio/workflows/definitions`);
await page.getByText('Two clusters', { exact: true }).first().waitFor();
await shot('workflows');
await page.getByText('Two clusters', { exact: true }).first().click();
await page.waitForURL(`**/studio/workflows/definitions/${definition}/edit`);
await node('loadSample').waitFor();
await shot('designer');

// Drag an activity out of the palette and say what it shall write.
await page.getByText('Values', { exact: true }).first().click();
const entry = page.getByText('Write line', { exact: true }).first();
const canvas = page.locator('.x6-graph').first();
const area = await canvas.boundingBox();
const before = await page.locator('[data-shape="elsa-activity"]').count();
// While the palette still opens, or the chart still moves into view, a drop falls beside.
for (let i = 0; i < 5 && await page.locator('[data-shape="elsa-activity"]').count() === before; i++) {
  await page.waitForTimeout(1000);
  await entry.dragTo(canvas, { targetPosition: { x: area.width / 2, y: area.height - 60 } });
  await page.waitForTimeout(1000);
}
if (await page.locator('[data-shape="elsa-activity"]').count() === before) throw new Error('the dropped activity does not appear');
const text = page.locator('.mud-input-control:has(label:text-is("Text")) input').first();
await text.fill('dropped in by hand');
await text.press('Tab');
await until(async () => JSON.stringify((await latest()).root).includes('dropped in by hand'), 'the change is saved');
if ((await latest()).isPublished) throw new Error('a change is not a publication');

// Another input of another step, through its own editor: its description tells what it is.
await node('loadSample').click();
await page.getByText('Names of the clusters to take, separated by commas').first().waitFor();
await shot('designer-step');

await page.locator('button.mud-primary-text:visible').first().click();
await until(async () => (await latest()).isPublished, 'the workflow is published');
await page.locator('button.mud-success-text:visible').first().click();
await page.waitForURL('**/studio/workflows/instances/*/view');
const instance = page.url().split('/').at(-2);

await until(async () => (await api('GET', `/workflow-instances/${instance}/execution-state`)).status === 'Finished', 'the run ends', 240);
const state = await api('GET', `/workflow-instances/${instance}`);
if (state.subStatus !== 'Finished' || state.incidentCount > 0) throw new Error(`the run ended ${state.subStatus}: ${JSON.stringify(state.workflowState.incidents)}`);
// The viewer asks once a second and shows the end by itself.
await page.getByText('Finished', { exact: true }).first().waitFor();
await node('report').waitFor();
await page.waitForTimeout(1500);
await shot('instance');

const journal = await api('POST', `/workflow-instances/${instance}/journal?skip=0&take=500`, { filter: {} });
if (!journal.items.some((line) => line.activityId === 'report' && line.eventName === 'Completed')) throw new Error('the journal does not tell that the report was written');

await page.goto(`${base}/studio/workflows/instances`);
await page.getByText(instance).first().waitFor();
await shot('instances');
await done();

function latest() { return api('GET', `/workflow-definitions/by-definition-id/${definition}?versionOptions=Latest`); }

async function api(method, path, body) {
  const answer = await page.request.fetch(`${base}/elsa/api${path}`, { method, data: body });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}
