/** What is left to do before a session is somebody's without reserve (dossier part 1, §5.2). */
import type { SessionStep } from '../../flows/session-flow.ts';
import { en } from '../../i18n/en/sessions.ts';
import type { UserResource } from '../../resources/types.ts';
import type { Screen } from '../templates/card.ts';
import { breakable, identifierOf } from './accounts.ts';
import { appScreen } from './authenticator-app.ts';
import { backupCodesScreen } from './backup-codes.ts';
import { codesOf } from './progress.ts';
import { phoneScreen } from './second-phone.ts';
import type { SessionCard, SessionContext } from './session-card.ts';
import { methodOf, methodsScreen } from './second-factor-methods.ts';

type Task = Extract<SessionStep, { name: 'task' }>;

/** Codes that were made for somebody stay until they are saved, although the task is done. */
export function savedCodesScreen(context: SessionContext): Screen | undefined {
  const codes = codesOf(context.card);
  return codes && backupCodesScreen(codes, context);
}

export function taskScreen(task: Task, context: SessionContext): Screen | undefined {
  const { card, parts } = context;
  const { session } = task;
  const signOut = () => card.run(() => card.api.signOut({ sessionId: session.id, redirectUrl: location.href }));
  const screen = ownPage(task, card) ?? screenOf(task, context);
  const { html } = parts;
  return (
    screen && {
      ...screen,
      footer: html`
        <div class="cl-footerAction">
          <p class="cl-footerActionText">${breakable(en.signedInAs(identifierOf(session)), html)}</p>
          ${parts.actionLink('footerActionLink', card.strings.signOut, signOut)}
        </div>
      `,
    }
  );
}

function screenOf({ key, session }: Task, context: SessionContext): Screen | undefined {
  switch (key) {
    case 'reset-password':
      return resetPasswordScreen(session.user!, context);
    case 'setup-mfa': {
      const method = methodOf(context.card);
      if (!method) return methodsScreen(context);
      return method === 'app' ? appScreen(session, context) : phoneScreen(session, context);
    }
    default: {
      const { title, subtitle } = context.card.strings.unsupported;
      return { part: 'unsupported', title, subtitle: subtitle(key) };
    }
  }
}

/** A page of the application for this task, by the option `taskUrls` of `load()`, unless this is it. */
function ownPage({ key }: Task, { api, strings }: SessionCard): Screen | undefined {
  const pages = api.__internal_getOption('taskUrls');
  const page = pages?.[key];
  if (!page || new URL(page, document.baseURI).pathname === location.pathname) return undefined;
  return { part: 'task', key, title: strings.signedIn, whileShown: () => api.navigate(page) };
}

/** The form for a new password after a forgotten one, with its own texts. */
function resetPasswordScreen(user: UserResource, { card, parts, later }: SessionContext): Screen {
  const screen = later.laterScreen(
    { name: 'new-password' },
    {
      ...parts,
      adopt: (styles) => card.adopt(styles),
      card,
      identifier: user.primaryEmailAddress?.emailAddress ?? '',
      preview: undefined,
      settings: card.environment.passwordSettings,
      nameOf: () => undefined,
      choose: () => undefined,
      back: () => undefined,
      social: undefined,
      typed: (name) => card.typed(name),
      fail: (error) => card.action.fail(error),
      newPassword: 'newPassword',
      reset: ({ password, signOutOfOtherSessions = false }) =>
        card.run(async () => {
          const { id } = card.api.session!;
          await user.updatePassword({ newPassword: password, signOutOfOtherSessions });
          await card.finish(id);
        }),
    },
  );
  return { ...screen, ...en.resetPassword };
}
