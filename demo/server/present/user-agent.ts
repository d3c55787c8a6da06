/** What a `User-Agent` says to a person who looks at the list of their devices. */
import bowser from 'bowser';

export interface DeviceDescription {
  /** `Macintosh`, `Windows`, `iPhone`; `null` where it is unknown. */
  device_type: string | null;
  is_mobile: boolean;
  browser_name: string | null;
  browser_version: string | null;
}

export function describeUserAgent(userAgent: string): DeviceDescription {
  if (!userAgent) return { device_type: null, is_mobile: false, browser_name: null, browser_version: null };
  const parsed = bowser.parse(userAgent);
  const system = parsed.os.name === 'macOS' ? 'Macintosh' : parsed.os.name;
  return {
    device_type: parsed.platform.model ?? system ?? null,
    is_mobile: parsed.platform.type === 'mobile' || parsed.platform.type === 'tablet',
    browser_name: parsed.browser.name || null,
    browser_version: parsed.browser.version ?? null,
  };
}
