import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toMoment } from '../../../src/elements/text/moment.ts';

describe('toMoment()', () => {
  it('writes a date out in the language', () => {
    assert.deepEqual(toMoment('2000-01-31', 'date', 'en'), { dateTime: '2000-01-31', text: 'January 31, 2000' });
    assert.equal(toMoment('2000-01-31', 'date', 'de')?.text, '31. Januar 2000');
  });

  it('takes a date for the same day in every time zone', () => {
    const { TZ } = process.env;
    try {
      for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
        process.env['TZ'] = zone;
        assert.equal(toMoment('2000-01-01', 'datetime', 'en')?.text, 'January 1, 2000', zone);
      }
    } finally {
      if (TZ === undefined) delete process.env['TZ'];
      else process.env['TZ'] = TZ;
    }
  });

  it('writes the time of day too where that is wanted, and there is one', () => {
    const moment = new Date(2000, 0, 31, 15, 4);
    assert.match(toMoment(moment, 'datetime', 'en')?.text ?? '', /^January 31, 2000 at 3:04\sPM$/u);
    assert.equal(toMoment(moment, 'date', 'en')?.text, 'January 31, 2000');
    assert.equal(toMoment(moment.toISOString(), 'datetime', 'en')?.dateTime, moment.toISOString());
  });

  it('takes the language of the browser for one that is none', () => {
    const own = toMoment('2000-01-31', 'date', '')?.text;
    for (const language of ['C', 'en_US', '-']) assert.equal(toMoment('2000-01-31', 'date', language)?.text, own, language);
  });

  for (const value of ['01-01-2000', '2000-13-01', '2000-01-31 10:00', 'soon', '', 949276800000, null, {}, new Date(Number.NaN)]) {
    it(`finds no moment in ${JSON.stringify(value)}`, () => {
      assert.equal(toMoment(value, 'date', 'en'), undefined);
    });
  }
});
