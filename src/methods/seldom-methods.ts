/** What the further file of methods fetches in turn. */
import { seldomMethods } from './seldom.ts';

export default (): typeof seldomMethods => seldomMethods;
