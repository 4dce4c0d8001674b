// The import rules for dependency-cruiser, generated from boundaries.mjs.
import { directories, testFiles } from './boundaries.mjs';

const everywhere = insideOf(directories.map(({ path }) => path));
const testOnly = directories
  .filter(directory => directory.testOnly)
  .map(({ path }) => path);

const boundaryRules = directories.flatMap(
  ({ path, imports, testOnly: isTestOnly }) => {
    const others = directories
      .map(directory => directory.path)
      .filter(other => other !== path && !imports.includes(other));
    const allowed = imports.length ? imports.join(', ') : 'no other directory';
    return [
      {
        name: `boundaries: ${path}`,
        comment: `May import ${allowed} (scripts/lint/boundaries.mjs).`,
        severity: 'error',
        from: { path: insideOf([path]), pathNot: isTestOnly ? [] : testFiles },
        to: { path: insideOf(others) },
      },
      {
        name: `boundaries: tests of ${path}`,
        comment: `May import ${allowed}, directories for tests, and test support.`,
        severity: 'error',
        from: { path: insideOf([path]) },
        to: {
          path: insideOf(others.filter(other => !testOnly.includes(other))),
          pathNot: testFiles,
        },
      },
    ].filter(({ to }) => to.path.length > 0);
  },
);

export default {
  forbidden: [
    ...boundaryRules,
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
