#!/usr/bin/env node
import { runCli } from './cli.js';
import { describeFailure } from './failure.js';

// A reader that has seen enough, such as `head`, is no error; a full disk behind the pipe is one.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  const { line, status } = describeFailure(Object.assign(error, { path: 'standard output' }));
  process.stderr.write(`${line}\n`);
  process.exit(status);
});

process.exitCode = await runCli(process.argv.slice(2));
