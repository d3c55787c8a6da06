import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { judgeCode, sendCode } from '../../../demo/server/domain/code-verification.ts';
import type { CodeOrder } from '../../../demo/server/domain/code-verification.ts';
import type { Dependencies } from '../../../demo/server/dependencies.ts';
import type { LogEntry } from '../../../demo/server/log.ts';
import type { Mail } from '../../../demo/server/mail.ts';
import { verificationCodeMail } from '../../../demo/server/mail-templates.ts';
import { readSettings } from '../../../demo/server/settings.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';

describe('sendCode()', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi();
  });
  after(() => api.stop());

  const contextOf = (changes: Partial<Dependencies>, instance = {}) =>
    ({
      database: api.database,
      keys: { codeKey: Buffer.alloc(32, 1) },
      settings: readSettings(instance, 'development'),
      now: Date.now,
      log: () => undefined,
      sendMail: async () => undefined,
      ...changes,
    }) as Dependencies;

  const orderFor = (normalized: string, attached: string[]): CodeOrder => ({
    strategy: 'email_code',
    address: normalized,
    normalized,
    isReachable: true,
    mail: verificationCodeMail,
    lock: async () => null,
    attach: async (_transaction, id) => void attached.push(id),
  });

  it('sends what judgeCode() takes once', async () => {
    const mails: Mail[] = [];
    const attached: string[] = [];
    const context = contextOf({ sendMail: async (mail) => void mails.push(mail) });
    await sendCode(context, orderFor('ann@example.com', attached));
    const code = /^\d{6}$/m.exec(mails[0]?.text ?? '')?.[0] ?? '';
    const given = { verificationId: attached[0] ?? '', strategy: 'email_code', code };
    assert.equal((await judgeCode(context, api.database, given))?.status, 'verified');
    await assert.rejects(judgeCode(context, api.database, given), { message: 'verification_already_verified' });
  });

  it('does not wait for the mail, and logs a failure without the address, the code or the mail server’s text', async () => {
    const entries: LogEntry[] = [];
    let refuse = (_error: Error) => {};
    const logged = new Promise<void>((resolve) => {
      const context = contextOf({
        sendMail: () => new Promise<void>((_resolve, reject) => void (refuse = reject)),
        log: (entry) => {
          entries.push(entry);
          resolve();
        },
      });
      void sendCode(context, orderFor('slow@example.com', [])).then(() =>
        refuse(Object.assign(new Error('550 slow@example.com rejected: 123456'), { code: 'EENVELOPE' })),
      );
    });
    await logged;
    assert.deepEqual(entries, [{ level: 'error', message: 'A mail could not be sent (EENVELOPE).' }]);
  });

  it('mails nothing if the attempt it is for has moved on', async () => {
    const mails: Mail[] = [];
    const context = contextOf({ sendMail: async (mail) => void mails.push(mail) });
    const order = { ...orderFor('late@example.com', []), attach: () => Promise.reject(new Error('moved on')) };
    await assert.rejects(sendCode(context, order), /moved on/);
    assert.deepEqual(mails, []);
    const sent = await api.database.selectFrom('verifications').select('id').where('sent_to', '=', 'late@example.com').execute();
    assert.deepEqual(sent, []);
  });

  it('gives test addresses their code in test mode alone', async () => {
    const address = 'ann+clerk_test@example.com';
    const judge = async (context: Dependencies) => {
      const attached: string[] = [];
      await sendCode(context, orderFor(address, attached));
      return judgeCode(context, api.database, { verificationId: attached[0] ?? '', strategy: 'email_code', code: '424242' });
    };
    const mails: Mail[] = [];
    const sendMail = async (mail: Mail) => void mails.push(mail);
    assert.equal((await judge(contextOf({ sendMail })))?.status, 'verified');
    assert.equal(mails.length, 0);
    const judged = await judge(contextOf({ sendMail }, { test_mode: false }));
    assert.equal(mails.length, 1);
    if (!mails[0]?.text.includes('424242')) assert.equal(judged, undefined);
  });

  it('finds no code right where nobody was to be reached', async () => {
    const attached: string[] = [];
    const context = contextOf({ sendMail: () => Promise.reject(new Error('nothing may be sent')) });
    await sendCode(context, { ...orderFor('nobody+clerk_test@example.com', attached), isReachable: false });
    const given = { verificationId: attached[0] ?? '', strategy: 'email_code', code: '424242' };
    assert.equal(await judgeCode(context, api.database, given), undefined);
  });
});
