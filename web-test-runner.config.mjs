/** `npm run test:browser`: the browser tests in Chromium. */
import { createBrowserConfig } from './tools/test/browser-config.mjs';

export default await createBrowserConfig(['chromium']);
