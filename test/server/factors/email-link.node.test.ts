import { runFactorSuite } from '../../support/factor-suite.ts';
import { mailTo } from '../../support/users.ts';

runFactorSuite({
  strategy: 'email_link',
  instance: { attributes: { email_address: { first_factors: ['email_code', 'email_link'] } } },
  // Whoever has the link in hand, as an app has that is opened by it, may give what is in it instead of opening it.
  right: async (api, emailAddress) => {
    const { text } = await mailTo(api, emailAddress);
    return { code: /token=([\w-]+)$/m.exec(text)?.[1] ?? '' };
  },
  wrong: { code: 'not-what-is-in-the-link' },
  wrongCode: 'form_code_incorrect',
  field: 'code',
  leadsTo: 'complete',
});
