// Opens pages in Chromium as people do, and prints what is wrong with them, one line each. A page whose file begins with "long-"
// is as full as can be: it may need more paper, and a taller screen before its command.
// Arguments: a folder for screenshots or -, few or all views, then the pages. Few are one view of each page, in turn on a phone and on a desk,
// and print, keyboard and no script for the first page only: each of them costs a second. Needs playwright-core and axe-core in TRIAGE502_TOOLS.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(resolve(process.env.TRIAGE502_TOOLS, 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [shots, views, ...pages] = process.argv.slice(2);

const browser = await chromium.launch({
  executablePath: process.env.TRIAGE502_CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
});

// What in the chart stands on something else, or outside of its card: axe cannot see that.
function drawnOver() {
  const chart = document.querySelector('.chart');
  if (!chart) {
    return [];
  }
  const wrong = [];
  const card = chart.closest('.card').getBoundingClientRect();
  const touch = (a, b, by) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > by && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > by;
  const boxes = (selector) => [...chart.querySelectorAll(selector)].map((each) => ({ text: each.textContent, box: each.getBoundingClientRect() }))
    .filter((each) => each.box.width > 0);
  const texts = boxes('text:not(.tag)');
  texts.forEach((each, i) => {
    if (each.box.left < card.left || each.box.right > card.right) {
      wrong.push(`"${each.text}" of the chart is outside of its card`);
    }
    texts.slice(i + 1).filter((other) => touch(each.box, other.box, 1)).forEach((other) => wrong.push(`"${each.text}" of the chart is on "${other.text}"`));
  });
  const flags = boxes('.plot > svg:has(.flag)');
  flags.forEach((each, i) => flags.slice(i + 1).filter((other) => touch(each.box, other.box, 4))
    .forEach((other) => wrong.push(`the mark ${each.text} of the chart is on ${other.text}`)));
  return wrong;
}

// Walks through a page by the Tab key: everything that can be reached is, in reading order, and one sees where one is.
async function walk(page) {
  const reachable = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, summary, input, select, [tabindex="0"]')]
      .filter((each) => each.checkVisibility() && !(each.type === 'radio' && !each.checked));
    all.forEach((each, i) => { each.dataset.stop = i; });
    document.body.focus();
    return all.length;
  });
  const stops = [];
  const unseen = [];
  for (let i = 0; i < reachable; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const at = document.activeElement;
      const shown = at.matches('.choice input') ? at.nextElementSibling : at;
      const style = getComputedStyle(shown);
      return { stop: Number(at.dataset.stop ?? -1), seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, what: at.outerHTML.slice(0, 80) };
    });
    stops.push(at.stop);
    if (!at.seen) {
      unseen.push(`one does not see that one is at ${at.what}`);
    }
  }
  const inOrder = stops.every((stop, i) => stop === i);
  return unseen.concat(inOrder ? [] : [`the Tab key goes ${stops.join(' ')}`]);
}

