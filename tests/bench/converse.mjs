// The other end of the worker's line, as the bench has it: runs in the browser, and speaks the protocol's messages
// as plain objects. It is handed over as text, so it can use nothing from outside itself.

/** Starts the worker, opens the backend, waits for the data, and runs the cases one after the other. */
export async function converse({ worker: address, data, backend, runs }) {
  const worker = new Worker(address, { type: 'module' });
  const waiting = new Set();
  const failed = (message) => [...waiting].forEach(({ reject }) => reject(new Error(message)));
  worker.onerror = (event) => failed(`the worker failed: ${event.message}`);
  worker.onmessage = ({ data: event }) => {
    const message = event.Crashed?.message ?? event.Refused?.message;
    if (message) failed(message);
    for (const { accept, resolve } of waiting) if (accept(event)) resolve(event);
  };

  // Resolves with the first event that is accepted.
  const hear = (accept, seconds) =>
    new Promise((resolve, reject) => {
      const listener = { accept, resolve, reject };
      waiting.add(listener);
      setTimeout(() => reject(new Error(`no answer within ${seconds} seconds`)), seconds * 1000);
    });

  // What is sent before the worker's program runs is lost: it is called until it answers.
  const alive = hear(() => true, 60);
  const calls = setInterval(() => worker.postMessage('Ping'), 100);
  await alive;
  clearInterval(calls);

  const opened = hear((event) => event.Backend, 60);
  worker.postMessage({ Start: { data_url: data, backend } });
  const { active, reason } = (await opened).Backend;
  // Never the CPU's figures under WebGPU's name.
  if (active !== backend) throw new Error(`${backend} could not be opened: ${reason}`);
  const loaded = hear((event) => event.Data?.Ready || event.Data?.Failed, 120);
  worker.postMessage('LoadData');
  const { Failed: failure } = (await loaded).Data;
  if (failure) throw new Error(`the data set could not be loaded: ${JSON.stringify(failure)}`);

  for (const run of runs) {
    const measured = hear((event) => event.Bench?.case === run.case && event.Bench.fused === run.fused, 600);
    worker.postMessage({ Bench: run });
    await window.report((await measured).Bench);
  }
  worker.terminate();
}
