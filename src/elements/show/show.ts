import type { PropertyDeclarations } from 'lit';
import type { ClerkApi } from '../../clerk/clerk-api.ts';
import { adoptStyles, ClerkController, currentClerk, readAttribute, ReactiveElement } from '../shared.ts';
import { parseCondition } from './condition.ts';
import type { Condition } from './condition.ts';
import { showStyles } from './show.styles.ts';

const states = ['loading', 'shown', 'hidden'] as const;

/**
 * Shows its children only when its condition holds, and nothing before that is known. It follows every change: of this tab, of
 * others, and of a backend. Its children stay where the page has put them; while they are hidden, no reader finds them and no key reaches
 * them. It has no box of its own. Its `hidden` attribute is its own affair; write it in the markup to hide the children before any script runs.
 *
 * It hides and does not protect: whoever looks at the source of the page can read it.
 *
 * @example <clerk-show when="public:role=admin" hidden><a href="/admin">Administration</a></clerk-show>
 * @attr when - `signed-in`, `signed-out`, or a place in the user's metadata such as `unsafe:address.city`, which must hold something,
 *   or with `=Paris` that very value
 * @slot - what is shown
 * @cssstate loading - nobody knows yet
 * @cssstate shown - the condition holds
 * @cssstate hidden - it does not, or Clerk could not be loaded
 */
export class ClerkShowElement extends ReactiveElement {
  static override properties: PropertyDeclarations = { when: {}, clerk: { attribute: false } };

  declare when: string | null | undefined;
  /** The instance to work with; without one, the page's. */
  declare clerk: ClerkApi | undefined;

  readonly #connection = new ClerkController(this);
  readonly #internals = this.attachInternals();
  #condition: Condition | undefined;

  /** The instance this element works with. */
  get instance(): ClerkApi | undefined {
    return this.clerk ?? currentClerk();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, [showStyles]);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('when') || !this.hasUpdated) this.#condition = readAttribute(this, parseCondition, this.when);
  }

  protected override update(changed: Map<PropertyKey, unknown>): void {
    super.update(changed);
    const state = this.#state;
    for (const name of states) this.#internals.states[name === state ? 'add' : 'delete'](name);
    this.hidden = state !== 'shown';
  }

  get #state(): (typeof states)[number] {
    const { clerk, phase } = this.#connection;
    if (phase === 'loading') return phase;
    // A session with something left to do counts as none, as it does at Clerk.
    const user = clerk?.isSignedIn ? clerk.user : undefined;
    return phase === 'ready' && this.#condition?.(user ?? null) ? 'shown' : 'hidden';
  }
}

/** For the registry of elements. */
export { ClerkShowElement as element };
