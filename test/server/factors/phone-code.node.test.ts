import { runFactorSuite } from '../../support/factor-suite.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { runSecondFactorSuite } from '../../support/second-factor-suite.ts';
import { withPhoneNumbers, withPhoneSecondFactor } from '../../support/phone-numbers.ts';
import { mailedCodes } from '../../support/users.ts';

runFactorSuite({
  strategy: 'phone_code',
  instance: withPhoneNumbers,
  byPhoneNumber: true,
  right: async (api, number) => ({ code: (await mailedCodes(api, number))[0] ?? '' }),
  // Seven digits are never the code.
  wrong: { code: '1234567' },
  wrongCode: 'form_code_incorrect',
  field: 'code',
  leadsTo: 'complete',
});

let people = 0;

runSecondFactorSuite({
  strategy: 'phone_code',
  need: 'second_factor',
  instance: withPhoneSecondFactor,
  setUp: async (api, { user }) => {
    const number = `+1415557${String(++people).padStart(4, '0')}`;
    const body = { user_id: user.id, phone_number: number, verified: true, reserved_for_second_factor: true };
    const { status, body: answer } = await createBackendClient(api)('POST', '/phone_numbers', { body });
    if (status !== 200) throw new Error(JSON.stringify(answer));
    return async () => {
      const sent = await api.database.selectFrom('verifications').select('id').where('sent_to', '=', number).execute();
      return (await mailedCodes(api, number, sent.length))[0] ?? '';
    };
  },
  listed: { strategy: 'phone_code', primary: false, default: true, safe_identifier: /^\+\*+\d{4}$/ },
  tries: 3,
  age: [0, 0],
});
