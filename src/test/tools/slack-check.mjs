// Checks messages for Slack as types, and prints what is wrong with them, one line each.
// Argument: a file with one message a line: {"name": …, "blocks": […]}.
// Needs @slack/types and typescript in TRIAGE502_TOOLS.
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const require = createRequire(resolve(process.env.TRIAGE502_TOOLS, 'package.json'));
const ts = require('typescript');
const messages = readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const folder = mkdtempSync(join(tmpdir(), 'messages-'));
try {
  symlinkSync(resolve(process.env.TRIAGE502_TOOLS, 'node_modules'), join(folder, 'node_modules'));
  const lines = messages.map((each, i) => `const message${i}: KnownBlock[] = ${JSON.stringify(each.blocks)};`);
  const source = join(folder, 'messages.ts');
  writeFileSync(source, ["import type { KnownBlock } from '@slack/types';", ...lines, ''].join('\n'));
  const program = ts.createProgram([source], {
    noEmit: true, strict: true, skipLibCheck: true, types: [],
    module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts']
  });
  for (const found of ts.getPreEmitDiagnostics(program)) {
    const line = found.file ? found.file.getLineAndCharacterOfPosition(found.start).line : 0;
    const name = line > 0 && line <= messages.length ? messages[line - 1].name : 'types';
    console.log(`${name}: type: ${ts.flattenDiagnosticMessageText(found.messageText, ' ').slice(0, 600)}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`checked ${messages.length}`);
