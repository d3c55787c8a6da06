import { runFactorSuite } from '../../support/factor-suite.ts';
import { runSecondFactorSuite } from '../../support/second-factor-suite.ts';
import { mailedCodes } from '../../support/users.ts';

runFactorSuite({
  strategy: 'email_code',
  right: async (api, emailAddress) => ({ code: (await mailedCodes(api, emailAddress))[0] ?? '' }),
  // Seven digits are never the code.
  wrong: { code: '1234567' },
  wrongCode: 'form_code_incorrect',
  field: 'code',
  leadsTo: 'complete',
});

runSecondFactorSuite({
  strategy: 'email_code',
  need: 'client_trust',
  instance: { client_trust: true },
  setUp: async (api, { emailAddress }) => {
    return async () => {
      const sent = await api.database.selectFrom('verifications').select('id').where('sent_to', '=', emailAddress).execute();
      return (await mailedCodes(api, emailAddress, sent.length))[0] ?? '';
    };
  },
  listed: { strategy: 'email_code', primary: true, safe_identifier: /^p\*+@example\.com$/ },
  tries: 3,
  age: [0, -1],
});
