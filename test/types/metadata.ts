/**
 * Compiles: a page types its metadata the way it does with Clerk's own types, in one program with Clerk's backend package. A program of
 * its own (`tsconfig.json` beside this file), because what it declares holds for all of one.
 */
import type { User as BackendUser } from '@clerk/backend';
import type { Clerk, SignInProps, SignUpProps, SignUpResource, UserResource } from 'clerk-lit';

declare global {
  interface UserUnsafeMetadata {
    shirtColour?: string;
    shirt?: { sleeves?: number; pockets?: string[] };
  }
  interface UserPublicMetadata {
    shirtSize?: 'S' | 'M';
  }
  interface UserPrivateMetadata {
    shirtCost?: number;
  }
  interface SignUpUnsafeMetadata {
    shirtColour?: string;
  }
}

/** `true` where each type takes the other. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Declared members have their own type on both sides, all others are unknown. */
export const claims: [
  Same<UserResource['publicMetadata'], BackendUser['publicMetadata']>,
  Same<UserResource['unsafeMetadata'], BackendUser['unsafeMetadata']>,
  Same<UserResource['unsafeMetadata']['shirtColour'], string | undefined>,
  Same<UserResource['publicMetadata']['anything'], unknown>,
  Same<BackendUser['privateMetadata']['shirtCost'], number | undefined>,
] = [true, true, true, true, true];

export function reads(user: UserResource, backend: BackendUser): void {
  const size: 'S' | 'M' | undefined = user.publicMetadata.shirtSize ?? backend.publicMetadata.shirtSize;
  const colour: string | undefined = user.unsafeMetadata.shirtColour ?? backend.unsafeMetadata.shirtColour;
  const cost: number | undefined = backend.privateMetadata.shirtCost;
  // @ts-expect-error A size is one of two.
  user.publicMetadata.shirtSize = 'XS';
  // @ts-expect-error Nobody knows what it is.
  const other: string = user.unsafeMetadata['other'];
  // @ts-expect-error A page has no private metadata.
  void [size, colour, cost, other, user.privateMetadata];
}

export function writes(user: UserResource): void {
  void user.update({ unsafeMetadata: { shirtColour: 'red', anything: [1] } });
  void user.update({ unsafeMetadata: { ...user.unsafeMetadata, shirtColour: 'red' } });
  // @ts-expect-error A colour is a text.
  void user.update({ unsafeMetadata: { shirtColour: 5 } });
  // @ts-expect-error Only a backend writes it.
  void user.update({ publicMetadata: { shirtSize: 'S' } });
  void user.updateMetadata({ unsafeMetadata: { shirtColour: 'red', anything: { deep: null } } });
  void user.updateMetadata({ unsafeMetadata: { shirtColour: null, shirt: { sleeves: null, pockets: ['left'] } } });
  void user.updateMetadata({ unsafeMetadata: { shirt: null } });
  // @ts-expect-error A colour is a text.
  void user.updateMetadata({ unsafeMetadata: { shirtColour: 5 } });
  // @ts-expect-error Also further down.
  void user.updateMetadata({ unsafeMetadata: { shirt: { sleeves: 'two' } } });
  // @ts-expect-error A list takes the place of another; there is nothing to remove from it.
  void user.updateMetadata({ unsafeMetadata: { shirt: { pockets: ['left', null] } } });
}

export function signsUp(signUp: SignUpResource): [SignUpProps, SignInProps] {
  void signUp.create({ emailAddress: 'jane@example.com', unsafeMetadata: { shirtColour: 'red', anything: 1 } });
  void signUp.update({ unsafeMetadata: { shirtColour: 'blue' } });
  // @ts-expect-error A colour is a text.
  void signUp.create({ unsafeMetadata: { shirtColour: 5 } });
  const colour: string | undefined = signUp.unsafeMetadata.shirtColour;
  const props = { unsafeMetadata: { shirtColour: colour ?? 'red' } };
  return [props, props];
}

export function listens(clerk: Clerk): () => void {
  const size: 'S' | 'M' | undefined = clerk.user?.publicMetadata.shirtSize;
  return clerk.addListener(({ user, session, client }) => {
    const sizes: ('S' | 'M' | undefined)[] = [size, user?.publicMetadata.shirtSize, session?.user?.publicMetadata.shirtSize];
    const colours: (string | undefined)[] = [user?.unsafeMetadata.shirtColour, client?.signUp.unsafeMetadata.shirtColour];
    // @ts-expect-error Nobody may be there.
    void [sizes, colours, user.id];
  });
}
