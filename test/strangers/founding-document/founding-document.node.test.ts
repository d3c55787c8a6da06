/** The table of the founding document: one row, that is one test, for each of its statements. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { backend, openBackend } from './backend.ts';
import { curlRows } from './curl-rows.ts';
import { pageRows } from './page-rows.ts';
import { reactRows } from './react-rows.ts';
import { ruleRows } from './rules-rows.ts';
import { sdkRows } from './sdk-rows.ts';
import { documentation, documentationUrl, withoutTest } from './table.ts';
import { claims, tokenRows } from './token-rows.ts';
import { typescriptRows } from './typescript-rows.ts';

describe('the founding document', () => {
  before(() => openBackend({ instance: { session_token: { claims } } }));
  after(() => backend.stop());

  ruleRows();
  typescriptRows();
  curlRows();
  sdkRows();
  pageRows();
  reactRows();
  tokenRows();

  it('has a test for every statement', () => assert.deepEqual(withoutTest(), []));

  it('is documented as it is tested', async () => {
    assert.equal(await readFile(documentationUrl, 'utf8'), await documentation());
  });
});
