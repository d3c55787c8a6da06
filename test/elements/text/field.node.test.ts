import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseField } from '../../../src/elements/text/field.ts';
import type { UserResource } from '../../../src/resources/types.ts';

const createdAt = new Date(0);
const user = {
  firstName: 'Jane',
  lastName: null,
  hasImage: false,
  createdAt,
  primaryEmailAddress: { emailAddress: 'jane@example.com', toString: () => 'jane@example.com' },
  publicMetadata: JSON.parse('{"role":"admin","constructorOf":1,"toString":"own","level":0}') as Record<string, unknown>,
  unsafeMetadata: { address: { city: 'Paris' }, tags: ['a', 'b'] },
  privateMetadata: { canary: 'private' },
} as unknown as UserResource;

describe('parseField()', () => {
  for (const [field, value] of [
    ['user.firstName', 'Jane'],
    ['user.lastName', undefined],
    ['user.hasImage', false],
    ['user.createdAt', createdAt],
    ['user.primaryEmailAddress', 'jane@example.com'],
    ['public.role', 'admin'],
    ['public.toString', 'own'],
    ['public.level', 0],
    ['public.hasOwnProperty', undefined],
    ['public.role.length', undefined],
    ['unsafe.address.city', 'Paris'],
    ['unsafe.address', { city: 'Paris' }],
    ['unsafe.tags', ['a', 'b']],
    ['unsafe.missing.deeper', undefined],
  ] as const) {
    it(`reads ${field}`, () => {
      assert.deepEqual(parseField(field)(user), value);
    });
  }

  for (const field of [
    '',
    'firstName',
    'user',
    'user.',
    'user.privateMetadata',
    'user.publicMetadata',
    'user.firstName.length',
    'user.update',
    'user.constructor',
    'user.__proto__',
    'private.canary',
    'public',
    'public.',
    'public.a..b',
    'public.__proto__',
    'unsafe.constructor.name',
    'session.id',
  ]) {
    it(`refuses "${field}"`, () => {
      assert.throws(() => parseField(field), SyntaxError);
    });
  }
});
