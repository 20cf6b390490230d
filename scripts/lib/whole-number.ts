/** The number a command line gave for `name`, from `min` to `max`; anything else ends the program with code 2 and says what it takes. */
export function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  console.error(`${name} takes a whole number from ${min} to ${max}, not "${text}". See --help.`);
  process.exit(2);
}
