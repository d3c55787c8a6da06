import { runFactorSuite, suitePassword } from '../../support/factor-suite.ts';

runFactorSuite({
  strategy: 'password',
  right: async () => ({ password: suitePassword }),
  wrong: { password: 'not-the-password' },
  wrongCode: 'form_password_incorrect',
  field: 'password',
  leadsTo: 'complete',
});
