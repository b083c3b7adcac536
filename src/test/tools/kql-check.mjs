// Checks Kusto queries: grammar, functions, columns and, as far as the language service goes, types.
// usage: node kql-check.mjs SCHEMA.json QUERY.kql... [SCHEMA.json QUERY.kql...]...
// @kusto/language-service-next is in the folder TRIAGE502_TOOLS. A schema is for the queries behind it: it says what columns each
// table has, and what columns some queries must give, by the file's name.
// Prints one line a complaint, FILE:LINE: CODE: MESSAGE, and exits with 1 if there is any.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import vm from 'node:vm';

const tools = resolve(process.env.TRIAGE502_TOOLS ?? 'target/tools');
const require = createRequire(tools + '/');

// Two scripts for browsers; they leave a global Kusto.
for (const script of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
  const file = require.resolve('@kusto/language-service-next/' + script);
  vm.runInThisContext(readFileSync(file, 'utf8'), { filename: file });
}
const { Symbols, GlobalState, KustoCode } = globalThis.Kusto.Language;

function stateOf(schema) {
  const tables = Object.entries(schema.tables).map(([table, columns]) =>
    new Symbols.TableSymbol.$ctor7(
      table,
      '(' + Object.entries(columns).map(([name, type]) => `['${name}']:${type}`).join(', ') + ')',
      null));
  return GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('db', tables));
}

function complaints(text, globals, results) {
  const code = KustoCode.ParseAndAnalyze(text, globals);
  const found = code.GetDiagnostics();
  const list = [];
  for (let i = 0; i < found.Count; i++) {
    const each = found.getItem(i);
    const line = text.slice(0, each.Start).split('\n').length;
    list.push(`${line}: ${each.Code}: ${each.Message}`);
  }
  if (results && list.length === 0) {
    const given = {};
    const columns = code.ResultType.Columns;
    for (let i = 0; i < columns.Count; i++) {
      given[columns.getItem(i).Name] = columns.getItem(i).Type.Name;
    }
    for (const name of new Set([...Object.keys(given), ...Object.keys(results)])) {
      if (given[name] !== results[name]) {
        list.push(`1: column ${name} is ${given[name]}; ${results[name]} was expected`);
      }
    }
  }
  return list;
}

// A checker that finds no fault in these would find none in ours.
const faults = {
  KS142: 'AGWAccessLogs | where HttpStatsu == 502',
  KS204: 'AGWAccesLogs | take 1',
  KS211: 'AGWAccessLogs | extend x = percentiel(TimeTaken, 50)',
};
function findFaults(globals) {
  for (const [code, text] of Object.entries(faults)) {
    if (!complaints(text, globals).some(each => each.includes(code))) {
      console.log(`the language service finds no ${code} in: ${text}`);
      process.exit(2);
    }
  }
}

let failed = false;
let schema;
let globals;
for (const file of process.argv.slice(2)) {
  if (file.endsWith('.json')) {
    schema = JSON.parse(readFileSync(file, 'utf8'));
    globals = stateOf(schema);
    findFaults(globals);
    continue;
  }
  for (const each of complaints(readFileSync(file, 'utf8'), globals, schema.results[basename(file, '.kql')])) {
    console.log(`${file}:${each}`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
