// The import law for dependency-cruiser, made from rooms.mjs.
import { rooms, testFiles } from './rooms.mjs';

const everywhere = insideOf(rooms.map(room => room.path));
const testOnly = rooms.filter(room => room.testOnly).map(room => room.path);

const importLaw = rooms.flatMap(({ path, imports, testOnly: isTestOnly }) => {
  const others = rooms
    .map(room => room.path)
    .filter(other => other !== path && !imports.includes(other));
  const allowed = imports.length ? imports.join(', ') : 'no other room';
  return [
    {
      name: `rooms: ${path}`,
      comment: `May import ${allowed} (scripts/laws/rooms.mjs).`,
      severity: 'error',
      from: { path: insideOf([path]), pathNot: isTestOnly ? [] : testFiles },
      to: { path: insideOf(others) },
    },
    {
      name: `rooms: tests of ${path}`,
      comment: `May import ${allowed}, rooms for tests, and test support.`,
      severity: 'error',
      from: { path: insideOf([path]) },
      to: {
        path: insideOf(others.filter(other => !testOnly.includes(other))),
        pathNot: testFiles,
      },
    },
  ].filter(({ to }) => to.path.length > 0);
});

export default {
  forbidden: [
    ...importLaw,
    {
      name: 'no-test-support-in-production',
      comment: 'Only tests import test support.',
      severity: 'error',
      from: {
        path: everywhere,
        pathNot: [...testFiles, ...insideOf(testOnly)],
      },
      to: { path: testFiles },
    },
    {
      name: 'no-cycles',
      comment: 'No import cycles; imports of types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'known-packages',
      comment: 'Every import of a package of this repository leads to a file.',
      severity: 'error',
      from: {},
      to: { path: '^@internal/', couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    includeOnly: [...everywhere, '^@internal/'],
    exclude: { path: ['/dist/', '/dist-types/', '/node_modules/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.json'],
    },
  },
};

function insideOf(paths) {
  return paths.map(path => `^${path.replaceAll('.', '\\.')}/`);
}
