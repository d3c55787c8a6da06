import { expect, fixture } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html, nothing } from 'lit';
import { createCodeInput } from '../../../src/elements/templates/code-input.ts';
import { paste } from '../../support/paste.ts';

const { codeField } = createCodeInput({ html, nothing });

interface Probe {
  input: HTMLInputElement;
  /** The codes that were submitted. */
  submitted: string[];
}

async function probe(error?: string): Promise<Probe> {
  const submitted: string[] = [];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    submitted.push(String(new FormData(event.target as HTMLFormElement).get('code')));
  };
  const form = await fixture<HTMLFormElement>(html`<form @submit=${submit}>${codeField({ id: 'code-field', error })}</form>`);
  return { input: form.querySelector('input')!, submitted };
}

describe('codeField()', () => {
  it('is one input that phones and readers know', async () => {
    const { input } = await probe();
    expect(document.querySelectorAll('form input')).to.have.length(1);
    expect(input).to.have.attribute('autocomplete', 'one-time-code');
    expect(input).to.have.attribute('inputmode', 'numeric');
    expect(input.labels?.[0]).to.have.text('Enter verification code');
    await expect(input.form).to.be.accessible();
  });

  it('submits its form with the sixth digit, not before', async () => {
    const { input, submitted } = await probe();
    input.focus();
    await sendKeys({ type: '12345' });
    expect(submitted).to.deep.equal([]);
    await sendKeys({ type: '6' });
    expect(submitted).to.deep.equal(['123456']);
  });

  it('takes nothing but digits, and no seventh', async () => {
    const { input, submitted } = await probe();
    input.focus();
    await sendKeys({ type: 'a1 2-3' });
    expect(input.value).to.equal('123');
    await sendKeys({ type: '4567' });
    expect(input.value).to.equal('123456');
    expect(submitted[0]).to.equal('123456');
  });

  const pasted: [string, string][] = [
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['123-456', '123456'],
    ['Your code is 123456.', '123456'],
    ['１２３４５６', '123456'],
    ['١٢٣٤٥٦', '123456'],
  ];
  for (const [text, code] of pasted) {
    it(`understands ${JSON.stringify(text)} from the clipboard`, async () => {
      const { input, submitted } = await probe();
      input.value = '99';
      paste(input, text);
      expect(submitted).to.deep.equal([code]);
    });
  }

  it('puts a part of a code from the clipboard where the caret is', async () => {
    const { input, submitted } = await probe();
    input.value = '14';
    input.setSelectionRange(1, 1);
    paste(input, '23');
    expect(input.value).to.equal('1234');
    expect(submitted).to.deep.equal([]);
  });

  it('says its message at the field', async () => {
    const { input } = await probe('This code is incorrect.');
    expect(input).to.have.attribute('aria-invalid', 'true');
    expect(document.getElementById(input.getAttribute('aria-describedby')!)).to.have.text('This code is incorrect.');
    await expect(input.form).to.be.accessible();
  });
});
