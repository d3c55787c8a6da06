/** The `appearance` option, by Clerk's published names. */

/** Custom properties by Clerk's names: `colorPrimary` is `--clerk-color-primary`. Former names are taken too. */
export interface AppearanceVariables {
  colorPrimary?: string | Record<string, string>;
  colorPrimaryForeground?: string;
  colorDanger?: string | Record<string, string>;
  colorSuccess?: string | Record<string, string>;
  colorWarning?: string | Record<string, string>;
  colorNeutral?: string | Record<string, string>;
  colorForeground?: string;
  colorMutedForeground?: string;
  colorMuted?: string;
  colorBackground?: string;
  colorInput?: string;
  colorInputForeground?: string;
  colorShimmer?: string;
  colorRing?: string;
  colorShadow?: string;
  colorBorder?: string;
  colorModalBackdrop?: string;
  fontFamily?: string;
  fontFamilyButtons?: string;
  /** Nothing of ours is set in it yet. */
  fontFamilyMono?: string;
  /** A size, or Clerk's scale, of which `md` is taken. */
  fontSize?: string | number | object;
  /** A weight, or Clerk's scale, of which `normal` is taken. */
  fontWeight?: string | number | object;
  borderRadius?: string;
  spacing?: string;
  /** Former name of `colorForeground`. */
  colorText?: string;
  /** Former name of `colorPrimaryForeground`. */
  colorTextOnPrimaryBackground?: string;
  /** Former name of `colorMutedForeground`. */
  colorTextSecondary?: string;
  /** Former name of `colorInputForeground`. */
  colorInputText?: string;
  /** Former name of `colorInput`. */
  colorInputBackground?: string;
  /** Former name of `spacing`. */
  spacingUnit?: string;
}

/** What is not a matter of style alone. */
export interface AppearanceOptions {
  logoPlacement?: 'inside' | 'outside' | 'none';
  /** In place of the logo of the instance. */
  logoImageUrl?: string;
  /** Makes the logo a link. */
  logoLinkUrl?: string;
  /** `auto` (default): whole buttons for one or two providers, icons for more. */
  socialButtonsVariant?: 'auto' | 'iconButton' | 'blockButton';
  /** Above (default) or below the form. */
  socialButtonsPlacement?: 'top' | 'bottom';
  /** `false` leaves the fields out that one may leave empty. */
  showOptionalFields?: boolean;
  /** Links at the foot of the card. */
  helpPageUrl?: string;
  privacyPageUrl?: string;
  termsPageUrl?: string;
  /** `false`: what turns turns slowly, as for those who want reduced motion. */
  animations?: boolean;
  /** `flush`: a card without border, shadow and padding; in a dialog it has them all the same. */
  elevation?: 'raised' | 'flush';
  /** A card takes the focus only in a dialog, or once it is used. */
  autoFocus?: boolean;
  /** Nothing of ours shimmers. */
  shimmer?: boolean;
  /** Nothing of ours warns of the development mode. */
  unsafe_disableDevelopmentModeWarnings?: boolean;
}

/** Light, dark, or as the person wants it; Clerk's `clerk` (the default) and `simple` (without the shadow). */
export type AppearanceThemeName = 'light' | 'dark' | 'auto' | 'clerk' | 'simple';

/** A theme by its name, or as an object such as those of `@clerk/ui/themes`; it counts less than what stands beside it. */
export type AppearanceThemeChoice = AppearanceThemeName | object;

/** How one component looks. */
export interface AppearanceTheme {
  theme?: AppearanceThemeChoice | readonly AppearanceThemeChoice[];
  /** Former name of `theme`. */
  baseTheme?: AppearanceThemeChoice | readonly AppearanceThemeChoice[];
  variables?: AppearanceVariables;
  /**
   * By Clerk's names of elements, with an id or a state behind them: `formButtonPrimary`, `formFieldInput__identifier`,
   * `formButtonPrimary__loading`. A text is class names; an object styles, with `'&:hover'` and `'@media …'` nested.
   */
  elements?: object;
  options?: AppearanceOptions;
  /** Former name of `options`. */
  layout?: AppearanceOptions;
  /** Accepted for pages that have it; nothing of ours asks for a captcha. */
  captcha?: object;
}

/** The option of `load()`: for all elements, and for single components by their names. */
export interface Appearance extends AppearanceTheme {
  signIn?: AppearanceTheme;
  signUp?: AppearanceTheme;
  userVerification?: AppearanceTheme;
  /** The cascade layer that all style sheets of the elements are put into. */
  cssLayerName?: string;
  /** Components that are not there yet. */
  [component: string]: unknown;
}
