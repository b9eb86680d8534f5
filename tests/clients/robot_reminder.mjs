// Reminders reach the robots of DingTalk, WeCom and Feishu groups, played from their makers' descriptions
// (docs/notifications.md). Each answers HTTP 200 with an error in the body first, which is no success.
import { createHash, createHmac } from 'node:crypto';
import { Service, check, play, receiver } from './service.mjs';

const dingtalkSecret = 'SEC0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
const feishuSecret = 'feishu-secret';
const wecomKey = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa';

/// What each robot is asked for, and what it says. `complain` throws what is wrong with the request.
const robots = {
  dingtalk: {
    complain(request, body) {
      const url = new URL(request.url, 'http://robot');
      check(url.pathname === '/robot/send' && url.searchParams.get('access_token') === 'ding-token', `address ${request.url}`);
      const timestamp = url.searchParams.get('timestamp');
      const sign = createHmac('sha256', dingtalkSecret).update(`${timestamp}\n${dingtalkSecret}`).digest('base64');
      check(url.searchParams.get('sign') === sign, 'the signature is wrong');
      check(['actionCard', 'markdown', 'text'].includes(body.msgtype), `msgtype ${body.msgtype}`);
    },
    first: { errcode: -1, errmsg: 'system is busy' },
    then: { errcode: 0, errmsg: 'ok' },
  },
  wecom: {
    complain(request, body) {
      const url = new URL(request.url, 'http://robot');
      check(url.pathname === '/cgi-bin/webhook/send' && url.searchParams.get('key') === wecomKey, `address ${request.url}`);
      check(['markdown', 'markdown_v2', 'text', 'template_card'].includes(body.msgtype), `msgtype ${body.msgtype}`);
      check(JSON.stringify(body).length < 4096 + 512, 'it is too long');
    },
    first: { errcode: -1, errmsg: 'system busy' },
    then: { errcode: 0, errmsg: 'ok' },
  },
  feishu: {
    complain(request, body) {
      check(request.url === '/open-apis/bot/v2/hook/feishu-hook', `address ${request.url}`);
      const sign = createHmac('sha256', `${body.timestamp}\n${feishuSecret}`).update('').digest('base64');
      check(body.sign === sign, 'the signature is wrong');
      check(['interactive', 'post', 'text'].includes(body.msg_type), `msg_type ${body.msg_type}`);
    },
    first: { code: 11232, msg: 'frequency limited', data: {} },
    then: { code: 0, msg: 'success', data: {} },
  },
};

async function robot(name) {
  const { complain, first, then } = robots[name];
  const played = { problems: [] };
  Object.assign(played, await receiver((request, bytes, count) => {
    try { complain(request, JSON.parse(bytes)); } catch (error) { played.problems.push(`${name}: ${error.message}`); }
    return { status: 200, text: JSON.stringify(count === 1 ? first : then) };
  }));
  return played;
}

await play(async () => {
  const service = new Service('2025-03-10T08:00+08:00');
  const played = { dingtalk: await robot('dingtalk'), wecom: await robot('wecom'), feishu: await robot('feishu') };
  try {
    service.init();
    for (const [name, text] of [['ding.token', 'ding-token'], ['ding.secret', dingtalkSecret], ['wecom.key', wecomKey],
      ['feishu.hook', 'feishu-hook'], ['feishu.secret', feishuSecret]]) service.file(name, text);
    const origin = (name) => `origin = "http://127.0.0.1:${played[name].port}"`;
    const contact = (id, name) => `
[people.${id}]
channels = ["${name}"]
slots = []
quiet = []
working_days_only = false
mobile = "13800001111"
`;
    await service.serve(`
[telling]
networks = ["127.0.0.0/8"]
plain_hosts = ["127.0.0.1"]

[channels.dingtalk]
kind = "dingtalk_robot"
token_file = "ding.token"
sign_secret_file = "ding.secret"
${origin('dingtalk')}

[channels.wecom]
kind = "wecom_robot"
key_file = "wecom.key"
${origin('wecom')}

[channels.feishu]
kind = "feishu_bot"
hook_file = "feishu.hook"
sign_secret_file = "feishu.secret"
${origin('feishu')}
${contact('sun', 'dingtalk')}${contact('chen', 'wecom')}${contact('he', 'feishu')}
`);
    await service.furnish();
    // Sun is reminded to call Zhang to his examination, and does not; so the manager and the person in charge are told.
    await service.clock('2026-02-01T09:00+08:00');

    const { events } = await service.get('/api/v1/timeline?of=zhang&limit=500');
    for (const [name, person] of [['dingtalk', 'sun'], ['wecom', 'chen'], ['feishu', 'he']]) {
      const { got, problems } = played[name];
      check(problems.length === 0, problems.join('\n'));
      check(got.length >= 2, `${name} got ${got.length} requests`);
      const told = events.filter((each) => each.channel === name && each.person === person);
      check(told.slice(0, 3).map((each) => each.outcome).join() === 'failed,sent,delivered',
        `${name}: the timeline has ${told.map((each) => each.outcome)}`);
      const hash = createHash('sha256').update(got[1].body).digest('hex');
      check(told[1].content === hash && told[2].content === hash, `${name}: the log has another hash`);
      const words = got[1].body.toString();
      check(words.includes('在岗期间职业健康检查') && words.includes('2026-01-24'), `${name} says ${words}`);
      check(!words.includes('张三'), `${name}: a name is read by the whole group`);
    }
    await service.stop();
  } finally {
    for (const { close } of Object.values(played)) close();
    await service.remove();
  }
});
