/** What the build puts in place of these names (esbuild `define`), and what pages may set before the script runs. */

/** The package's version. */
declare const __CLERK_LIT_VERSION__: string;

/** Files beside the script: `ui`, and one for each tag that comes in a file of its own. */
declare const __CLERK_LIT_FILES__: Record<string, string>;

/** The file beside the script that holds the `integrity` of every file of the UI, and its own. */
declare const __CLERK_LIT_PINS__: { file: string; integrity: string };

/** A module under another address, for a second try. */
declare module '*?r=1' {}
