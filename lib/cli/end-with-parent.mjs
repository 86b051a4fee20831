// Loaded into the processes that `up` starts: their standard input is a pipe that `up` holds open, so its end means that `up` is
// gone, even by kill -9. Nothing is ever written to it.
// Next hands what it was started with on to its own workers, whose standard input means something else: they are left alone.
const watched = process.env.SECOND_LOOK_WATCHED === '1';
if (watched || process.env.SECOND_LOOK_PARENT === String(process.ppid)) {
  process.stdin.on('error', leave).on('end', leave).resume();
  process.stdin.unref?.();
}

function leave() {
  // Node's watch mode would start this process again.
  if (watched) signal(process.ppid);
  signal(process.pid);
  setTimeout(() => process.exit(1), 5000).unref();
}

function signal(pid) {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    process.exit(1);
  }
}
