import { crc32 } from 'node:zlib';

/** The two headers of a zip entry share these fields: version, flags (UTF-8 names), method, time, date, sum, sizes, name. */
const fieldsOf = (name: Buffer, data: Buffer): Buffer => {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x0800, 2);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(data.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
};

/** A zip of texts by their names, nothing in it compressed (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16). */
export const zipOf = (parts: ReadonlyMap<string, string>): Buffer => {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of parts) {
    const [name, data] = [Buffer.from(path), Buffer.from(text)];
    const fields = fieldsOf(name, data);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, tail, name]));
    entries.push(entry);
    offset += entry.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...entries, index, Buffer.from('PK\x05\x06'), end]);
};
