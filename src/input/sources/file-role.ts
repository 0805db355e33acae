/** What a file found beside others is, by its name. Only names that clearly say something else are left out. */
export type FileRole = 'dump' | 'connect-sibling' | 'other';

export function fileRole(name: string): FileRole {
  if (isConnectSibling(name)) return 'connect-sibling';
  const lower = name.toLowerCase();
  if (otherNames.has(lower)) return 'other';
  const extension = lower.replace(/\.(gz|zst)$/, '').match(/\.([^.]+)$/)?.[1];
  return extension !== undefined && otherExtensions.has(extension) ? 'other' : 'dump';
}

/** Kafka Connect writes the keys and headers of `x.json` beside it; they are not records (dump-formats form 13). */
export function isConnectSibling(name: string): boolean {
  return /\.(keys|headers)\.(json|bin|avro)(\.gz)?$/i.test(name);
}

const otherNames: ReadonlySet<string> = new Set(
  'readme license licence notice makefile dockerfile checksums sha256sums sha512sums md5sums _success thumbs.db'.split(
    ' ',
  ),
);

const otherExtensions: ReadonlySet<string> = new Set(
  [
    'md rst adoc pdf html htm css csv tsv xml yaml yml toml ini cfg conf env sql ipynb doc docx xls xlsx ppt pptx odt ods',
    'js mjs cjs ts map py pyc rb go rs java class jar war kt scala cc cpp hpp so dylib dll exe wasm sh bash zsh ps1 bat cmd',
    'png jpg jpeg gif webp svg ico mp4 mov mp3 wav ttf woff woff2',
    'zip tar tgz tbz2 txz bz2 xz 7z rar lz4 iso dmg deb rpm whl',
    'parquet avro orc arrow feather db sqlite sqlite3 duckdb pcap pcapng evtx',
    'pem key crt cer csr p12 jks sig asc gpg crc md5 sha1 sha256 sha512 lock pid swp',
  ].flatMap((line) => line.split(' ')),
);
