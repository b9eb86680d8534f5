// A receiver that is gone for good is switched off; its message goes the next way, and its owner is told another way.
import { randomBytes } from 'node:crypto';
import { Service, check, play, receiver } from './service.mjs';

await play(async () => {
  const service = new Service('2025-03-10T08:00+08:00');
  const gone = await receiver(() => ({ status: 410 }));
  const second = await receiver(() => ({ status: 200 }));
  const owners = await receiver(() => ({ status: 200 }));
  try {
    service.init();
    service.file('hook.secret', `whsec_${randomBytes(32).toString('base64')}\n`);
    const channel = (name, port, more = '') => `
[channels.${name}]
kind = "webhook"
url = "http://127.0.0.1:${port}/"
secret_file = "hook.secret"
${more}`;
    await service.serve(`
[telling]
networks = ["127.0.0.0/8"]
plain_hosts = ["127.0.0.1"]
${channel('gone', gone.port, 'owner = "he"')}${channel('second', second.port)}${channel('owners', owners.port)}
[people.sun]
channels = ["gone", "second"]
[people.he]
channels = ["gone", "owners"]
`);
    await service.furnish();
    await service.clock('2026-02-08T10:00+08:00');
    check(gone.got.length === 1, `it was asked ${gone.got.length} times`);
    const told = owners.got.map((each) => JSON.parse(each.body)).filter((each) => each.type === 'notice.channel_off');
    check(told.length === 1 && told[0].data.channel === 'gone', `the owner was told ${JSON.stringify(told)}`);
    check(second.got.length >= 2, `${second.got.length} messages went the next way`);
    check(second.got[0].headers['webhook-id'] === gone.got[0].headers['webhook-id'], 'it has another id the next way');
    const { events } = await service.get('/api/v1/timeline?of=zhang&limit=500');
    const first = events.filter((each) => each.outcome).slice(0, 3).map((each) => `${each.channel} ${each.outcome}`);
    check(first.join() === 'gone failed,second sent,second delivered', `the timeline has ${first}`);
    await service.stop();
  } finally {
    for (const each of [gone, second, owners]) each.close();
    await service.remove();
  }
});
