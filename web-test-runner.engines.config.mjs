/** `npm run test:engines`: the browser tests in all three engines; `ENGINES=firefox,webkit` limits them. */
import { createBrowserConfig } from './tools/test/browser-config.mjs';

export default await createBrowserConfig((process.env['ENGINES'] ?? 'chromium,firefox,webkit').split(','));
