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
    await service.stop();
  } finally {
    server.close();
    await service.remove();
  }
});
