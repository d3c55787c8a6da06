import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { judgeCode, sendCode } from '../../../demo/server/domain/code-verification.ts';
import type { CodeOrder } from '../../../demo/server/domain/code-verification.ts';
import type { Dependencies } from '../../../demo/server/dependencies.ts';
import type { LogEntry } from '../../../demo/server/log.ts';
import type { Mail } from '../../../demo/server/mail.ts';
import { readSettings } from '../../../demo/server/settings.ts';
import type { TextMessage } from '../../../demo/server/sms.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';

describe('C3, C10: sendCode()', () => {
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
      sendTextMessage: async () => undefined,
      ...changes,
    }) as Dependencies;

  const orderFor = (normalized: string, attached: string[]): CodeOrder => ({
    strategy: 'email_code',
    purpose: 'verification',
    kind: 'email_address',
    address: normalized,
    normalized,
    isReachable: true,
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

  const toNumber = (number: string, attached: string[]): CodeOrder => ({
    ...orderFor(number, attached),
    strategy: 'phone_code',
    kind: 'phone_number',
  });

  it('sends a code to a phone number as one short text message, and logs a failure without the number', async () => {
    const messages: TextMessage[] = [];
    const attached: string[] = [];
    const sendMail = () => Promise.reject(new Error('no mail goes to a phone number'));
    const context = contextOf({ sendMail, sendTextMessage: async (message) => void messages.push(message) });
    await sendCode(context, toNumber('+14155560199', attached));
    assert.deepEqual(
      messages.map(({ to }) => to),
      ['+14155560199'],
    );
    assert.match(messages[0]?.text ?? '', /^\d{6} is your My application verification code\.[\x20-\x7e]*$/);
    assert.ok((messages[0]?.text.length ?? 999) <= 160);
    const entries: LogEntry[] = [];
    await new Promise<void>((resolve) => {
      const refusal = Object.assign(new Error('+14155560198: 123456 refused'), { code: 'status 500' });
      const log = (entry: LogEntry) => resolve(void entries.push(entry));
      void sendCode(contextOf({ sendTextMessage: () => Promise.reject(refusal), log }), toNumber('+14155560198', []));
    });
    assert.deepEqual(entries, [{ level: 'error', message: 'A text message could not be sent (status 500).' }]);
  });

  it('gives test numbers their code in test mode alone', async () => {
    const messages: TextMessage[] = [];
    const sendTextMessage = async (message: TextMessage) => void messages.push(message);
    const judge = async (context: Dependencies, number: string) => {
      const attached: string[] = [];
      await sendCode(context, toNumber(number, attached));
      return judgeCode(context, api.database, { verificationId: attached[0] ?? '', strategy: 'phone_code', code: '424242' });
    };
    for (const number of ['+14155550100', '+15555550199']) {
      assert.equal((await judge(contextOf({ sendTextMessage }), number))?.status, 'verified', number);
    }
    assert.deepEqual(messages, []);
    for (const number of ['+14155550200', '+14155560100', '+441555550100']) await judge(contextOf({ sendTextMessage }), number);
    await judge(contextOf({ sendTextMessage }, { test_mode: false }), '+14155550100');
    assert.deepEqual(
      messages.map(({ to }) => to),
      ['+14155550200', '+14155560100', '+441555550100', '+14155550100'],
    );
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
