/** What is part of another resource and read with it. */
import type { BaseResource, ResourcePart } from '../resources/base.ts';

export const partMethods = {
  /** Reads the resource that it is part of, and says what is true of it there now. What is no longer part of it stays as it was. */
  async reload(this: ResourcePart): Promise<ResourcePart> {
    const { owner } = this;
    const way = wayTo(this, owner);
    await owner.reload();
    const now = way?.reduce<unknown>((holder, name) => (Object(holder) as Record<string, unknown>)[name], owner);
    return Object.assign(this, now);
  },
};

/** The names that lead from a resource to a part of it: a member, or one of a list or group that is a member. */
function wayTo(part: ResourcePart, owner: BaseResource): string[] | undefined {
  for (const [name, value] of Object.entries(owner) as [string, unknown][]) {
    if (value === part) return [name];
    const inner = Object.entries(Object(value) as object).find(([, each]) => each === part);
    if (inner) return [name, inner[0]];
  }
  return undefined;
}
