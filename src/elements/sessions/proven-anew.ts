import type { SessionCard } from './session-card.ts';

/** Does it, and where too much time has passed since signing in asks first, in a dialog, who somebody is. */
export async function provenAnew<Result>({ api }: SessionCard, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    const { errors } = error as { errors?: { code?: string }[] };
    if (!errors?.some(({ code }) => code === 'session_reverification_required')) throw error;
    const isProven = await new Promise<boolean>((resolve) => {
      api.__internal_openReverification({
        afterVerification: () => resolve(true),
        afterVerificationCancelled: () => resolve(false),
      });
    });
    if (!isProven) throw error;
    return act();
  }
}
