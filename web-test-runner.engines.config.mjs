/** `npm run test:engines`: the browser tests in all three engines. */
import { createBrowserConfig } from './tools/test/browser-config.mjs';

export default await createBrowserConfig(['chromium', 'firefox', 'webkit']);
