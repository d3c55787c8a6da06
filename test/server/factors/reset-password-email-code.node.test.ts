import { runFactorSuite } from '../../support/factor-suite.ts';
import { mailedCodes } from '../../support/users.ts';

runFactorSuite({
  strategy: 'reset_password_email_code',
  right: async (api, emailAddress) => ({ code: (await mailedCodes(api, emailAddress))[0] ?? '' }),
  // Seven digits are never the code.
  wrong: { code: '1234567' },
  wrongCode: 'form_code_incorrect',
  field: 'code',
  leadsTo: 'needs_new_password',
});
