// A reminder of an examination reaches a program that knows nothing of us: it believes the signature with the
// libraries `standardwebhooks` and `svix`, follows the link that acknowledges, and the log proves all of it.
import { createHash, randomBytes } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { Service, check, play, receiver } from './service.mjs';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const real = Date.now;

/// Both libraries read the clock of the machine; the service's stands in 2026.
function verify(message) {
  const headers = { 'webhook-id': message.headers['webhook-id'], 'webhook-timestamp': message.headers['webhook-timestamp'],
    'webhook-signature': message.headers['webhook-signature'] };
  Date.now = () => Number(headers['webhook-timestamp']) * 1000;
  try {
    new StandardWebhook(secret).verify(message.body.toString(), headers);
    new SvixWebhook(secret).verify(message.body.toString(), headers);
    let refused = 0;
    for (const Library of [StandardWebhook, SvixWebhook])
      try { new Library(secret).verify(`${message.body} `, headers); } catch { refused += 1; }
    check(refused === 2, 'a body that was changed is believed');
  } finally {
    Date.now = real;
  }
}

await play(async () => {
  const service = new Service('2025-03-10T08:00+08:00');
  let down = false;
  const hook = await receiver(() => ({ status: down ? 503 : 204 }));
  try {
    service.init();
    service.file('hook.secret', `${secret}\n`);
    const configuration = `
[telling]
language = "en"
networks = ["127.0.0.0/8"]
plain_hosts = ["127.0.0.1"]

[channels.plant]
kind = "webhook"
url = "http://127.0.0.1:${hook.port}/hook"
secret_file = "hook.secret"

[people.sun]
channels = ["plant"]
`;
    await service.serve(configuration);
    await service.furnish();
    check(hook.got.length === 0, 'somebody was told before anything was due');

    // Due on 2026-03-10; a reminder goes out 30 days before. The receiver is down for its first attempt.
    await service.clock('2026-02-08T08:59+08:00');
    const earlier = hook.got.length;
    check(hook.got.every((each) => JSON.parse(each.body).data.step), 'the examination itself was spoken of too early');
    down = true;
    await service.clock('2026-02-08T09:00:01+08:00');
    check(hook.got.length === earlier + 1, `${hook.got.length - earlier} messages came`);
    const first = hook.got[earlier];
    down = false;
    await service.clock('2026-02-08T09:01+08:00');
    const attempts = hook.got.filter((each) => each.headers['webhook-id'] === first.headers['webhook-id']);
    check(attempts.length === 2, `expected a second attempt under the same id, found ${attempts.length}`);
    check(attempts[0].body.equals(attempts[1].body), 'the second attempt says something else');
    for (const each of hook.got) verify(each);

    const reminder = JSON.parse(attempts[1].body);
    check(reminder.type === 'notice.reminder', `it is no reminder: ${reminder.type}`);
    check(reminder.data.of === 'worker/zhang' && reminder.data.due === '2026-03-10', `it says ${attempts[1].body}`);
    check(reminder.data.days_left === 30, `it says ${reminder.data.days_left} days`);
    check(!attempts[1].body.toString().includes('张'), 'a name is in it');

    // Looking at the link does nothing; its button acknowledges, once.
    const path = new URL(reminder.data.links.acknowledge).pathname;
    const page = await service.ask('GET', path, undefined, { Authorization: '' });
    check(page.status === 200 && page.text.includes('<form'), `the page: ${page.status} ${page.text}`);
    const press = () => service.ask('POST', path, '', { Authorization: '',
      'Content-Type': 'application/x-www-form-urlencoded' });
    const pressed = await press();
    check(pressed.status === 200, `the button: ${pressed.status} ${pressed.text}`);
    const again = await press();
    check(again.status !== 200, 'the link worked a second time');

    // The timeline says what was planned, sent, delivered and acknowledged, with the hash of what was sent.
    const { events } = await service.get('/api/v1/timeline?of=zhang&limit=500');
    const about = events.filter((each) => each.type === 'notice.delivery_recorded' &&
      each.notice === reminder.data.notice && each.person === reminder.data.person);
    const outcomes = about.map((each) => each.outcome);
    check(JSON.stringify(outcomes) === JSON.stringify(['failed', 'sent', 'delivered', 'acknowledged']),
      `the timeline has ${outcomes}`);
    const planned = events.filter((each) => each.type === 'notice.planned' && each.notice === reminder.data.notice);
    check(planned.length === 1 && planned[0].event < about[0].event, 'it was not planned before it was sent');
    const hash = createHash('sha256').update(attempts[1].body).digest('hex');
    for (const each of about.slice(0, 3)) {
      check(each.content === hash, `${each.outcome}: the log has another hash`);
      check(each.message === attempts[1].headers['webhook-id'], `${each.outcome}: the log has another id`);
      check(each.channel === 'plant', `${each.outcome}: the log has another channel`);
    }

    // After a restart nothing is sent again, and the next reminder comes on its day.
    const before = hook.got.length;
    await service.stop();
    await service.serve(configuration, '2026-02-08T10:00+08:00');
    await service.clock('2026-03-03T08:59+08:00');
    check(hook.got.length === before, 'something was sent a second time');
    await service.clock('2026-03-03T09:01+08:00');
    const next = hook.got.slice(before).map((each) => JSON.parse(each.body).data);
    check(next.length === 1 && next[0].days_left === 7 && next[0].ordinal === 2, `then came ${JSON.stringify(next)}`);
    await service.stop();
  } finally {
    hook.close();
    await service.remove();
  }
});
