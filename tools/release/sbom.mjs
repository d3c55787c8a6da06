/**
 * What a release is made of, in CycloneDX. npm lists all that is installed; what `npm sbom --omit dev` leaves of it lacks `lit`, on which
 * packages of development depend too, so the lock file says which packages are released.
 */

/**
 * @typedef {{ 'bom-ref': string, name: string, version: string }} Component
 * @typedef {object} Sbom
 * @property {{ component: Component }} metadata
 * @property {Component[]} components
 * @property {{ ref: string, dependsOn?: string[] }[]} dependencies
 */

/**
 * @param {Sbom} all as npm gives it
 * @param {{ name: string, packages: Record<string, { version?: string, dev?: boolean, devOptional?: boolean, optional?: boolean }> }} lock
 * @returns {Sbom}
 */
export function releasedSbom(all, lock) {
  const released = new Set(
    Object.entries(lock.packages)
      .filter(([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional)
      .map(([path, { version }]) => `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`),
  );
  const { component } = all.metadata;
  const isKept = (/** @type {string} */ ref) => ref === component['bom-ref'] || released.has(ref);
  return {
    ...all,
    // npm takes the name of the folder.
    metadata: { ...all.metadata, component: { ...component, name: lock.name } },
    components: all.components.filter((each) => released.has(each['bom-ref'])),
    dependencies: all.dependencies
      .filter(({ ref }) => isKept(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(isKept) })),
  };
}
