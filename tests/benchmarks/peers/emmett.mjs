// Appends through Emmett's event store: node emmett.mjs URL CLIENTS SECONDS TEXT EVENTS_PER_STREAM
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { randomUUID } from 'node:crypto';

const [url, clients, seconds, text, perStream] = process.argv.slice(2);
const data = JSON.parse(text);
const store = getPostgreSQLEventStore(url);
await store.appendToStream(`warm-${randomUUID()}`, [{ type: data.type, data }]);

const latencies = [];
const begin = performance.now();
const until = begin + Number(seconds) * 1000;

const write = async () => {
  for (let stream, version = 0; performance.now() < until; version++) {
    if (version % Number(perStream) === 0) [stream, version] = [`case-${randomUUID()}`, 0];
    const asked = performance.now();
    await store.appendToStream(stream, [{ type: data.type, data }], {
      expectedStreamVersion: version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version),
    });
    latencies.push((performance.now() - asked) / 1000);
  }
};

await Promise.all(Array.from({ length: Number(clients) }, write));
const told = JSON.stringify({ seconds: (performance.now() - begin) / 1000, latencies });
await store.close();
// Only what a pipe holds is out when a write returns: leave when all of it has been taken.
process.stdout.write(`${told}\n`, () => process.exit(0));
