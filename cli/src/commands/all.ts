import type { CommandSet } from '../program/tree.ts';
import { add } from './add/command.ts';
import { completion } from './completion/command.ts';
import { convert } from './convert/command.ts';
import { diff } from './diff/command.ts';
import { doctor } from './doctor/command.ts';
import { enforceCheck } from './enforce-check/command.ts';
import { explain } from './explain/command.ts';
import { exportCommand } from './export/command.ts';
import { history } from './history/command.ts';
import { info } from './info/command.ts';
import { list } from './list/command.ts';
import { migrate } from './migrate/command.ts';
import { remove } from './remove/command.ts';
import { report } from './report/command.ts';
import { restore } from './restore/command.ts';
import { rollback } from './rollback/command.ts';
import { serve } from './serve/command.ts';
import { set } from './set/command.ts';
import { status } from './status/command.ts';
import { sync } from './sync/command.ts';
import { template } from './template/command.ts';
import { validate } from './validate/command.ts';
import { version } from './version/command.ts';

/** All commands. Their implementation is loaded when they are called. */
export const COMMANDS: CommandSet = {
  about: 'Registries of MCP servers: what they contain, what state they are in, and the manifests and files that they are made from.',
  groups: [
    { heading: 'Look at registries:', commands: [list, info, status, report, history, explain] },
    { heading: 'Run registries:', commands: [add, set, remove, sync, rollback, exportCommand, restore] },
    { heading: 'Work on catalogs and manifests:', commands: [validate, convert, diff, template, migrate] },
    { heading: 'Check:', commands: [doctor, enforceCheck] },
    { heading: 'Other:', commands: [serve, version, completion] },
  ],
  parents: { enforce: 'check manifests against what registries enforce' },
};
