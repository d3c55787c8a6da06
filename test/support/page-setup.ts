/** Runs in every test page before the tests: a clean page, readable failures, no request to a third host. */
import * as testing from '@open-wc/testing/pure';
import { chaiNodes } from './chai-nodes.ts';
import { clearStorage } from './clear-storage.ts';

// The package exports it, its types do not. Not by the main entry, which would set up its clean-up before there is a runner.
(testing as unknown as { chai: Chai.ChaiStatic }).chai.use(chaiNodes);

// Where the browser gives a test file no profile of its own (WebKit), it would find what the file before left.
clearStorage();

// The policy of the page names the hosts that a test may ask. The runner reports an uncaught error at the test that runs, and of a
// rejection it would only tell.
addEventListener('unhandledrejection', ({ reason }) => {
  throw reason;
});

document.addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective }) => {
  throw new Error(`A request to a host that is none of the test's: ${blockedURI} (${violatedDirective})`);
});
