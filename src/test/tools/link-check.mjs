// Follows the link of a message in Chromium, with and without script, as a person does: reads, answers, downloads.
// Prints what is wrong, one line each. Argument: the address. Needs playwright-core in TRIAGE502_TOOLS.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.env.TRIAGE502_TOOLS, 'package.json'));
const { chromium } = require('playwright-core');
const address = process.argv[2];
const host = new URL(address).host;

const browser = await chromium.launch({
  executablePath: process.env.TRIAGE502_CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
});

for (const javaScriptEnabled of [true, false]) {
  const wrong = (what) => console.log(`${javaScriptEnabled ? 'with' : 'without'} script: ${what}`);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && wrong(`console: ${message.text()}`));
  page.on('request', (request) => {
    if (new URL(request.url()).host !== host) {
      wrong(`asks for ${request.url()}`);
    }
    if (request.headers().referer) {
      wrong(`tells ${request.url()} where it comes from`);
    }
  });
  await page.goto(address);
  for (const file of ['diagnosis.json', 'report.md', 'evidence.zip']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a', { hasText: file }).click()]);
    if (await download.failure()) {
      wrong(`${file}: ${await download.failure()}`);
    }
  }
  await page.locator('a', { hasText: 'This was wrong' }).click();
  await page.locator('select').selectOption('nsg-blocks-backend');
  await page.locator('button[type=submit]').click();
  if (!(await page.locator('main').innerText()).includes('The true cause: An NSG rule')) {
    wrong('the answer was not taken');
  }
  await page.locator('a', { hasText: 'Back to the incident' }).click();
  await page.locator('a', { hasText: 'About this cause' }).click();
  if (!page.url().includes('/api/causes/')) {
    wrong(`the cause is at ${page.url()}`);
  }
  if ((await context.cookies()).length > 0) {
    wrong('sets a cookie');
  }
  await context.close();
}
await browser.close();
console.log('followed');
