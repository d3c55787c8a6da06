/** Links by mail for tests that run in a browser. */
import { mails, wideApi } from './browser.ts';
import { until } from './until.ts';

/** The newest link that was mailed to an address by the API with every way in. */
export async function linkTo(emailAddress: string): Promise<string> {
  let link: string | undefined;
  const look = async () => {
    while (!link) {
      const mail = (await mails(wideApi)).find(({ recipient, text }) => recipient === emailAddress && /^http/m.test(text));
      link = mail && /^http\S+$/m.exec(mail.text)?.[0];
    }
  };
  void look();
  return until(() => link, `a link to ${emailAddress}`);
}

/** Opens a link as another device does: the test runner has no cookie of this page. */
export async function openElsewhere(link: string): Promise<void> {
  const answer = await fetch(`/__test/${wideApi.name}/open${link.slice(wideApi.url.length)}`);
  if (!answer.ok) throw new Error(`${answer.status} for ${link}`);
}
