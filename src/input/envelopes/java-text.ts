import type { Envelope } from './envelope.ts';

const mark = 'java-text';

/** dump-formats.md, form 15. */
export const javaText: Envelope = {
  name: 'java-text',
  title: 'Kafka Connect FileStreamSink with JsonConverter',
  doc: 'The text form of a Java map or of a Connect struct. It has no quotes, so where a value ends cannot be known, and it is not guessed: each such line is malformed (`java-text`), and the answer is incomplete. Export again with `value.converter=org.apache.kafka.connect.storage.StringConverter`, which writes the record as it is.',
  example:
    '{datacontenttype=application/json, data={methodName=DeleteStatement, authenticationInfo={principal=User:u-4mpl7k}}, specversion=1.0, id=e1, time=2026-01-02T03:04:05.678Z}',
  tellsOffsets: false,
  illegible(line) {
    const looksSo = /^(?:[^{]*\t)?(?:Struct)?\{[\w.@-]+=/.test(line) && /[{, ](?:specversion|type|data)=/.test(line);
    return looksSo
      ? { reason: 'java-text', detail: 'the text form of a map or struct, without quotes', mark }
      : undefined;
  },
  atEnd: (marks) =>
    marks.has(mark)
      ? {
          code: 'java-text',
          message: 'lines in the text form of Java maps cannot be read: nothing tells where their values end',
          hint: 'export again with value.converter=org.apache.kafka.connect.storage.StringConverter in the sink',
        }
      : undefined,
};
