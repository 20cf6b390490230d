import { traceHeaders, traceOf } from '../../src/contract/trace.ts';

const id = '0af7651916cd43dd8448eb211c80319c';
const read = (traceparent?: string, cloudTraceContext?: string) => traceOf({ traceparent, cloudTraceContext });

describe('a trace', () => {
  it('is taken from either header, with a span of our own', () => {
    expect(read(`00-${id}-b7ad6b7169203331-01`)).toMatchObject({ traceId: id, sampled: true });
    expect(read(undefined, `${id}/12345678901234567890;o=1`)).toMatchObject({ traceId: id, sampled: true });
    expect(read(undefined, `${id.toUpperCase()}/1`)).toMatchObject({ traceId: id, sampled: false });
    expect(read(`00-${id}-b7ad6b7169203331-00`).spanId).not.toBe('b7ad6b7169203331');
  });

  it.each([
    undefined,
    '',
    'x',
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `${id}\r\nx: y`,
    `${id}/1;o=1;drop`,
    '*/ drop table candidates; --',
  ])('that is malformed, such as %j, counts as none', (given) => {
    for (const trace of [read(given), read(undefined, given)]) {
      expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(trace.traceId).not.toBe(id);
    }
  });

  it('is passed on in both forms, which say the same', () => {
    const sent = traceHeaders({ traceId: id, spanId: '00000000000000ff', sampled: true });
    expect(sent).toEqual({ traceparent: `00-${id}-00000000000000ff-01`, 'x-cloud-trace-context': `${id}/255;o=1` });
    expect(traceOf({ traceparent: sent['traceparent'], cloudTraceContext: undefined }).traceId).toBe(id);
    expect(read(undefined, sent['x-cloud-trace-context']).traceId).toBe(id);
  });
});
