// Reminders as mail, handed to a real SMTP server that says "try again later" once.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { Service, check, play, source } from './service.mjs';

async function mailServer() {
  const process = spawn('/usr/bin/python3', [join(source, 'tests/clients/mail_server.py')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: process.stdout });
  const got = [];
  const port = await new Promise((resolve) => lines.once('line', resolve));
  lines.on('line', (line) => got.push(JSON.parse(line)));
  return { port, got, close: () => process.kill('SIGKILL') };
}

await play(async () => {
  const service = new Service('2025-03-10T08:00+08:00');
  const server = await mailServer();
  try {
    service.init();
    await service.serve(`
[channels.post]
kind = "mail"
host = "127.0.0.1"
port = ${server.port}
tls = "none"
from = "duty@plant.example"
from_name = "Dutylog"

[people.sun]
channels = ["post"]
mail = "sun@plant.example"
language = "en"
working_days_only = false
`);
    await service.furnish();
    await service.clock('2026-01-17T09:30+08:00');

    check(server.got.length >= 1, `no mail arrived: ${service.said}`);
    const [mail] = server.got;
    check(mail.from === 'duty@plant.example' && mail.to.join() === 'sun@plant.example', `from ${mail.from} to ${mail.to}`);
    check(mail.subject.includes('7 days left'), `the subject is ${mail.subject}`);
    check(mail.subject.includes('In-post health examination'), `the subject is ${mail.subject}`);
    check(mail.auto === 'auto-generated', 'out-of-office answers will come back');
    for (const type of ['text/plain', 'text/html'])
      check(mail.parts[type]?.includes('http://service.example/l/'), `${type} has no links: ${mail.parts[type]}`);

    const { events } = await service.get('/api/v1/timeline?of=zhang&limit=500');
    const told = events.filter((each) => each.channel === 'post' && each.person === 'sun');
    check(told.map((each) => each.outcome).join() === 'failed,sent,delivered', `the timeline has ${told.map((e) => e.outcome)}`);
    check(told[1].content === mail.hash, 'the log has another hash than what arrived');
    check(`<${told[1].message}@plant.example>` === mail.id, `the log has another id than ${mail.id}`);

    // Two things of one morning are one mail, until its reader wants each by itself.
    for (const [id, name] of [['li', '李四'], ['wu', '王五']]) {
      await service.add(`worker/${id}`, 'works', name);
      await service.fact(id, 'assignment', { post: 'spray-line' });
      await service.fact(id, 'exposure', { hazard: 'benzene' });
    }
    const before = server.got.length;
    await service.clock('2026-12-25T12:00+08:00');
    const digests = server.got.slice(before).filter((each) => each.unsubscribe);
    check(digests.length > 0, `no digest among ${server.got.slice(before).map((each) => each.subject)}`);
    const [digest] = digests.slice(-1);
    check(digest.subject.startsWith('2 things to do'), `the subject is ${digest.subject}`);
    for (const id of ['li', 'wu']) {
      const { events: of } = await service.get(`/api/v1/timeline?of=${id}&limit=500`);
      check(of.some((each) => each.outcome === 'delivered' && each.content === digest.hash), `the digest is not proved for ${id}`);
    }
    const path = new URL(/<(http[^>]+)>/.exec(digest.unsubscribe)[1]).pathname;
    const done = await service.ask('POST', path, 'List-Unsubscribe=One-Click', { Authorization: '',
      'Content-Type': 'application/x-www-form-urlencoded' });
    check(done.status === 200, `unsubscribing: ${done.status} ${done.text}`);
    await service.clock('2027-01-18T12:00+08:00');
    const later = server.got.slice(server.got.indexOf(digest) + 1);
    check(later.length > 1 && later.every((each) => !each.unsubscribe), `then came ${later.map((each) => each.subject)}`);
    await service.stop();
  } finally {
    server.close();
    await service.remove();
  }
});
