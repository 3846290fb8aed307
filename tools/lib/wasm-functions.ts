/** Where the functions of a WebAssembly program lie in its file: as much of the format as that needs. */

/** A function of the program's own: its body, locals first, as it lies in the file. */
export interface Body {
  /** Offset in the file. */
  at: number;
  bytes: Uint8Array;
}

/** What is read of a program. */
export interface Functions {
  /** Numbers of imported functions, by `module.name`. */
  imports: Map<string, number>;
  /** Numbers of exported functions, by name. */
  exports: Map<string, number>;
  /** Of its own functions; the number of the first is the number of imported functions. */
  bodies: Body[];
}

/** Sections and kinds: WebAssembly Core Specification, "Binary Format, Modules". */
const IMPORTS = 2;
const EXPORTS = 7;
const CODE = 10;
const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;
/** Magic number and version. */
const HEADER = 8;

/** @throws {RangeError} for an import of a kind that this does not read. */
export function readFunctions(file: Uint8Array): Functions {
  const reader = new Reader(file, HEADER);
  const found: Functions = { imports: new Map(), exports: new Map(), bodies: [] };
  while (reader.at < file.length) {
    const id = reader.byte();
    const length = reader.number();
    const end = reader.at + length;
    if (id === IMPORTS) readImports(reader, found.imports);
    if (id === EXPORTS) readExports(reader, found.exports);
    if (id === CODE) readBodies(reader, found.bodies);
    reader.at = end;
  }
  return found;
}

/** A number as an instruction's operand is written: LEB128, signed. */
export function operand(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0);
    bytes.push(done ? byte : byte | 0x80);
    if (done) return bytes;
  }
}

function readImports(reader: Reader, imports: Functions['imports']): void {
  for (let left = reader.number(); left > 0; left -= 1) {
    const name = `${reader.text()}.${reader.text()}`;
    const kind = reader.byte();
    if (kind === FUNCTION) {
      reader.number();
      imports.set(name, imports.size);
    } else if (kind === TABLE) {
      reader.byte();
      reader.limits();
    } else if (kind === MEMORY) reader.limits();
    else if (kind === GLOBAL) {
      reader.byte();
      reader.byte();
    } else throw new RangeError(`the import ${name} is of kind ${kind}`);
  }
}

function readExports(reader: Reader, exports: Functions['exports']): void {
  for (let left = reader.number(); left > 0; left -= 1) {
    const name = reader.text();
    const kind = reader.byte();
    const index = reader.number();
    if (kind === FUNCTION) exports.set(name, index);
  }
}

function readBodies(reader: Reader, bodies: Body[]): void {
  for (let left = reader.number(); left > 0; left -= 1) {
    const length = reader.number();
    bodies.push({ at: reader.at, bytes: reader.file.subarray(reader.at, reader.at + length) });
    reader.at += length;
  }
}

class Reader {
  readonly file: Uint8Array;
  at: number;

  constructor(file: Uint8Array, at: number) {
    this.file = file;
    this.at = at;
  }

  byte(): number {
    const byte = this.file[this.at] as number;
    this.at += 1;
    return byte;
  }

  /** LEB128, unsigned. */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  text(): string {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.file.subarray(this.at - length, this.at));
  }

  limits(): void {
    const hasMost = (this.byte() & 1) !== 0;
    this.number();
    if (hasMost) this.number();
  }
}
