/** Shows what takes time: a line that counts the seconds on a terminal, plain lines elsewhere. */
export async function step(title, work) {
  const started = Date.now();
  const live = process.stdout.isTTY && !process.env.CI;
  let detail = '';
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  const draw = () =>
    process.stdout.write(`\r\x1b[2K  … ${title}${detail && `: ${detail}`} (${seconds()} s)`.slice(0, 160));
  const timer = live ? setInterval(draw, 100) : undefined;
  if (!live) console.log(`  … ${title}`);
  const report = (message) => {
    detail = message;
    if (!live) console.log(`    ${message}`);
  };
  const end = (mark) => {
    clearInterval(timer);
    if (live) process.stdout.write('\r\x1b[2K');
    if (live || Date.now() - started > 1000) console.log(`  ${mark} ${title} (${seconds()} s)`);
  };
  try {
    const result = await work(report);
    end('✓');
    return result;
  } catch (error) {
    end('✗');
    throw error;
  }
}
