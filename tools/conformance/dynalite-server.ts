/**
 * Loaded into the run of dynalite's own tests, by mocha's `--require`: gives them our emulator where they ask for
 * dynalite's server. The suite's folder, in which mocha runs, is the module that they ask for.
 */
import { createRequire } from 'node:module';
import { createDynamoDB } from '../../.generated/dynamodb/engine.js';
import { type EmulatorServer, serveEmulator } from '../lib/emulator.ts';

type Callback = (error?: Error) => void;

/** The tests want to see tables that are not ready yet. */
const world = { tableCreation: 200, tableUpdate: 200, tableDeletion: 200 };

/** What the tests use of a server. */
function dynalite() {
  let server: EmulatorServer | undefined;
  return {
    listen(port: number, done: Callback) {
      serveEmulator(createDynamoDB({ world }), port).then((started) => {
        server = started;
        done();
      }, done);
    },
    close(done: Callback) {
      if (server) server.close().then(() => done(), done);
      else done();
    },
  };
}

const require = createRequire(`${process.cwd()}/`);
const file = require.resolve(process.cwd());
require.cache[file] = Object.assign(Object.create(null), {
  id: file,
  filename: file,
  loaded: true,
  exports: dynalite,
});
