// Checks Adaptive Cards for Teams as types and in Chromium, and prints what is wrong with them, one line each.
// Arguments: a folder for screenshots, a PNG file for a sheet of them or -; few or all views; then a file with one card a line: {"name": …, "card": …}.
// Needs @microsoft/teams.cards, typescript, adaptivecards and playwright-core in TRIAGE502_TOOLS.
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const require = createRequire(resolve(process.env.TRIAGE502_TOOLS, 'package.json'));
const { chromium } = require('playwright-core');
const ts = require('typescript');
const renderer = readFileSync(require.resolve('adaptivecards/dist/adaptivecards.js'), 'utf8');
const [shots, views, file] = process.argv.slice(2);
const cards = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));

checkTypes();
await checkLooks();
console.log(`checked ${cards.length}`);

/** Microsoft's types know every element and property that Teams takes, with its extensions. */
function checkTypes() {
  const folder = mkdtempSync(join(tmpdir(), 'cards-'));
  try {
    symlinkSync(resolve(process.env.TRIAGE502_TOOLS, 'node_modules'), join(folder, 'node_modules'));
    const lines = cards.map((each, i) => `const card${i}: IAdaptiveCard = ${JSON.stringify(each.card)};`);
    const source = join(folder, 'cards.ts');
    writeFileSync(source, ["import type { IAdaptiveCard } from '@microsoft/teams.cards';", ...lines, ''].join('\n'));
    const program = ts.createProgram([source], {
      noEmit: true, strict: true, skipLibCheck: true, types: [],
      module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts']
    });
    for (const found of ts.getPreEmitDiagnostics(program)) {
      const line = found.file ? found.file.getLineAndCharacterOfPosition(found.start).line : 0;
      const name = line > 0 && line <= cards.length ? cards[line - 1].name : 'types';
      console.log(`${name}: type: ${ts.flattenDiagnosticMessageText(found.messageText, ' ').slice(0, 600)}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Sizes and colours as Teams has them, near enough to see what wraps and what does not fit. */
function hostConfig(dark) {
  const fontSizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
  const colour = (light, night) => ({ default: dark ? night : light, subtle: dark ? night : light });
  const foregroundColors = {
    default: { default: dark ? '#ffffff' : '#242424', subtle: dark ? '#adadad' : '#616161' },
    attention: colour('#b10e1c', '#e37d80'), good: colour('#237b4b', '#92c353'), warning: colour('#835c00', '#f8d22a')
  };
  const style = (light, night) => ({ backgroundColor: dark ? night : light, foregroundColors });
  return {
    fontTypes: {
      default: { fontFamily: '"Segoe UI", "Noto Sans", sans-serif', fontSizes },
      monospace: { fontFamily: '"Consolas", "DejaVu Sans Mono", monospace', fontSizes }
    },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    containerStyles: {
      default: style('#ffffff', '#292929'), emphasis: style('#f5f5f5', '#333333'),
      attention: style('#fcf4f6', '#3e1f25'), good: style('#f3faf0', '#1f2e1c'), warning: style('#fff9f0', '#33291a')
    },
    actions: { maxActions: 6, actionsOrientation: 'horizontal', buttonSpacing: 8, actionAlignment: 'left' }
  };
}

async function checkLooks() {
  const all = [[320, false], [390, false], [390, true], [1280, false], [1280, true]];
  const browser = await chromium.launch({
    executablePath: process.env.TRIAGE502_CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
  });
  for (const [width, dark] of all.slice(0, views === 'few' ? 1 : all.length)) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent(frame(width, dark));
    await page.addScriptTag({ content: renderer });
    await page.evaluate((config) => { window.config = config; }, hostConfig(dark));
    for (const { name, card } of cards) {
      const wrong = (what) => console.log(`${name}: ${width} px${dark ? ' dark' : ''}: ${what}`);
      for (const problem of await page.evaluate(show, card)) {
        wrong(problem);
      }
      if (shots.endsWith('.png')) {
        continue;
      }
      if (shots !== '-') {
        await page.locator('.card').screenshot({ path: `${shots}/${name}-${width}${dark ? '-dark' : ''}.png` });
      }
    }
    asked.filter((url) => !url.startsWith('about:') && !url.startsWith('data:'))
      .forEach((url) => console.log(`cards: ${width} px: asks for ${url}`));
    await page.close();
  }
  if (shots.endsWith('.png')) {
    await sheet(browser);
  }
  await browser.close();
}

/** All cards side by side, as a phone shows them, with their names. */
async function sheet(browser) {
  const page = await browser.newPage({ viewport: { width: 24 + 414 * Math.min(cards.length, 4), height: 900 } });
  await page.setContent(frame(390, false));
  await page.addScriptTag({ content: renderer });
  await page.evaluate((config) => { window.config = config; }, hostConfig(false));
  const drawn = [];
  for (const { name, card } of cards) {
    await page.evaluate(show, card);
    drawn.push(`<figure><figcaption>${name}</figcaption>${await page.evaluate(() => document.body.innerHTML)}</figure>`);
  }
  await page.evaluate((html) => { document.body.innerHTML = html; }, `<div class="sheet">${drawn.join('')}</div>`);
  await page.screenshot({ path: shots, fullPage: true });
}

function frame(width, dark) {
  return `<!doctype html><style>
    body { margin: 0; background: ${dark ? '#1f1f1f' : '#e8e8e8'} }
    /* Phones draw text in fields of their own, which break a word that is longer than a line. */
    ${width < 500 ? '.ac-richTextBlock { overflow-wrap: anywhere }' : ''}
    .card { border-radius: 4px; overflow: hidden }
    .sheet { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 24px; padding: 24px }
    figure { margin: 0; width: 390px; font: 14px "Segoe UI", "Noto Sans", sans-serif }
    figcaption { padding-bottom: 8px }
    .ac-pushButton { font: 600 14px "Segoe UI", "Noto Sans", sans-serif; padding: 5px 12px; border-radius: 4px; cursor: pointer;
      border: 1px solid ${dark ? '#666666' : '#d1d1d1'}; background: ${dark ? '#292929' : '#ffffff'}; color: ${dark ? '#ffffff' : '#242424'} }
    </style><body></body>`;
}

/** Runs in the page: draws the card as phones do, without the elements that only Teams on a desktop has. */
function show(json) {
  const problems = [];
  const card = new window.AdaptiveCards.AdaptiveCard();
  card.hostConfig = new window.AdaptiveCards.HostConfig(window.config);
  const context = new window.AdaptiveCards.SerializationContext();
  card.parse(json, context);
  for (let i = 0; i < context.eventCount; i++) {
    const event = context.getEventAt(i);
    // What a phone does not know has a fallback.
    if (!event.message.startsWith('Unknown element type "CodeBlock"')) {
      problems.push(`parse: ${event.message}`);
    }
  }
  const results = card.validateProperties();
  for (const event of results.validationEvents) {
    problems.push(`property: ${event.message}`);
  }
  const drawn = card.render();
  document.body.replaceChildren();
  const frame = document.createElement('div');
  frame.className = 'card';
  frame.append(drawn);
  document.body.append(frame);
  const right = frame.getBoundingClientRect().right;
  for (const each of drawn.querySelectorAll('*')) {
    const box = each.getBoundingClientRect();
    const text = (each.textContent || '').slice(0, 60);
    if (box.right > right + 0.5) {
      problems.push(`goes over the edge by ${Math.ceil(box.right - right)} px: ${text}`);
      break;
    }
    if (each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0 && getComputedStyle(each).overflowX === 'hidden') {
      problems.push(`is clipped: ${text}`);
      break;
    }
    if (/ellipsis/.test(getComputedStyle(each).textOverflow) && each.scrollWidth > each.clientWidth) {
      problems.push(`is cut with an ellipsis: ${text}`);
      break;
    }
  }
  if (drawn.querySelectorAll('a[href]').length > 0) {
    problems.push(`has a link in its text: ${drawn.querySelector('a[href]').getAttribute('href')}`);
  }
  if (drawn.querySelector('img, script, iframe, strong, em, ul, ol')) {
    problems.push(`has markup from a text: ${drawn.querySelector('img, script, iframe, strong, em, ul, ol').outerHTML.slice(0, 100)}`);
  }
  return problems;
}
