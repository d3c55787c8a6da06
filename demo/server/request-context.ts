/** What every handler knows of the request beside its content. */
import type { HttpBindings } from '@hono/node-server';

/** Hono's environment of both applications. */
export interface AppEnvironment {
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** 32 hexadecimal characters: in the log, in `x-clerk-trace-id`, and in error bodies as `clerk_trace_id`. */
    traceId: string;
    /** Address of the caller; a trusted proxy's own address is replaced by the one it forwards. */
    clientAddress: string;
    /** Frontend API only: headers that the answer gets, be it a refusal. */
    answerHeaders: [name: string, value: string][];
  };
}
