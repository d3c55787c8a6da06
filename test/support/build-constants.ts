/** What the build puts into the sources, for tests that run the sources. Import it first. */
Object.assign(globalThis, { __CLERK_LIT_VERSION__: '0.0.0-test', __CLERK_LIT_FILES__: {} });
