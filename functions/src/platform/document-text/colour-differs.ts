/** Of 255, by which the strongest of red, green and blue differs from what is behind it, at least, to be seen. */
const leastContrast = 20;

/** Whether one colour is seen on the other; both are `#rrggbb`. */
export const colourDiffers = (a: string, b: string): boolean =>
  [1, 3, 5].some(
    (at) =>
      Math.abs(Number.parseInt(a.slice(at, at + 2), 16) - Number.parseInt(b.slice(at, at + 2), 16)) > leastContrast,
  );