for (const [number, file] of pages.entries()) {
  const name = basename(file, '.html');
  const wrong = (what) => console.log(`${name}: ${what}`);
  const all = [[390, 'dark'], [1280, 'light'], [320, 'light'], [1280, 'dark']];
  for (const [width, colorScheme] of views === 'few' ? [all[number % 2]] : all) {
    const view = `${width} px ${colorScheme}`;
    // Bypassed for axe, which the policy would rightly refuse; that the page obeys it is looked at below.
    const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && wrong(`${view}: console: ${message.text()}`));
    page.on('pageerror', (error) => wrong(`${view}: script: ${error.message}`));
    page.on('request', (request) => request.url().startsWith('file:') || wrong(`${view}: asks for ${request.url()}`));
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; }));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) {
      wrong(`${view}: scrolls sideways by ${wide} px`);
    }
    if (width === 390 && !name.startsWith('long-')) {
      const low = await page.evaluate(() => {
        document.querySelectorAll('details').forEach((fold) => { fold.open = false; });
        return ['.do h2', '.do h2 ~ .meta', '.do > .command'].map((part) => document.querySelector(part))
          .filter((part) => part && part.getBoundingClientRect().top > innerHeight).map((part) => part.className || part.tagName);
      });
      low.forEach((part) => wrong(`${view}: ${part} of the first fix is below the first screen`));
      await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; }));
    }
    (await page.evaluate(drawnOver)).forEach((what) => wrong(`${view}: ${what}`));
    if (width !== 320) {
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      for (const violation of found.violations) {
        wrong(`${view}: axe ${violation.id}: ${violation.nodes[0].html.slice(0, 160)}`);
      }
    }
    if (width === 1280 && colorScheme === 'light' && views === 'all') {
      for (const other of [720, 1040]) {
        await page.setViewportSize({ width: other, height: 844 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) {
          wrong(`${other} px: scrolls sideways by ${over} px`);
        }
        (await page.evaluate(drawnOver)).forEach((what) => wrong(`${other} px: ${what}`));
      }
      await page.setViewportSize({ width, height: 844 });
    }
    if (shots !== '-') {
      await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => { fold.open = false; }));
      await page.screenshot({ path: `${shots}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
    await context.close();
  }

  if (views === 'few' && number > 0) {
    continue;
  }

  // On paper: two sheets, more only where there is more to print than they hold, less what is lost where a part is kept whole; what checks
  // and undoes is there. A cause's page is as long as it is.
  const paper = await browser.newPage({ viewport: { width: 718, height: 1040 } });
  await paper.goto(pathToFileURL(file).href);
  const pdf = (await paper.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
  const sheets = (pdf.match(/\/Type\s*\/Page\b/g) || []).length;
  await paper.emulateMedia({ media: 'print' });
  const height = await paper.evaluate(() => document.documentElement.scrollHeight);
  if (!name.startsWith('cause-') && sheets > Math.max(2, Math.ceil(height / 970))) {
    wrong(`prints on ${sheets} pages, being ${height} px high`);
  }
  for (const fold of await paper.locator('.do details.print').all()) {
    if (!(await fold.locator('.part').isVisible())) {
      wrong('does not print ' + await fold.locator('summary').textContent());
    }
  }
  if (shots !== '-') {
    await paper.screenshot({ path: `${shots}/${name}-print.png`, fullPage: true });
  }
  await paper.close();

  // Who wants no motion gets none; in forced colors one still sees how sure the cause is, and which shell is chosen.
  const calm = await browser.newContext({ reducedMotion: 'reduce', forcedColors: 'active', viewport: { width: 1280, height: 844 } });
  const forced = await calm.newPage();
  await forced.goto(pathToFileURL(file).href);
  (await forced.evaluate(() => {
    const colour = (selector) => {
      const found = document.querySelector(selector);
      return found && getComputedStyle(found).backgroundColor;
    };
    const same = (one, other) => one && other && one === other;
    return [
      getComputedStyle(document.documentElement).scrollBehavior !== 'auto' && 'scrolls smoothly for those who want no motion',
      same(colour('.boxes .full'), colour('.boxes .empty')) && 'shows the boxes of the confidence alike in forced colors',
      same(colour('.choice input:checked + label'), colour('.choice input:not(:checked) + label')) && 'does not show the chosen shell in forced colors'
    ].filter((each) => each);
  })).forEach(wrong);
  if (shots !== '-') {
    await forced.screenshot({ path: `${shots}/${name}-forced.png`, fullPage: true });
  }
  await calm.close();

  // As it is sent, with its policy: commands can be copied whole, for both shells, by keyboard too.
  const context = await browser.newContext({ viewport: { width: 1280, height: 844 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && wrong(`policy: ${message.text()}`));
  await page.goto(pathToFileURL(file).href);
  (await walk(page)).forEach(wrong);
  const buttons = await page.locator('button[data-copy]').count();
  if (buttons > 0) {
    const first = page.locator('button[data-copy]').first();
    await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; }));
    await first.focus();
    await page.keyboard.press('Enter');
    const id = await first.getAttribute('data-copy');
    const command = await page.locator(`#${id}`).textContent();
    await page.waitForFunction(() => document.querySelector('button[data-copy] .word').textContent !== 'Copy');
    const selected = await page.evaluate(() => getSelection().toString());
    const copied = await page.evaluate(() => navigator.clipboard.readText()).catch(() => selected);
    if (copied.trim() !== command.trim() && selected.trim() !== command.trim()) {
      wrong(`copies ${JSON.stringify(copied)} for ${JSON.stringify(command)}`);
    }
    if (await page.locator('#powershell').count() > 0) {
      await page.locator('label[for=powershell]').click();
      const shown = await page.locator('pre[id$=-powershell]').first().isVisible();
      const hidden = await page.locator('pre[id$=-bash]').first().isHidden();
      if (!shown || !hidden) {
        wrong('the switch to PowerShell does not switch');
      }
    }
  }
  const fold = page.locator('details summary:visible').first();
  if (await fold.count() > 0) {
    const isOpen = () => fold.evaluate((summary) => summary.parentElement.open);
    const before = await isOpen();
    await fold.focus();
    await page.keyboard.press('Enter');
    if ((await isOpen()) === before) {
      wrong('a fold does not answer to the keyboard');
    }
  }
  const chart = page.locator('.chart [role=slider]');
  if (await chart.count() > 0) {
    await chart.focus();
    await page.keyboard.press('End');
    if (!/UTC/.test(await page.locator('#readout').textContent())) {
      wrong('the chart does not answer to the keyboard');
    }
    const last = await page.locator('#readout').textContent();
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    await page.mouse.move(box.x + 2, box.y + box.height / 2);
    if ((await page.locator('#readout').textContent()) === last) {
      wrong('the chart does not answer to the pointer');
    }
  }
  await context.close();

  // Without script, everything is there but the copy buttons.
  const bare = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const still = await bare.newPage();
  await still.goto(pathToFileURL(file).href);
  if (!(await still.locator('h1').isVisible()) || (await still.locator('button[data-copy]:visible').count()) > 0) {
    wrong('does not read without script');
  }
  if (await still.locator('label[for=powershell]').count() > 0) {
    for (const summary of await still.locator('summary:visible').all()) {
      await summary.click();
    }
    await still.locator('label[for=powershell]').click();
    if (!(await still.locator('pre[id$=-powershell]').first().isVisible())) {
      wrong('the switch to PowerShell needs script');
    }
  }
  await bare.close();
}
await browser.close();
console.log('checked ' + pages.length);
