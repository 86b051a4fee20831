/** Runs once as a server of the console starts, however it is started. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { refuseEarly } = await import('./lib/http/refuse-early');
  refuseEarly();
}
