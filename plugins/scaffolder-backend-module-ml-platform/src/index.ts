/**
 * Scaffolder actions, filters and the template lint of the ML platform.
 *
 * @packageDocumentation
 */
export { scaffolderModuleMlPlatform as default } from './module';
export { lintTemplates, type LintProblem } from './lint/templateLint';
