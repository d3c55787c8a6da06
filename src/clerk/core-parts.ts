/** What the further file of methods uses of the core. The build puts it in; sources import it themselves. */
export const coreParts = (): object => ({});
