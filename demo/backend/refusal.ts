/** A refusal with a sentence that the page may show. */

export type RefusalStatus = 400 | 401 | 403 | 404 | 411 | 413 | 422 | 502;

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: RefusalStatus;

  constructor(status: RefusalStatus, message: string) {
    super(message);
    this.status = status;
  }
}

/** The answer that carries it. */
export const refuse = (status: RefusalStatus, message: string): Response => Response.json({ message }, { status });
