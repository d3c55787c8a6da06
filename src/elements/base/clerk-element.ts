import { LitElement } from 'lit';
import type { CSSResult, PropertyDeclarations } from 'lit';
import type { AppearanceTheme } from '../../clerk/appearance-types.ts';
import type { ClerkApi } from '../../clerk/clerk-api.ts';
import { en } from '../../i18n/en/cards.ts';
import type { Strings } from '../../i18n/en/cards.ts';
import type { Look } from '../appearance/appearance.ts';
import { fetchAppearance } from '../fetch-appearance.ts';
import { adoptStyles } from './adopt-styles.ts';
import { currentClerk } from './current-clerk.ts';

const rootMark = 'data-clerk-root';

/**
 * Base of every `clerk-*` element: renders into the light DOM, so that password managers, page-level labels and page style
 * sheets reach its fields.
 *
 * It renders into one `<div data-clerk-root>` of its own, appended when the element comes into a document, and never moves or removes the page's nodes: those
 * are placed by a grid (see `styles/host.ts`). Rendering straight into the element would delete page children that arrive
 * later, and fail after the page's `replaceChildren()`. The element's `styles` are adopted once by its document or shadow root.
 */
export class ClerkElement extends LitElement {
  static override properties: PropertyDeclarations = {
    clerk: { attribute: false },
    appearance: {},
  };

  /** The instance to work with; without one, the page's. */
  declare clerk: ClerkApi | undefined;
  /** Clerk's `appearance` option for this element, as an object or as JSON. */
  declare appearance: AppearanceTheme | string | null | undefined;

  /** The style sheets that it takes along wherever it goes. */
  protected readonly sheets = new Set((this.constructor as typeof LitElement).elementStyles as CSSResult[]);
  readonly #internals = this.attachInternals();
  readonly #ids = new Map<string, string>();
  readonly #observer = new MutationObserver(() => {
    this.#placeRoot();
  });
  /** What `appearance` has made of it: that of the page and its own. */
  declare protected look: Look | undefined;

  /** The texts of the element. */
  get strings(): Strings {
    return en;
  }

  /** The instance this element works with. */
  get instance(): ClerkApi | undefined {
    return this.clerk ?? currentClerk();
  }

  /** Sets every public property to what `props` says of it, or to nothing. Other members of `props` are ignored. */
  assign(props: object): void {
    for (const name of (this.constructor as typeof LitElement).elementProperties.keys()) {
      if (name !== 'clerk') Object.assign(this, { [name]: (props as Record<PropertyKey, unknown>)[name] });
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#placeRoot();
    // A framework that wipes or rewrites the children must not leave the element blank.
    this.#observer.observe(this, { childList: true });
    adoptStyles(this, this.sheets);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  /**
   * The id of the field called `name`: `<name>-field`, as pages and tests know it; with a number where the document or shadow
   * root already has such an id. It stays the same for the life of the element.
   */
  fieldId(name: string): string {
    const known = this.#ids.get(name);
    if (known) return known;
    // Outside of a document nothing can be asked.
    const scope = this.getRootNode() as Partial<Document>;
    const wanted = `${name}-field`;
    let id = wanted;
    for (let count = 2; scope.getElementById?.(id); count++) id = `${wanted}-${count}`;
    this.#ids.set(name, id);
    return id;
  }

  protected override createRenderRoot(): HTMLElement {
    const root = document.createElement('div');
    root.setAttribute(rootMark, '');
    return root;
  }

  /** Waits for what it is to look like, so that nothing is seen before. */
  protected override async scheduleUpdate(): Promise<unknown> {
    const ofPage = this.instance?.__internal_getOption('appearance');
    if (ofPage || this.appearance || this.look) this.look = (await fetchAppearance())?.(this, this.sheets, ofPage);
    return super.scheduleUpdate();
  }

  /** Sets or clears the custom state `name`, for `:state(name)` in style sheets. */
  protected setState(name: string, on: boolean): void {
    this.#internals.states[on ? 'add' : 'delete'](name);
  }

  #placeRoot(): void {
    const root = this.renderRoot;
    for (const child of [...this.children]) {
      // Left by cloneNode() or a saved page: it belongs to no living element.
      if (child !== root && child.hasAttribute(rootMark)) child.remove();
    }
    if (root.parentNode !== this) this.append(root);
  }
}
