/** What must never be written, longest first, each with what stands in its place. */
const forms = new Map<string, string>();
let longestFirst: [form: string, label: string][] = [];

// Shorter than this a value would be found everywhere, and is no secret.
const leastLength = 8;
const privateMembers = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']);

/** From now on `redacted` takes this value out of whatever is written: as it is, as its own parts, and as it looks in JSON, in a URL or in base64. */
export function keepSecret(name: string, value: string): void {
  const label = `[secret ${name}]`;
  let added = false;
  for (const form of [value, ...partsOf(value)].flatMap(dressesOf)) {
    if (form.length < leastLength || forms.has(form)) continue;
    forms.set(form, label);
    added = true;
  }
  if (added) longestFirst = [...forms].toSorted(([a], [b]) => b.length - a.length);
}

/** The text with `[secret NAME]` wherever it held a secret that this process was ever given. */
export function redacted(text: string): string {
  let clean = text;
  for (const [form, label] of longestFirst) if (clean.includes(form)) clean = clean.replaceAll(form, label);
  return clean;
}

/** What is secret by itself within a value: the password of a URL, the private members of a JSON Web Key (or of a list of them). */
function partsOf(value: string): string[] {
  if (/^[a-z][\w+.-]*:\/\//i.test(value) && URL.canParse(value)) {
    const { password } = new URL(value);
    return password === '' ? [] : [password, decodeURIComponent(password)];
  }
  if (!/^\s*[[{]/.test(value)) return [];
  try {
    return privateMembersOf(JSON.parse(value));
  } catch {
    return [];
  }
}

function privateMembersOf(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    typeof value === 'string' ? (privateMembers.has(key) ? [value] : []) : privateMembersOf(value),
  );
}

function dressesOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const base64 = [0, 1, 2].map((offset) => base64At(value, offset));
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [value, json, encodeURIComponent(value.toWellFormed()), ...base64, ...base64url];
}

/** How the value looks within something in base64, such as a Basic header, by where in a group of three bytes it begins. */
function base64At(value: string, offset: number): string {
  const bytes = Buffer.from('\0'.repeat(offset) + value);
  // Only the characters that hold bits of the value and of nothing beside it.
  return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}
