/** One HTTP/1.1 exchange over a socket, so that the request is sent byte by byte as it is given. */
import { connect } from 'node:net';

export interface Exchanged {
  status: number;
  /** Parsed JSON. */
  body: any;
}

/** @param text the whole request, with the line ends of HTTP. */
export function exchange(address: string, text: string): Promise<Exchanged> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`Closed after: ${answer.toString()}`)));
    socket.on('data', (part: Buffer) => {
      answer = Buffer.concat([answer, part]);
      const end = answer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = answer.subarray(0, end).toString();
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1]);
      if (Number.isNaN(length)) return void socket.destroy(new Error(`An answer without its length: ${head}`));
      const body = answer.subarray(end + 4);
      if (body.length < length) return;
      resolve({ status: Number(head.split(' ')[1]), body: JSON.parse(body.toString()) });
      socket.destroy();
    });
  });
}
