const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const LOOK_EVERY_MS = 500;

/**
 * Calls `stop(signal)` at each request to end, and returns what takes the listeners off again. Under npm the parent's
 * death counts as one: npm passes SIGTERM on to the shell between it and us, and that shell dies without telling us.
 */
export function onStopRequest(stop) {
  let asked = false;
  const ask = (signal) => {
    asked = true;
    stop(signal);
  };
  const listeners = SIGNALS.map((signal) => [signal, () => ask(signal)]);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  const parent = process.ppid;
  const look = () => {
    // Asked already, the parent has merely ended before us; a second request would be taken for impatience.
    if (process.ppid === parent || asked) return;
    ask('SIGTERM');
  };
  const timer = process.env.npm_lifecycle_event ? setInterval(look, LOOK_EVERY_MS).unref() : undefined;
  return () => {
    clearInterval(timer);
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
