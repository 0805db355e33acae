export const pigz = {
  name: 'pigz',
  setUp: [{ apt: 'pigz' }],
  version: 'pigz --version 2>&1',
  works: { gz: () => ({ script: 'pigz -dc "$FILE" > /dev/null' }) },
  covers: 'decompression alone, no record is read: the floor for anything that reads .gz',
};
