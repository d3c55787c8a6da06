import type { FactorScreen } from '../../factors/view.ts';
import type { SessionContext } from './session-card.ts';

/** The field for a code, as the second step of signing in draws it. */
export function codeScreen(
  strategy: 'totp' | 'phone_code',
  { card, parts, later }: SessionContext,
  { number, resend }: { number?: string; resend?: () => unknown } = {},
): FactorScreen {
  return later.laterFactors[strategy]!.screen!(
    {
      card,
      factor: { strategy, safeIdentifier: number },
      identifier: '',
      typedPassword: undefined,
      isNewDevice: false,
      notice: card.notice,
      resendIn: card.resend.left,
      resend: resend ?? (() => undefined),
      verification: undefined as never,
      refresh: () => Promise.resolve(null),
      proceed: () => undefined,
      report: () => undefined,
      forgot: undefined,
    },
    { ...parts, adopt: (styles) => card.adopt(styles) },
  );
}
