/**
 * The rules of the whole repository. Each package adds those of Backstage for its role; what is outside of packages
 * (scripts, browser tests) has those below only.
 */
module.exports = {
  root: true,
  plugins: ['@internal'],
  rules: {
    '@internal/comment-opening': 'error',
    'max-lines': ['error', { max: 300 }],
  },
  overrides: [
    {
      // A table: what each persona gets from each route.
      files: ['packages/backend/src/__testUtils__/inventory/routes.ts'],
      rules: { 'max-lines': 'off' },
    },
    {
      files: ['scripts/**', 'e2e/**', 'playwright.config.ts', '.eslintrc.js'],
      extends: ['eslint:recommended'],
      env: { node: true, es2024: true },
      parserOptions: { ecmaVersion: 'latest', sourceType: 'module' },
      rules: {
        'no-unused-vars': ['error', { varsIgnorePattern: '^_' }],
      },
    },
    {
      files: ['e2e/**', 'playwright.config.ts'],
      parser: '@typescript-eslint/parser',
      rules: { 'no-undef': 'off', 'no-unused-vars': 'off' },
    },
  ],
};
