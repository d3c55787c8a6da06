import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { css, html as template } from 'lit';
import { ClerkElement } from '../../../src/elements/base/clerk-element.ts';

class ProbeElement extends ClerkElement {
  static override styles = css`
    clerk-probe :where(.cl-probe) {
      letter-spacing: 3px;
    }
  `;

  override render() {
    return template`<p class="cl-probe">drawn</p>`;
  }
}
customElements.define('clerk-probe', ProbeElement);

/** Mutation observers report, and the element draws. */
const settled = async (element: ProbeElement) => {
  await nextFrame();
  await element.updateComplete;
};

describe('ClerkElement', () => {
  it('draws into the light DOM, beside the page’s own children', async () => {
    const element = await fixture<ProbeElement>(html`<clerk-probe><b>the page’s</b></clerk-probe>`);
    expect(element.shadowRoot).to.equal(null);
    expect(element.querySelector('.cl-probe')).to.have.text('drawn');
    expect(element.firstElementChild).to.have.text('the page’s');
  });

  it('draws again after the page has replaced its children', async () => {
    const element = await fixture<ProbeElement>(html`<clerk-probe></clerk-probe>`);
    element.replaceChildren(document.createElement('b'));
    await settled(element);
    expect(element.querySelectorAll('.cl-probe')).to.have.length(1);
    expect(element.querySelectorAll('b')).to.have.length(1);
  });

  it('has one drawing after cloneNode()', async () => {
    const element = await fixture<ProbeElement>(html`<clerk-probe></clerk-probe>`);
    const clone = element.cloneNode(true) as ProbeElement;
    element.after(clone);
    await settled(clone);
    expect(clone.querySelectorAll('.cl-probe')).to.have.length(1);
  });

  it('keeps its drawing and one sheet over 100 moves', async () => {
    const element = await fixture<ProbeElement>(html`<clerk-probe></clerk-probe>`);
    const drawing = element.querySelector('.cl-probe');
    const sheets = document.adoptedStyleSheets.length;
    for (let count = 0; count < 100; count++) document.body.append(element);
    await settled(element);
    expect(element.querySelector('.cl-probe')).to.equal(drawing);
    expect(document.adoptedStyleSheets.length).to.equal(sheets);
  });

  it('brings its style sheet to the document or shadow root that it is in', async () => {
    const host = await fixture(html`<div></div>`);
    const root = host.attachShadow({ mode: 'open' });
    const element = new ProbeElement();
    root.append(element);
    await element.updateComplete;
    const drawing = element.querySelector('.cl-probe');
    expect(drawing && getComputedStyle(drawing).letterSpacing).to.equal('3px');
    expect(root.adoptedStyleSheets).to.have.length(1);
  });

  it('gives each field an id of its own in the document', async () => {
    const first = await fixture<ProbeElement>(html`<clerk-probe></clerk-probe>`);
    const taken = await fixture(html`<input id="identifier-field" />`);
    expect(first.fieldId('identifier')).to.equal('identifier-field-2');
    taken.remove();
    expect(first.fieldId('identifier')).to.equal('identifier-field-2');
  });

  it('turns the variables of `appearance` into custom properties, and takes them back', async () => {
    const element = await fixture<ProbeElement>(html`<clerk-probe></clerk-probe>`);
    element.appearance = { variables: { colorPrimary: 'red', fontSize: 18 } };
    await element.updateComplete;
    const property = (name: string) => getComputedStyle(element).getPropertyValue(name);
    expect(property('--clerk-color-primary')).to.equal('red');
    expect(property('--clerk-font-size')).to.equal('18');
    element.appearance = undefined;
    await element.updateComplete;
    expect(property('--clerk-color-primary')).to.equal('');
    expect(element).not.to.have.attribute('style');
  });
});
