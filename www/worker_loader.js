// The worker runs the same program as the page, which sends it, compiled already. A worker of anyone else, like
// the bench, fetches it.
import init from "./site.js";

// A failure is to reach whoever started the worker.
const run = (program) => init(program && { module_or_path: program }).catch(reportError);
if (self.name === "page") addEventListener("message", ({ data }) => run(data), { once: true });
else run();
