import type { StandardSchema } from '../../src/elements/unsafe-field/field-view.ts';

/** A schema that no library has made, and slow: an even number, from a text, as an object. */
export const evenSchema: StandardSchema = {
  '~standard': {
    version: 1,
    vendor: 'test',
    async validate(value) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const count = Number(value);
      return count % 2 ? { issues: [{ message: 'This must be even.' }] } : { value: { count } };
    },
  },
};
