// Reminders reach Slack, Teams, an SMS gateway, and the apps of DingTalk, WeCom and Feishu, played from their makers'
// descriptions (docs/notifications.md). The first answer of each is a no: too many requests, a busy gateway, a token
// that is over; the apps are asked for tokens first.
import { createHash } from 'node:crypto';
import { Service, check, play, receiver } from './service.mjs';

const json = (value, status = 200, headers = {}) => ({ status, text: JSON.stringify(value), headers });
const query = (request) => new URL(request.url, 'http://maker').searchParams;
const path = (request) => new URL(request.url, 'http://maker').pathname;
const title = '在岗期间职业健康检查';

/// A maker of apps: gives out a token for each time it is asked, and takes only the last one.
function tokens(isAsked, give) {
  let count = 0;
  return {
    asked: (request, body) => isAsked(request, body) && give(`token-${++count}`),
    isGood: (token) => token === `token-${count}` && count > 1,
    count: () => count,
  };
}

/// Each answers a request, and throws what is wrong with it. `outcomes` is what the log has of the first message.
const makers = {
  slack: {
    answer(request, body, told) {
      check(path(request) === '/services/T1/B2/x3', `address ${request.url}`);
      check(body.text && body.blocks.length <= 50, 'no text, or too many blocks');
      return told === 1 ? { status: 429, text: 'rate_limited', headers: { 'Retry-After': '30' } } : { status: 200, text: 'ok' };
    },
    outcomes: 'failed,sent,delivered',
  },
  teams: {
    answer(request, body, told) {
      check(path(request) === '/workflows/w1' && query(request).get('sig') === 'sig-of-teams', `address ${request.url}`);
      const card = body.attachments[0];
      check(body.type === 'message' && card.contentType === 'application/vnd.microsoft.card.adaptive', 'no card');
      check(card.content.type === 'AdaptiveCard', `a card of type ${card.content.type}`);
      return told === 1 ? { status: 429, text: '' } : { status: 202, text: '' };
    },
    outcomes: 'failed,sent,delivered',
  },
  sms: {
    answer(request, body, told) {
      check(request.headers.authorization === 'Bearer gateway-key', 'the key is missing');
      check(body.to === '13800001111' && body.words.length > 0, `to ${body.to}`);
      return json({ code: told === 1 ? 'busy' : '0' });
    },
    outcomes: 'failed,sent,delivered',
  },
  dingtalk_app: {
    tokens: tokens((request) => path(request) === '/gettoken' && query(request).get('appkey') === 'ding-app' &&
      query(request).get('appsecret') === 'ding-app-secret', (token) => json({ errcode: 0, access_token: token, expires_in: 7200 })),
    answer(request, body) {
      check(path(request) === '/topapi/message/corpconversation/asyncsend_v2', `address ${request.url}`);
      check(body.agent_id === 42 && body.userid_list === 'manager7', `to ${body.userid_list}`);
      if (!this.tokens.isGood(query(request).get('access_token'))) return json({ errcode: 42001, errmsg: 'access_token expired' });
      return json({ errcode: 0, task_id: 4711 });
    },
    outcomes: 'sent',  // it takes messages past its limits too, and loses them
  },
  wecom_app: {
    tokens: tokens((request) => path(request) === '/cgi-bin/gettoken' && query(request).get('corpid') === 'corp' &&
      query(request).get('corpsecret') === 'corp-secret', (token) => json({ errcode: 0, access_token: token, expires_in: 7200 })),
    answer(request, body) {
      check(path(request) === '/cgi-bin/message/send', `address ${request.url}`);
      check(body.touser === 'chen7' && body.agentid === 43, `to ${body.touser}`);
      if (!this.tokens.isGood(query(request).get('access_token'))) return json({ errcode: 42001, errmsg: 'access_token expired' });
      return json({ errcode: 0, errmsg: 'ok', msgid: 'm1' });
    },
    outcomes: 'sent,delivered',
  },
  feishu_app: {
    tokens: tokens((request, body) => path(request) === '/open-apis/auth/v3/tenant_access_token/internal' &&
      body.app_id === 'cli_1' && body.app_secret === 'feishu-app-secret',
    (token) => json({ code: 0, tenant_access_token: token, expire: 7200 })),
    answer(request, body) {
      check(path(request) === '/open-apis/im/v1/messages', `address ${request.url}`);
      check(body.receive_id === 'ou_he', `to ${body.receive_id}`);
      const token = request.headers.authorization.replace('Bearer ', '');
      if (!this.tokens.isGood(token)) return json({ code: 99991663, msg: 'token expired' });
      return json({ code: 0, data: { message_id: 'om_1' } });
    },
    outcomes: 'sent,delivered',
  },
};

