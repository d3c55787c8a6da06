import { expect } from '@open-wc/testing';
import { withoutNodes } from './chai-nodes.ts';

const failureOf = (check: () => void): { actual?: unknown; expected?: unknown } => {
  try {
    check();
  } catch (error) {
    return error as object;
  }
  throw new Error('The assertion did not fail.');
};

describe('a failed assertion', () => {
  it('reports nodes as text', () => {
    const element = Object.assign(document.createElement('p'), { id: 'one', textContent: 'long text' });
    const { actual, expected } = failureOf(() => expect(element).to.equal(document.body));
    expect(actual).to.equal('<p id="one"></p>');
    expect(expected).to.equal('<body></body>');
  });

  it('reports nodes within arrays and objects as text', () => {
    expect(withoutNodes([document.createTextNode('a'), { node: document }])).to.deep.equal(['#text "a"', { node: '#document' }]);
  });

  it('leaves other values as they are', () => {
    const date = new Date();
    expect(withoutNodes(date)).to.equal(date);
    expect(withoutNodes('text')).to.equal('text');
  });
});
