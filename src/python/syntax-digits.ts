// Numbers as printable text, close together: the digits in which syntax tables are stored.
// A number has digits of base 32, least first, with 32 added to each that another follows; "0" is the digit 0.

const firstDigitUnit = 48;
/** Digits of a length, which is written before it is known. */
const lengthDigits = 5;

/** Where the next number is read. */
export interface DigitReader {
  readonly text: string;
  at: number;
}

export interface DigitWriter {
  /** A whole number from 0 to 2^30. */
  number(value: number): void;
  /** What `write` writes, after its length: a reader can step over it. */
  sized(write: () => void): void;
  text(): string;
}

export function readNumber(reader: DigitReader): number {
  const { text } = reader;
  let at = reader.at;
  let digit = text.charCodeAt(at++) - firstDigitUnit;
  let value = digit & 31;
  for (let shift = 5; digit >= 32; shift += 5) {
    digit = text.charCodeAt(at++) - firstDigitUnit;
    value |= (digit & 31) << shift;
  }
  reader.at = at;
  return value;
}

/** Steps over what was written by `sized`. @returns where it begins. */
export function stepOver(reader: DigitReader): number {
  let length = 0;
  for (let index = 0; index < lengthDigits; index++) {
    length |= (reader.text.charCodeAt(reader.at + index) - firstDigitUnit) << (5 * index);
  }
  const begin = reader.at + lengthDigits;
  reader.at = begin + length;
  return begin;
}

/** @param capacity in digits; more are taken when needed */
export function createDigitWriter(capacity: number): DigitWriter {
  let units = new Uint8Array(capacity + 64);
  let length = 0;

  function unit(next: number): void {
    if (length === units.length) {
      const larger = new Uint8Array(units.length * 2);
      larger.set(units);
      units = larger;
    }
    units[length++] = next;
  }

  return {
    number(value) {
      let rest = value;
      for (; rest >= 32; rest >>>= 5) unit(firstDigitUnit + 32 + (rest & 31));
      unit(firstDigitUnit + rest);
    },
    sized(write) {
      const lengthAt = length;
      for (let index = 0; index < lengthDigits; index++) unit(firstDigitUnit);
      write();
      let rest = length - lengthAt - lengthDigits;
      for (let index = 0; index < lengthDigits; index++, rest >>>= 5) {
        units[lengthAt + index] = firstDigitUnit + (rest & 31);
      }
    },
    text: () => new TextDecoder("latin1").decode(units.subarray(0, length)),
  };
}
