import type { ClerkApi, FlowName, SignInProps, SignUpProps, UserInterface } from '../clerk/clerk-api.ts';
import type { ClerkElement } from './base/clerk-element.ts';
import { provideClerk } from './base/current-clerk.ts';
import { focusStep } from './base/focus.ts';
import { define } from './define.ts';
import { fetchLater } from './fetch-later.ts';
import type { Later } from './fetch-later.ts';
import { element as signIn } from './sign-in/sign-in.ts';

/**
 * The user interface of one Clerk instance: registers `<clerk-sign-in>`, fills nodes and opens dialogs. Called by the core, once
 * for each instance; the last instance is the one that elements in the page's own markup work with.
 */
export function startUserInterface(clerk: ClerkApi): UserInterface {
  const mounted = new WeakMap<HTMLElement, ClerkElement>();
  let dialog: InstanceType<Later['ModalDialog']> | undefined;
  /** The card in the dialog, or on its way there. */
  let opened: ClerkElement | undefined;
  provideClerk(clerk);
  define('clerk-sign-in', signIn);

  /** A card that has the other one shown in its place, unless the page has pages of its own for them. */
  const createCard = (tag: string, props: object, show: (to: 'SignIn' | 'SignUp', props: object) => void) => {
    const element = document.createElement(tag) as ClerkElement;
    element.clerk = clerk;
    element.assign(withTarget(props));
    element.addEventListener('clerk-navigate', (event) => {
      if (hasOwnPage(clerk, event.to)) return;
      event.preventDefault();
      show(event.to === 'signUp' ? 'SignUp' : 'SignIn', event.props);
    });
    return element;
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
        known.assign(withTarget(props));
        // The page may have emptied the node meanwhile.
        if (known.parentNode !== node) node.append(known);
        return;
      }
      unmount(node);
      const element = createCard(tag, props, (to, others) => clerk[`mount${to}`](node, others as SignInProps & SignUpProps));
      mounted.set(node, element);
      node.append(element);
    },
    open(tag, props) {
      const element = (opened = createCard(tag, props, (to, others) => clerk[`open${to}`](others as SignInProps & SignUpProps)));
      fetchLater().then(({ ModalDialog }) => {
        dialog ??= new ModalDialog({ focusStep });
        if (opened === element) void dialog.show(element);
      }, console.error);
    },
    close(tag) {
      if (opened?.localName !== tag) return;
      opened = undefined;
      dialog?.close();
    },
  };
}

/** Whether `load()` was told of a page for this card, other than the one that the API hosts. */
function hasOwnPage(clerk: ClerkApi, flow: FlowName): boolean {
  const environment = clerk.__internal_environment;
  const [built, hosted] =
    flow === 'signUp' ? [clerk.buildSignUpUrl(), environment?.signUpUrl] : [clerk.buildSignInUrl(), environment?.signInUrl];
  return pageOf(built) !== pageOf(hosted);
}

/** Cards of tasks call otherwise where they lead to. */
const withTarget = (props: { redirectUrlComplete?: string }) => ({ forceRedirectUrl: props.redirectUrlComplete, ...props });

/** An address without what is only said to the page. */
const pageOf = (address = '') => new URL(address, document.baseURI).href.replace(/[?#].*/, '');
