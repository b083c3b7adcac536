// Parses PowerShell with tree-sitter's grammar; runs nothing.
// usage: node powershell-parse.mjs FILE    (web-tree-sitter and tree-sitter-powershell in the folder TRIAGE502_TOOLS)
// FILE is a JSON array of scripts. Prints a JSON array: for each script the text that the grammar does not take ("" if it takes
// all of it), and its commands in the order in which they stand, each a list of words as they are written.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.env.TRIAGE502_TOOLS ?? 'target/tools') + '/');
const { Parser, Language } = require('web-tree-sitter');
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));

function commands(node, found) {
  if (node.type === 'command') {
    const parts = node.namedChildren.flatMap((part) => (part.type === 'command_elements' ? part.namedChildren : [part]));
    found.push(parts.filter((part) => part.type !== 'command_argument_sep').map((part) => part.text));
  }
  node.namedChildren.forEach((child) => commands(child, found));
  return found;
}

function notTaken(root) {
  const wrong = root.descendantsOfType('ERROR')[0] ?? root;
  return root.hasError ? wrong.text.slice(0, 300) || 'something is missing' : '';
}

const parsed = JSON.parse(readFileSync(process.argv[2], 'utf8')).map((script) => {
  const tree = parser.parse(script);
  const result = { notTaken: notTaken(tree.rootNode), commands: commands(tree.rootNode, []) };
  tree.delete();
  return result;
});
process.stdout.write(JSON.stringify(parsed));
