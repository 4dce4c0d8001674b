import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { RuleTester } from 'eslint';
import plugin from './index.js';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

const tester = new RuleTester({
  parser: createRequire(import.meta.url).resolve('@typescript-eslint/parser'),
  parserOptions: { ecmaVersion: 'latest', sourceType: 'module' },
});

const refused = (code, word) => ({
  code,
  errors: [{ messageId: 'refused', data: { word } }],
});

tester.run('comment-opening', plugin.rules['comment-opening'], {
  valid: [
    '/** Health of a workload. */ const health = 1;',
    '/** Whatever else it says. */ const other = 1;',
    '/* What a plain block comment says. */ const plain = 1;',
    '// Jobs that count.\n// What a second line opens with.\nconst jobs = 1;',
    '// What stands alone, above an empty line.\n\nconst alone = 1;',
    'const trailing = 1; // What trails.\nconst next = 2;',
    'function f() {\n  // What a step does.\n  const step = 1;\n}',
    '// How a call is made.\ncall();',
  ],
  invalid: [
    refused('/** What it is. */ const a = 1;', 'What'),
    refused(
      '/**\n * Of equally old ones, the first.\n */\nfunction f() {}',
      'Of',
    ),
    refused('/** Whether it runs */ export type T = string;', 'Whether'),
    refused('interface I {\n  /** Who asked. */\n  by: string;\n}', 'Who'),
    refused('class C {\n  // How long it waits.\n  #wait = 1;\n}', 'How'),
    refused(
      '// Whose it is,\n// as far as we know.\nexport const b = 1;',
      'Whose',
    ),
    refused('/** whoever comes first */ const c = 1;', 'whoever'),
  ],
});
