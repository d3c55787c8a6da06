/**
 * Names of members that only the core itself uses, which the build may shorten: 3 % of the file. A name is safe here if no page, no
 * element, no API and no platform has it too, and if it is never spelled in a string; `test/tools/internal-names.node.test.ts` looks.
 */
export const internalNames = [
  // clerk/
  ...[
    'apiUrl',
    'applyClient',
    'initialSession',
    'isInTransition',
    'isLoaded',
    'isLocal',
    'listeners',
    'portalHost',
    'refresher',
    'setSession',
  ],
  ...['forget', 'prime', 'readSession', 'receivedAt', 'remaining', 'schedule', 'shareToken', 'tokens', 'usesDevBrowser', 'wake'],
  ...['lastEmitted', 'resourceContext', 'uiLoader'],
  ...['emit', 'isComing', 'listen', 'nodes', 'prefetch', 'publish', 'tell', 'watch', 'watchDocument'],
  // resources/
  ...[
    'actingSessionId',
    'addressOf',
    'changeUser',
    'fetchMethods',
    'forgetTokens',
    'knownId',
    'loadMethods',
    'setToken',
    'userChanged',
    'writeUser',
  ],
  // transport/
  ...['currentSessionId', 'devBrowser', 'patience', 'refreshClient', 'replaceDevBrowser', 'setUp', 'shouldRetry', 'startRoundTrip'],
  ...[
    'exclusively',
    'isFocused',
    'isForeignFrame',
    'isOnline',
    'isVisible',
    'onWake',
    'openChannel',
    'post',
    'readMark',
    'rewriteUrl',
    'writeMark',
  ],
  // wire/
  ...[
    'createClient',
    'deleteClient',
    'endAllSessions',
    'getClient',
    'verifyClient',
    'createDevBrowser',
    'getEnvironment',
    'updateEnvironment',
  ],
  ...['createSignIn', 'getSignIn', 'createSignUp', 'getSignUp', 'updateSignUp', 'createToken', 'createTokenFromTemplate'],
  ...['getSession', 'endSession', 'removeSession', 'revokeSession', 'listActiveSessions', 'listSessions'],
  ...['getUser', 'updateUser', 'deleteUser', 'updateUserMetadata', 'safeParse', 'findMismatch'],
];

/** For esbuild's `mangleProps`. */
export const internalNamePattern = new RegExp(`^(${internalNames.join('|')})$`);
