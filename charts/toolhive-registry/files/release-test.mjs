/**
 * What `helm test` runs: asks everything that a release runs, until it answers as it should or the patience is at an end. The argument is JSON:
 * {"patienceSeconds": 60, "targets": [{"what": "registry team", "ready": URL, "list": URL}]}; `list` may be absent. Exit codes: 0 all is well, 1 it is not.
 */
const { patienceSeconds, targets } = JSON.parse(process.argv[1]);
const PACE_MS = 1_000;
const REQUEST_MS = 5_000;
const deadline = Date.now() + patienceSeconds * 1_000;

async function ask(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_MS) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text.trim().slice(0, 300)}`);
  return text;
}

async function check({ ready, list }) {
  await ask(ready);
  if (list === undefined) return 'is ready';
  const { servers } = JSON.parse(await ask(list));
  if (!Array.isArray(servers)) throw new Error(`${list} answers no list of servers`);
  return 'is ready, and lists servers';
}

async function checkPatiently(target) {
  for (;;) {
    try {
      return await check(target);
    } catch (error) {
      if (Date.now() + PACE_MS > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
  }
}

await Promise.all(
  targets.map(async (target) => {
    try {
      process.stdout.write(`${target.what} ${await checkPatiently(target)}\n`);
    } catch (error) {
      // What fetch throws says no more than that it failed; its cause says why.
      process.stderr.write(`${target.what}: ${error.cause?.message ?? error.message}\n`);
      process.exitCode = 1;
    }
  }),
);
