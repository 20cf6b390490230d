import type { Socket } from 'node:net';
import { noteConnection, noteEnd } from './activity.ts';
import { type Admission, answerPassword, greet, wrongPassword } from './greeting.ts';
import { refusalOf } from './refusals.ts';
import type { ScramExchange } from './scram.ts';
import { finalStatus, type Identity, type Session, waitMs } from './session.ts';
import { encode, errorResponse, Inbox, type Message, type Refusal, readyForQuery, strings } from './wire.ts';

const idleInTransactionMs = 30_000;

/**
 * Speaks with one client. Messages are gathered until Sync, Query or Flush and run as one group in one turn, so that
 * another connection's messages never come between a client's Parse, Bind and Execute.
 */
export function serveConnection(socket: Socket, session: Session): void {
  const inbox = new Inbox();
  const gone = new AbortController();
  let who: Identity | undefined;
  let admission: Admission | undefined;
  let password: ScramExchange | undefined;
  let group: Message[] = [];
  let holding = false;
  let busy = false;
  let idle: NodeJS.Timeout | undefined;

  /** Tells why and hangs up; nothing that the client already sent is run any more. */
  const fatal = (refusal: Refusal) => {
    gone.abort();
    socket.end(errorResponse('FATAL', refusal));
  };

  /** Ends the turn; a transaction that is still open is rolled back. */
  const leave = async () => {
    clearTimeout(idle);
    if (!who || !holding) return;
    holding = false;
    await session.execute([encode('S'), encode('Q', 'rollback')]);
    session.release(who);
  };

  const idleTooLong = () => {
    fatal({ code: '25P03', message: `a transaction was idle for ${idleInTransactionMs / 1000} s and was rolled back` });
    void leave();
  };

  async function runGroup(identity: Identity): Promise<void> {
    const messages = group;
    group = [];
    clearTimeout(idle);
    if (!holding) {
      if (!(await session.acquire(identity, gone.signal))) {
        const message = `waited ${waitMs / 1000} s for another connection's transaction to end`;
        socket.write(Buffer.concat([errorResponse('ERROR', { code: '55P03', message }), readyForQuery('I')]));
        return;
      }
      holding = true;
      const refusal = await session.become(identity);
      if (refusal) {
        await leave();
        return fatal(refusal);
      }
    }
    const refused = refusalOf(messages, identity.user);
    const answer = await session.execute(refused ? [refused] : messages.map(({ bytes }) => bytes));
    const whole = refused !== undefined || messages.at(-1)?.type !== 'H';
    const status = whole ? finalStatus(answer) : 'T';
    if (status === 'I') {
      holding = false;
      remember(identity, messages, answer);
      session.release(identity);
    } else {
      idle = setTimeout(idleTooLong, idleInTransactionMs);
    }
    socket.write(answer);
    if (gone.signal.aborted) await leave();
  }

  async function enter({ identity, pid, application, welcome }: Admission): Promise<void> {
    await noteConnection(session, pid, identity.user, application);
    if (gone.signal.aborted) void noteEnd(session, pid);
    password = undefined;
    who = identity;
    socket.write(welcome);
  }

  async function advance(): Promise<void> {
    while (!gone.signal.aborted) {
      if (password && admission) {
        const message = inbox.message();
        if (!message) return;
        const { reply, isProven } = answerPassword(password, message.bytes);
        if (reply) socket.write(reply);
        else return fatal(wrongPassword(admission.identity.user));
        if (isProven) await enter(admission);
        continue;
      }
      if (!who) {
        const packet = inbox.startup();
        if (!packet) return;
        const greeting = await greet(packet, session, gone.signal);
        if (greeting.refusal) return fatal(greeting.refusal);
        if (greeting.end) return void socket.end();
        ({ admission, password } = greeting);
        if (greeting.reply) socket.write(greeting.reply);
        if (admission && !password) await enter(admission);
        continue;
      }
      const message = inbox.message();
      if (!message) return;
      if (message.type === 'X') return void socket.end();
      group.push(message);
      if (message.type === 'S' || message.type === 'Q' || message.type === 'H') await runGroup(who);
    }
  }

  socket.on('data', async (chunk) => {
    inbox.push(chunk);
    if (busy) return;
    busy = true;
    try {
      await advance();
    } catch (error) {
      fatal({ code: '08P01', message: error instanceof Error ? error.message : String(error) });
    } finally {
      busy = false;
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    gone.abort();
    if (!busy) void leave();
    if (who && admission) void noteEnd(session, admission.pid);
  });
}

/** Keeps a plain session-wide `SET`, to be replayed when the turn comes back to this connection. */
function remember(identity: Identity, messages: readonly Message[], answer: Buffer): void {
  const [message] = messages;
  if (message?.type !== 'Q' || answer[0] !== 'C'.charCodeAt(0) || identity.settings.length >= 50) return;
  const sql = strings(message.bytes, 5)[0] ?? '';
  if (/^\s*set\s+(?!local\b|transaction\b|constraints\b|session\s+authorization\b)[^;]+;?\s*$/i.test(sql)) {
    identity.settings.push(`${sql.replace(/;?\s*$/, '')};`);
  }
}
