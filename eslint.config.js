import hooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

export default defineConfig(
  globalIgnores([
    'out',
    'dist',
    'test-results',
    'playwright-report',
    'fixtures',
    'native',
    // Types of a script in plain JavaScript, used by playwright.config.ts alone.
    'scripts/*.d.ts',
    '**/*.generated.ts',
    '**/*.js',
    '**/*.cjs',
    '**/*.mjs',
  ]),
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
    },
  },
  { files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**'], rules: { 'max-lines': ['error', { max: 450 }] } },
  {
    files: ['src/renderer/**/*.tsx', 'src/renderer/**/*.ts'],
    ...hooks.configs.flat['recommended-latest'],
  },
  {
    // The React Compiler is not used; the rule warns of hooks it would skip.
    files: ['src/renderer/**/*.ts'],
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  { files: ['e2e/**'], rules: { 'no-empty-pattern': 'off' } },
)
