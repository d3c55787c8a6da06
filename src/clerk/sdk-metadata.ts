/** Which package has put the script on a page: given to `load()`, and handed back. */
export interface SdkMetadata {
  name: string;
  version: string;
  environment?: string;
}
