import eslint from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import noOnlyTests from 'eslint-plugin-no-only-tests';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';
import { layersRule } from './tools/lint/layers.mjs';

/** Ways to turn text into markup or code (security.md B1, B3): server data is text, and strict policies hold. */
const markupFunctions = ['unsafeHTML', 'unsafeSVG', 'unsafeMathML', 'unsafeStatic', 'unsafeCSS', 'styleMap'];
const markupProperties = ['innerHTML', 'outerHTML', 'srcdoc', 'insertAdjacentHTML', 'setHTMLUnsafe', 'createContextualFragment'];
const noMarkup = [
  {
    selector: `:matches(Identifier, ImportSpecifier > Identifier)[name=/^(${markupFunctions.join('|')})$/]`,
    message: 'Text of users and servers is never markup, and strict policies refuse bound styles: use text bindings and classes.',
  },
  {
    selector: `MemberExpression[property.name=/^(${markupProperties.join('|')})$/]`,
    message: 'Text is never markup: use textContent, or a template.',
  },
  { selector: 'MemberExpression[object.name="document"][property.name=/^(write|writeln)$/]', message: 'Text is never markup.' },
  {
    selector: 'TaggedTemplateExpression[tag.name="html"] TemplateElement[value.raw=/\\sstyle=/]',
    message: 'A style attribute breaks strict policies.',
  },
  {
    selector: 'TaggedTemplateExpression[tag.name="html"] TemplateElement[value.raw=/<style[\\s>]/]',
    message: 'A style element breaks strict policies.',
  },
  { selector: 'TSEnumDeclaration, TSModuleDeclaration[global!=true][declare!=true]', message: 'Only the type part of TypeScript.' },
];

export default tseslint.config(
  // The founding document's snippets are kept as they were written.
  {
    ignores: [
      'dist/',
      'screenshots/',
      'coverage/',
      '.data*/',
      'test/strangers/founding-document/snippets/',
      'demo/seed.html',
      'demo/main.js',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'test'] },
            // The types of a chai plugin say wrongly that `equal()` gives a promise.
            { from: 'package', package: '@open-wc/semantic-dom-diff', name: 'Equal' },
            { from: 'package', package: 'chai', name: 'Equal' },
          ],
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      // Code points of a text are meant by `[...text]`.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Interfaces that pages merge their own members into begin empty.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      'prefer-const': ['error', { ignoreReadBeforeAssign: true }],
      // Where the code knows better than the compiler, it says so with `!` or `as`.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      // What somebody else has thrown is thrown on, whatever it is.
      '@typescript-eslint/only-throw-error': 'off',
      // Overloads for deprecated tag names make `querySelector` look deprecated.
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      // Members of plain objects, written as methods in interfaces.
      '@typescript-eslint/unbound-method': 'off',
      // A tolerant reader checks what its types promise.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Deleting keys of JSON documents is part of the product.
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  {
    // The router's contexts have `any` in their types.
    files: ['demo/server/**'],
    rules: { '@typescript-eslint/no-unsafe-argument': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    rules: { 'no-undef': 'off' },
  },
  {
    plugins: { 'import-x': importX, 'no-only-tests': noOnlyTests, local: { rules: { layers: layersRule } } },
    rules: {
      'import-x/no-duplicates': 'off',
      'local/layers': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'error',
    },
  },
  { files: ['src/**', 'demo/**'], rules: { 'no-restricted-syntax': ['error', ...noMarkup] } },
  // It stands for a module of Lit's, banned names included, and says that nothing asks for them.
  { files: ['src/elements/base/css-tag.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended'], litA11y.configs.recommended],
  },
  {
    files: ['test/**'],
    rules: {
      'no-only-tests/no-only-tests': ['error', { block: ['describe', 'it', 'test'], focus: ['only', 'skip', 'todo'] }],
    },
  },
  {
    // Answers in tests are read without a schema on purpose, and a missing element fails the test anyway.
    files: ['test/**/*.ts', 'tools/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExpressionStatement > CallExpression[callee.property.name="accessible"]',
          message: 'Await it: without that it checks nothing.',
        },
      ],
    },
  },
);
