/** Names that every object seems to have: ordinary keys of a document. */
export const inheritedNames = [
  'toString',
  'constructor',
  'hasOwnProperty',
  'prototype',
  'valueOf',
  'isPrototypeOf',
  '__defineGetter__',
  '__lookupSetter__',
  'toJSON',
  'then',
] as const;
