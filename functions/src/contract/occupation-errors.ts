import type { Entry } from './error-catalogue.ts';

/** Of the catalogue: what can fail about occupations, and about proposals of what a tenant calls them. */
export const occupationErrors = {
  'occupation.not_found': {
    kind: 'not-found',
    message: 'The taxonomy has no such occupation.',
    fix: 'Take the id from `GET /v1/occupations/search` or `POST /v1/occupations/normalize`.',
  },
  'occupation.aliases_full': {
    kind: 'failed-precondition',
    message: 'Your organisation has as many names of its own for occupations as there can be.',
    fix: 'Take names away from occupations that need them least; `details` tells how many there can be.',
  },
  'proposal.not_found': {
    kind: 'not-found',
    message: 'There is no such proposal, or no such entry in it.',
    fix: 'Take ids from `admin.list-title-proposals` and `admin.get-title-proposal`.',
  },
  'proposal.superseded': {
    kind: 'failed-precondition',
    message: 'A newer proposal has taken the place of this one.',
    fix: 'Review the newest one of `admin.list-title-proposals`; what was published of this one stays.',
  },
  'proposal.entry_decided': {
    kind: 'failed-precondition',
    message: 'An entry was published or rejected before; nothing was changed.',
    fix: 'Read the proposal again and leave out the entries in `details`; `eco.override` changes what was published.',
  },
  'proposal.not_publishable': {
    kind: 'failed-precondition',
    message: 'An entry cannot be published as it is; nothing was changed.',
    fix: 'Look at `details`: name another occupation with `ecoId`, or reject the entry.',
  },
} as const satisfies Record<string, Entry>;
