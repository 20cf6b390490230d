/** The project of everything that runs on one machine; `demo-` keeps Firebase's tools from the network. */
export const projectId = 'demo-headhunter';

export { region } from '../../functions/src/config.ts';
