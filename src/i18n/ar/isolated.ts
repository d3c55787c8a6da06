/** Addresses, numbers and names keep a direction of their own (Unicode FSI … PDI). */
export const isolated = (text: string) => `\u2068${text}\u2069`;
