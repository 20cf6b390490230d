/** The row of the table for a feature that is the `rank`-th commonest, from 0: one of its own, or one shared by hash. */
export const rowOf = (rank: number, hash: number, { rows, ownRows }: { rows: number; ownRows: number }): number =>
  rank < ownRows ? rank : ownRows + (hash % (rows - ownRows));

/** Finds numbers among many by open addressing. */
export function openHashTable(hashes: Uint32Array): (hash: number) => number {
  const size = 2 ** Math.ceil(Math.log2(2 * hashes.length + 1));
  // Positions counted from 1; 0 is an empty place.
  const places = new Uint32Array(size);
  for (let i = 0; i < hashes.length; i++) {
    let place = (hashes[i] as number) & (size - 1);
    while (places[place] !== 0) place = (place + 1) & (size - 1);
    places[place] = i + 1;
  }
  return (hash) => {
    for (let place = hash & (size - 1); ; place = (place + 1) & (size - 1)) {
      const found = (places[place] as number) - 1;
      if (found < 0 || hashes[found] === hash) return found;
    }
  };
}
