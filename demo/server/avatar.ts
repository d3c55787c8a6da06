/** Generated pictures of users: a face without features on a colour that belongs to the id. Nothing is looked up. */
import { sha256 } from './ids.ts';

/** An SVG of a user's id. */
export function avatar(userId: string): string {
  const [first = 0, second = 0] = sha256(userId);
  const hue = Math.round((first / 256) * 360);
  const other = (hue + 30 + Math.round((second / 256) * 60)) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" role="img" aria-label="Avatar">
<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="hsl(${hue} 62% 58%)"/><stop offset="1" stop-color="hsl(${other} 62% 44%)"/></linearGradient></defs>
<rect width="96" height="96" fill="url(#g)"/>
<circle cx="48" cy="38" r="16" fill="#fff" fill-opacity=".9"/>
<path d="M16 96c0-20 14-33 32-33s32 13 32 33z" fill="#fff" fill-opacity=".9"/>
</svg>
`;
}
