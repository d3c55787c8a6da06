import { runFactorSuite } from '../../support/factor-suite.ts';
import { withPhoneNumbers } from '../../support/phone-numbers.ts';
import { mailedCodes } from '../../support/users.ts';

runFactorSuite({
  strategy: 'reset_password_phone_code',
  instance: withPhoneNumbers,
  byPhoneNumber: true,
  right: async (api, number) => ({ code: (await mailedCodes(api, number))[0] ?? '' }),
  wrong: { code: '1234567' },
  wrongCode: 'form_code_incorrect',
  field: 'code',
  leadsTo: 'needs_new_password',
});
