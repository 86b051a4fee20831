import { join } from 'node:path';
import { plainSentence } from './plain-sentence';
import { consoleUrl, engineUrl, type Keys, makePlan, type Plan } from './plan';
import { Stack } from './stack';
import { hideSteps, say } from './steps';

/** Starts everything, says where it is, and stays until Ctrl-C, SIGTERM, or the end of one of the processes; then stops all. */
export async function run(mode: Plan['mode']): Promise<void> {
  let stack: Stack | undefined;
  try {
    stack = new Stack(makePlan(mode, process.argv.slice(2), process.env));
    stopOnSignal(stack);
    const keys = await Promise.race([stack.start(), stack.died]);
    say(summary(stack.plan, keys));
    await stack.died;
  } catch (error) {
    if (stack?.isStopping) return;
    hideSteps();
    console.error(`\n${plainSentence(error)}`);
    await stack?.stop();
    process.exit(1);
  }
}

function stopOnSignal(stack: Stack): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stack.isStopping) return;
      hideSteps();
      say('Stopping …');
      void stack.stop().then(() => {
        say('Stopped.');
        process.exit(0);
      });
    });
  }
}

/** What a person needs to know once everything runs. */
export function summary(plan: Plan, keys: Keys): string {
  const engine = plan.embeddedEngine
    ? [`Verification service  ${engineUrl(plan)}`, `Its x-api-key         ${keyPlace(plan)}`]
    : [`Verification API      ${plan.settings.VERIFICATION_API_URL}`];
  const users = plan.demo
    ? [
        '',
        'Log in as             analyst@example.test, manager@example.test,',
        '                      auditor@example.test or admin@example.test',
        `Password              ${keys.demoPassword}`,
      ]
    : ['', 'Add a user            npm run user -- add you@example.com --role admin'];
  return [
    '',
    `Second Look           ${consoleUrl(plan)}`,
    ...engine,
    ...users,
    '',
    `Data                  ${plan.dataDir}`,
    'Stop                  Ctrl-C',
    '',
  ].join('\n');
}

function keyPlace({ settings, dataDir }: Plan): string {
  return settings.VERIFICATION_API_KEY === undefined
    ? `engineKey in ${join(dataDir, 'secrets.json')}`
    : 'VERIFICATION_API_KEY, as you set it';
}
