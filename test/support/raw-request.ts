/** Requests that no client of ours would send: headers twice, targets as they are spelled, bytes of one's own. */
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

/**
 * Sends a request whose headers are a list, so that a name can come twice. The target is sent as it is spelled.
 * @param address `http://127.0.0.1:<port>`
 */
export async function sendRaw(
  address: string,
  {
    method = 'GET',
    target,
    headers = [],
    body = '',
  }: { method?: string; target: string; headers?: [string, string][]; body?: string | Buffer },
): Promise<RawAnswer> {
  const { host, hostname, port } = new URL(address);
  const isChunked = headers.some(([name]) => name === 'transfer-encoding');
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const list = [
      ['host', host],
      ...headers,
      ...(method === 'GET' || isChunked ? [] : [['content-length', String(Buffer.byteLength(body))]]),
    ];
    request({ hostname, port, method, path: target, headers: list.flat(), agent: false }, resolve).on('error', reject).end(body);
  });
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += chunk as string;
  return { status: answer.statusCode ?? 0, headers: answer.headers, text };
}

/** Sends bytes as they are and gives back what comes until the other end closes. */
export async function sendBytes(address: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  let answer = '';
  for await (const chunk of socket.setEncoding('latin1')) answer += chunk as string;
  return answer;
}
