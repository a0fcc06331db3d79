import { createServer, type Socket } from 'node:net';

/** A mail server that keeps what it is given, or answers a mail with a refusal. */
export class MailServer {
  readonly received: string[] = [];
  /** The reply to the next recipients, such as "550 no such mailbox". */
  refusal: string | null = null;
  private readonly server = createServer((socket) => this.talk(socket));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** As much of RFC 5321 as a client that sends one mail needs. */
  private talk(socket: Socket): void {
    let waiting = '';
    let inData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 ready');
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      waiting += chunk.toString();
      for (;;) {
        const end = waiting.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const text = waiting.slice(0, end);
        waiting = waiting.slice(end + (inData ? 5 : 2));
        if (inData) this.received.push(text);
        const [verb] = text.split(' ');
        if (inData) say('250 kept');
        else if (verb === 'DATA') say('354 go on');
        else if (verb === 'RCPT' && this.refusal) say(this.refusal);
        else if (verb === 'QUIT') socket.end('221 bye\r\n');
        else say('250 fine');
        inData = !inData && verb === 'DATA';
      }
    });
  }
}
