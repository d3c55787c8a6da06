/** Keeps a phone number for the second step of signing in: one that somebody has already, or another. */
import type { FormValues } from '../../factors/factor.ts';
import { en } from '../../i18n/en/sessions.ts';
import type { PhoneNumberResource, SessionResource } from '../../resources/types.ts';
import { isCompleteCode } from '../../rules/one-time-code.ts';
import type { Phone } from '../fetch-phone.ts';
import type { Screen } from '../templates/card.ts';
import { setUp } from './backup-codes.ts';
import { codeScreen } from './code.ts';
import { progressOf } from './progress.ts';
import { provenAnew } from './proven-anew.ts';
import { otherMethodLink } from './second-factor-methods.ts';
import type { SessionContext } from './session-card.ts';

export function phoneScreen(session: SessionResource, context: SessionContext): Screen | undefined {
  const phone = context.parts.fetchedPhone();
  if (!phone) return context.card.awaitFile(context.parts.fetchPhone);
  const { phone: number } = progressOf(context.card);
  return number ? proofScreen(number, session, context) : numberScreen(phone, session, context);
}

/** Which number it is to be. */
function numberScreen({ phoneField, numberOf, styles }: Phone, session: SessionResource, context: SessionContext): Screen {
  const { card, parts, later } = context;
  const { css, html } = parts;
  const { title, subtitle, label, use } = en.phone;
  const user = session.user!;
  const adopt = card.adopt.bind(card);
  adopt(styles);
  const proved = user.phoneNumbers.filter(({ verification }) => verification.status === 'verified');
  const submit = (values: FormValues) => {
    const phoneNumber = numberOf(values, 'phoneNumber');
    if (!phoneNumber) return card.action.fail(parts.missingField('phone_number', 'phone_number_missing'));
    return card.run(async () => {
      // One that was left half way is taken up again.
      const known = user.phoneNumbers.find((each) => each.phoneNumber === phoneNumber);
      const number = known ?? (await provenAnew(card, () => user.createPhoneNumber({ phoneNumber })));
      progressOf(card).phone = await number.prepareVerification();
      card.noteSentCode();
    });
  };
  return {
    part: 'taskSetupMfa',
    key: 'phone',
    title,
    subtitle,
    fieldNames: ['phoneNumber'],
    fields: phoneField({ ...card.field('phoneNumber'), label, value: '', country: undefined, required: true }),
    submit,
    links: [
      proved.map((number) =>
        later.methodButton({ css, html, adopt }, use(number.phoneNumber), () => card.run(() => keep(number, session, context))),
      ),
      otherMethodLink(context),
    ],
  };
}

/** The code that was sent to it. */
function proofScreen(number: PhoneNumberResource, session: SessionResource, context: SessionContext): Screen {
  const { card, parts } = context;
  const resend = () =>
    card.run(async () => {
      await number.prepareVerification();
      card.notice = card.strings.emailCode.sent;
      card.noteSentCode();
    });
  const { links, ...code } = codeScreen('phone_code', context, { number: number.phoneNumber, resend });
  return {
    ...code,
    part: 'taskSetupMfa',
    key: 'phoneCode',
    submit: ({ code = '' }) => {
      if (!isCompleteCode(code)) return card.action.fail(parts.missingField('code'));
      return card.run(async () => keep(await number.attemptVerification({ code }), session, context));
    },
    links: [links, otherMethodLink(context)],
  };
}

async function keep(number: PhoneNumberResource, session: SessionResource, { card }: SessionContext): Promise<void> {
  const kept = await provenAnew(card, () => number.setReservedForSecondFactor({ reserved: true }));
  await setUp(card, session, kept.backupCodes);
}
