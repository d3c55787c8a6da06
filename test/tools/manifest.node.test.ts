/** The manifest and the tables out of doc blocks, on a small element. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createManifest, spread } from '../../tools/manifest/manifest.mjs';
import type { Manifest } from '../../tools/manifest/manifest.mjs';
import { elementTables, fillPlace } from '../../tools/manifest/tables.mjs';

const source = `
import { LitElement } from 'lit';
/**
 * A probe.
 *
 * @attr label - text of it
 * @attr min, max - as on a native control
 * @attr target-url - where to go
 * @attr readonly - as on a native control
 * @slot header - above it
 * @fires clerk-probed - once it was probed
 * @cssstate busy, idle
 */
export class ClerkProbeElement extends LitElement {
  static override properties = { label: {}, min: {}, max: {}, readOnly: { type: Boolean } };
  declare label: string | undefined;
  declare min: string | undefined;
  declare max: string | undefined;
  declare targetUrl: string | undefined;
  declare readOnly: boolean;
  #secret = 1;
  protected inner(): void {}
  /** Probes. */
  probe(to = 'a'): void {
    this.dispatchEvent(new ClerkProbedEvent(to));
  }
}
export { ClerkProbeElement as element };
`;

describe('createManifest()', () => {
  let root = '';
  let manifest: Manifest;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'clerk-lit-manifest-'));
    await mkdir(join(root, 'src/elements/probe'), { recursive: true });
    await writeFile(join(root, 'src/elements/probe/probe.ts'), source);
    await writeFile(join(root, 'src/elements/bare.ts'), 'export class Bare extends HTMLElement {}');
    manifest = await createManifest(root, { 'clerk-probe': './probe/probe.ts' });
  });

  after(() => rm(root, { recursive: true, force: true }));

  const element = () => manifest.modules[0]!.declarations[0]!;

  it('knows the tag, and the public members only', () => {
    assert.equal(element().tagName, 'clerk-probe');
    assert.deepEqual(
      element().members?.map(({ name }) => name),
      ['label', 'min', 'max', 'targetUrl', 'readOnly', 'probe'],
    );
  });

  it('gives each of several attributes in a line its text, and its property', () => {
    const attributes = element().attributes?.map(({ name, fieldName, description }) => [name, fieldName, description]);
    assert.deepEqual(attributes, [
      ['label', 'label', 'text of it'],
      ['min', 'min', 'as on a native control'],
      ['max', 'max', 'as on a native control'],
      ['target-url', 'targetUrl', 'where to go'],
      // In HTML that is the attribute `readOnly` too.
      ['readonly', 'readOnly', 'as on a native control'],
    ]);
  });

  it('has the events that the doc block names, and no other', () => {
    assert.deepEqual(
      element().events?.map(({ name }) => name),
      ['clerk-probed'],
    );
  });

  it('lists states without a text', () => {
    assert.deepEqual(spread([{ name: 'busy,', description: 'idle' }]), [{ name: 'busy' }, { name: 'idle' }]);
  });

  it('refuses an element without a doc block', async () => {
    await assert.rejects(
      createManifest(root, { 'clerk-bare': './bare.ts' }),
      /<clerk-bare>: src\/elements\/bare\.ts has no class with a doc block/,
    );
  });

  it('fills the place of the element and nothing else', () => {
    const text = 'before\n<!-- generated: clerk-probe -->\nold\n<!-- end: clerk-probe -->\nafter\n';
    const filled = fillPlace(text, 'clerk-probe', elementTables(element()));
    assert.match(filled, /^before\n<!-- generated: clerk-probe -->\n\nA probe\.\n/);
    assert.match(filled, /\| `target-url` \| `targetUrl` \| where to go \|/);
    assert.match(filled, /\| `probe\(\)` \| Probes\. \|/);
    assert.match(filled, /\n<!-- end: clerk-probe -->\nafter\n$/);
    assert.doesNotMatch(filled, /old|secret|inner/);
    assert.equal(fillPlace(filled, 'clerk-probe', elementTables(element())), filled);
  });

  it('refuses a document without a place for the element', () => {
    assert.throws(() => fillPlace('nothing', 'clerk-probe', 'text'), /<!-- generated: clerk-probe --> and .* are missing/);
  });
});
