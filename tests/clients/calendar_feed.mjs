// The feed of a person's duties, read by `ical.js` (libical reads it in tests/adapters/channels).
import ICAL from 'ical.js';
import { Service, check, play } from './service.mjs';

await play(async () => {
  const service = new Service('2025-03-10T08:00+08:00');
  try {
    service.init();
    await service.serve('');
    await service.furnish();
    await service.clock('2026-02-08T10:00+08:00');
    const made = await service.ask('POST', '/api/v1/tokens', { person: 'sun', may: ['own'] });
    check(made.status === 201, `no token: ${made.text}`);
    const address = await service.ask('GET', '/api/v1/calendar', undefined,
      { Authorization: `Bearer ${JSON.parse(made.text).text}` });
    check(address.status === 200, `no address: ${address.text}`);
    const feed = await service.ask('GET', new URL(JSON.parse(address.text).url).pathname, undefined, { Authorization: '' });
    check(feed.status === 200 && feed.headers['content-type'].startsWith('text/calendar'), `no feed: ${feed.text}`);

    const calendar = new ICAL.Component(ICAL.parse(feed.text));
    const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
    const examination = events.find((each) => each.summary.includes('In-post health examination – '));
    check(examination, `no examination among ${events.map((each) => each.summary)}`);
    check(examination.startDate.isDate && examination.startDate.toString() === '2026-03-10', `it starts ${examination.startDate}`);
    check(examination.endDate.toString() === '2026-03-11', `it ends ${examination.endDate}`);
    check(new Set(events.map((each) => each.uid)).size === events.length, 'two events have one uid');
    await service.stop();
  } finally {
    await service.remove();
  }
});
