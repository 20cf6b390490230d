import type { Career } from './career.ts';
import { field } from './field.ts';
import { office } from './office.ts';
import { productAndData } from './product-data.ts';
import { software } from './software.ts';

export const careers: readonly Career[] = [...software, ...productAndData, ...office, ...field];

/** @throws Error when no career has that id */
export function careerById(id: string): Career {
  const found = careers.find((career) => career.id === id);
  if (found === undefined) throw new Error(`no career "${id}"`);
  return found;
}
