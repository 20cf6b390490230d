import { projectId, region } from '../project.ts';

/** Where the function behind a deployed address is on the local functions host `host`. */
export const localAddress = (host: string, address: string) =>
  `${host}/${projectId}/${region}${new URL(address).pathname}`;