async function maker(name) {
  const made = makers[name];
  const played = { problems: [], told: [] };
  Object.assign(played, await receiver((request, bytes) => {
    try {
      const body = bytes.length ? JSON.parse(bytes) : {};
      const token = made.tokens?.asked(request, body);
      if (token) return token;
      played.told.push(bytes);
      return made.answer(request, body, played.told.length);
    } catch (error) {
      played.problems.push(`${name}: ${error.message}`);
      return { status: 500 };
    }
  }));
  return played;
}

const channels = {
  slack: (port) => `kind = "slack"\nurl = "http://127.0.0.1:${port}/services/T1/B2/x3"`,
  teams: (port) => `kind = "teams"\nurl = "http://127.0.0.1:${port}/workflows/w1?sig=sig-of-teams"`,
  sms: (port) => `kind = "sms_gateway"\nurl = "http://127.0.0.1:${port}/send"\nheaders_file = "sms.headers"
body = '{"to":"{{mobile}}","words":"{{text}}"}'\nsuccess = 'status == 200 && body.code == "0"'`,
  dingtalk_app: (port) => `kind = "dingtalk_app"\napp_key = "ding-app"\napp_secret_file = "ding.secret"\nagent_id = 42
origin = "http://127.0.0.1:${port}"`,
  wecom_app: (port) => `kind = "wecom_app"\ncorp_id = "corp"\ncorp_secret_file = "wecom.secret"\nagent_id = 43
origin = "http://127.0.0.1:${port}"`,
  feishu_app: (port) => `kind = "feishu_app"\napp_id = "cli_1"\napp_secret_file = "feishu.secret"
origin = "http://127.0.0.1:${port}"`,
};

/// The person that each channel leads to, in each of the two plays.
const plays = [{ sun: 'slack', chen: 'teams', he: 'sms' }, { sun: 'dingtalk_app', chen: 'wecom_app', he: 'feishu_app' }];
const users = { sun: 'manager7', chen: 'chen7', he: 'ou_he' };

async function remind(people) {
  const service = new Service('2025-03-10T08:00+08:00');
  const played = {};
  for (const name of Object.values(people)) played[name] = await maker(name);
  try {
    service.init();
    for (const [name, text] of [['sms.headers', 'Authorization: Bearer gateway-key'], ['ding.secret', 'ding-app-secret'],
      ['wecom.secret', 'corp-secret'], ['feishu.secret', 'feishu-app-secret']]) service.file(name, text);
    let configuration = '[telling]\nnetworks = ["127.0.0.0/8"]\nplain_hosts = ["127.0.0.1"]\n';
    for (const [person, name] of Object.entries(people))
      configuration += `
[channels.${name}]
${channels[name](played[name].port)}

[people.${person}]
channels = ["${name}"]
slots = []
quiet = []
working_days_only = false
mobile = "13800001111"
users = { ${name} = "${users[person]}" }
`;
    await service.serve(configuration);
    await service.furnish();
    // Sun is reminded to call Zhang to his examination, and does not; so the manager and the person in charge are told.
    await service.clock('2026-02-01T09:00+08:00');

    const { events } = await service.get('/api/v1/timeline?of=zhang&limit=500');
    for (const [person, name] of Object.entries(people)) {
      const { problems, told } = played[name];
      check(problems.length === 0, problems.join('\n'));
      check(told.length >= 2, `${name} was told ${told.length} times`);
      const wanted = makers[name].outcomes;
      const found = events.filter((each) => each.channel === name && each.person === person);
      const outcomes = found.slice(0, wanted.split(',').length);
      check(outcomes.map((each) => each.outcome).join() === wanted, `${name}: the timeline has ${found.map((each) => each.outcome)}`);
      const hash = createHash('sha256').update(told[1]).digest('hex');
      for (const each of outcomes)
        check(each.outcome === 'failed' || each.content === hash, `${name}: the log has another hash`);
      check(told[1].toString().includes(title), `${name} says ${told[1]}`);
      check(!makers[name].tokens || makers[name].tokens.count() >= 2, `${name} was asked for ${makers[name].tokens?.count()} tokens`);
    }
    await service.stop();
  } finally {
    for (const { close } of Object.values(played)) close();
    await service.remove();
  }
}

await play(async () => {
  for (const people of plays) await remind(people);
});
