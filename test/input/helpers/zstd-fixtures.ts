/**
 * What the zstd command makes of known texts, for runtimes that cannot compress zstd themselves.
 * Made with version 1.5: `zstd -19`, or `zstd -3 --no-check` for the one without a checksum.
 */

/** Of `sampleText(40)`. */
export const zstdSample = decode(
  [
    'KLUv/WSeFl0PANYcThxAczpnhV1zjOUEG4lwfOOZluwmu2XpH8dRIY0IWABHADsAZwJGw2hSgY09SlIBZVlEE0liTdCqFNSjVgQ6MCSOaUWU5l',
    'HQBDFUQE2WdaGsyoBxkUAWziStC6QhSRaOJFKPWpPMtNSjGJEKKHNOPUqSRJbKwizWxKI0AY2v3bjpnZypbbZ6y8m5v8uI3Kzv5nBvJ+57uiSJ',
    'JmgRTdJyTBeCAz0a0AP3/O8naUXWBE2INS3IMhxgoxTe7Kw9ak9aAk0Qy/y8+uidl/jsh4i7+4+Hfmqehud4rK96qOtt5ngit7WrNWf2ei//Mr',
    'v+ausnYjqu39vduZrT9md39xeAjVIcmnP36o743trZdqzO2bp8y5msqP/XmIlsjp2bYi7+u166t/Va3vItv95itndnnrcp6junnfPbH3moESCZ',
    'O0z5VArNAVAnKCjYARJAIBgE/5/AEHAKkLDwje0BF/R34TnWC/P35EexwJsqO1xqrB0J/NJFhnPc5T64dgs+r1ZX5nt5u6g+yExrJTx5QCx0N/',
    '0IPk4bLU3hDPcak07sxe6Leh/luI/iRbbj4PBkHi0/rFzRx65JvvgQ5Mj/cOH5mGWHL1zgPEaGdRljP47LazHe4h8pnIdJgGTQKZe8ZGdT2ueP',
    'QJxWFKDVGTAeqA==',
  ].join(''),
);

/** The same text without a checksum. */
export const zstdWithoutChecksum = decode(
  [
    'KLUv/WCeFjURABbfUiBga9IB0xpPN/27LSoCEqv98YW/Um52k91kkUIREIBcDlwASgA/ALWWqCVpCGgBZwGMhks6iQhLDnMSB6JYHA0CSgp6ED',
    'QUg0WzkFDjQCRHScriJE6CoEgDeggsIg1DUYlBEYYC0yiqWU5ykOMhoZOcxXISx+pOcphmgTyQgwI5IAci1W93rlZtf3f31/jajZveyZnaZqu3',
    'nJzF+7uMWMzN+m7FvZ247+lJUSyJQQspMlAKg4LCgHv+98lhGNRASUkHKCEGKjiAiJPgzQF53miK9frOmHb124/85auP3nmJz36IuLv/eOin5m',
    'l4juXH+qpXjrreZuWJ3Nau1pdd7b38y+z6q61/mNV46xcAESfh0OpO/VPdyw7xU7vs8rjsOLO17JZvkzPLjhXzr+wwM5Gt7NwUc/Hr3/XSveut',
    '1/KW62/59bYesx27sz6AhqiBOMhKLo9CqTVwk4KCJg8SoDAIfocgRDBDMSGaAM0JX7MP6flrJNdU+w9kvMPefieX4mYJbJSdzpz5o1gNqhtZL1',
    '33+unk1+m/Vm7vn9nupfuL3H6mnH+7eRUgMiaw3l5nfoxvrAf9tkw45hqnC8fcQigOuRdM2aDQI4MCzlvrzo/xrajJRqo8GMQhj/ikElntXb1B',
    'opKezmu0aDKuUXiFJHto9JQH+0XRrjma6T/2GBl8GfNBFhdihYPgwb9WBHL3Xgb5aYckf5iC2B8Q/181gooCtBo=',
  ].join(''),
);

/** Of `sampleText(40).repeat(40)`, in several blocks. */
export const zstdSeveralBlocks = decode(
  [
    'KLUv/aSwsAMAbA8A1txNHEBzOmeFXXOM5QQbiXB845mW7Ca7Zekfx1EhjQhYAEcAOwBoGE0qsLFHSSqgLItoIkmsCVqVgnrUikAHhsQxrYjSPA',
    'qaIIYKqMmyLpRVGTAuEsjCmaR1gTQkycKRROpRa5KZVEDZUo9iRCqgzDn1KEkSWSoLs1gTi9IE3bjpnZypbbZ6y8m5v8uI3Kzv5nBvJ+57uiSJ',
    'JmgRTdJyTBeCAz0a0AP3/O8naUXWBE2INS3IMhxgoxTe7Kw9ak9aAk1wJuC8+uidl/jsh4i7+4+Hfmqehud4rK96qOtt5ngit7WrNWf2ei//Mr',
    'v+ausnYjqu39vduZrT9md399f4Gofm3L26I763drYdq3O2Lt9yJivq/zVmIptj56aYi/+ul+5tvZa3fMuvt5jt3ZnnbYr6zmnn/PYv8wd6qCFI',
    '5g5Un8qwGVAnKphzEkAgGAT/n+AQYAqIsPCNzfsZX+ihtwUAF9oJFeZYIkyUJyeQZSwHhEFUY92JQC8KSLnGg/Rj2xYyE+52ZfsuDwv4xz2TqM',
    'iTP9vy7ilOLsk1wIUG2xBaY+OMvvj9Cf/IA8dwXm5kCN09WQbLh5Up+ERsksUPs478WpY5n2ngDc2vAJ6gh5KMcT+GJFhibbHW/McjP8VnetUX',
    'JgGLKdanxmCqq1UAAAABAK2w+e+5BgIx1DZd',
  ].join(''),
);

function decode(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
