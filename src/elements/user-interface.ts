import type { ClerkApi, FlowName, SignInProps, UserInterface } from '../clerk/clerk-api.ts';
import { en } from '../i18n/en.ts';
import type { ClerkNavigateEvent } from './base/card-events.ts';
import type { ClerkElement } from './base/clerk-element.ts';
import { provideClerk } from './base/current-clerk.ts';
import { define } from './define.ts';
import { ModalDialog } from './modal-dialog.ts';
import { element as signIn } from './sign-in/sign-in.ts';

/** An element with the props of a `mount…` or `open…` call. */
function createElement(clerk: ClerkApi, tag: string, props: object): ClerkElement {
  const element = document.createElement(tag) as ClerkElement;
  element.clerk = clerk;
  element.assign(props);
  return element;
}

/**
 * The user interface of one Clerk instance: registers `<clerk-sign-in>`, fills nodes and opens dialogs. Called by the core, once
 * for each instance; the last instance is the one that elements in the page's own markup work with.
 */
export function startUserInterface(clerk: ClerkApi): UserInterface {
  const mounted = new WeakMap<HTMLElement, ClerkElement>();
  const dialog = new ModalDialog();
  provideClerk(clerk);
  define('clerk-sign-in', signIn);

  /** Shows the other card in place of this one, unless the page has pages of its own for them. */
  const swap = (event: ClerkNavigateEvent, show: (to: FlowName, props: SignInProps) => void) => {
    if (hasOwnPage(clerk, event.to)) return;
    event.preventDefault();
    show(event.to, event.props as SignInProps);
  };

  const unmount = (node: HTMLElement) => {
    mounted.get(node)?.remove();
    mounted.delete(node);
  };

  return {
    define,
    unmount,
    mount(tag, node, props) {
      const known = mounted.get(node);
      if (known?.localName === tag) {
        known.assign(props);
        // The page may have emptied the node meanwhile.
        if (known.parentNode !== node) node.append(known);
        return;
      }
      unmount(node);
      const element = createElement(clerk, tag, props);
      element.addEventListener('clerk-navigate', (event) => {
        swap(event, (to, otherProps) => {
          if (to === 'signUp') clerk.mountSignUp(node, otherProps);
          else clerk.mountSignIn(node, otherProps);
        });
      });
      mounted.set(node, element);
      node.append(element);
    },
    open(tag, props) {
      const element = createElement(clerk, tag, props);
      element.addEventListener('clerk-navigate', (event) => {
        swap(event, (to, otherProps) => {
          if (to === 'signUp') clerk.openSignUp(otherProps);
          else clerk.openSignIn(otherProps);
        });
      });
      void dialog.show(element, tag === 'clerk-sign-up' ? en.signIn.signUpLink : en.signUp.signInLink);
    },
    close(tag) {
      if (dialog.shows(tag)) dialog.close();
    },
  };
}

/** Whether `load()` was told of a page for this card, other than the one that the API hosts. */
function hasOwnPage(clerk: ClerkApi, flow: FlowName): boolean {
  const environment = clerk.__internal_environment;
  const built = flow === 'signUp' ? clerk.buildSignUpUrl() : clerk.buildSignInUrl();
  const hosted = flow === 'signUp' ? environment?.signUpUrl : environment?.signInUrl;
  return !pageOf(built) || pageOf(built) !== pageOf(hosted ?? '');
}

/** An address without what is only said to the page. */
function pageOf(address: string): string | undefined {
  if (!URL.canParse(address, document.baseURI)) return undefined;
  const { origin, pathname } = new URL(address, document.baseURI);
  return origin + pathname;
}
