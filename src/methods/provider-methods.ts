/** What the further file of methods fetches in turn, for those who go over a provider. */
import { oauthMethods } from './oauth.ts';

export default (): typeof oauthMethods => oauthMethods;
