// Plays every route of a running service and holds each answer, and each body sent, against the service's own
// description, with a validator and a linter of others. An answer may hold nothing that is not described.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import http from 'node:http';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [program, source] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'dutylog-api-'));
const log = join(folder, 'museum.db');

function check(truth, message) {
  if (!truth) throw new Error(message);
}

async function serve() {
  const made = spawnSync(program, ['init', log, '--library', join(source, 'workflows/examples'), '--lang', 'en'],
    { encoding: 'utf8' });
  check(made.status === 0, made.stdout + made.stderr);
  const service = spawn(program, ['serve', log, '--port', '0', '--lang', 'en'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let told = '';
    service.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${told}`)));
    service.stdout.on('data', (text) => {
      told += text;
      const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(told);
      const token = /shown this once: (\S+)/.exec(told);
      if (port && token) resolve({ service, port: Number(port[1]), token: token[1] });
    });
  });
}

function ask(port, method, path, { token, body, headers = {} }) {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const fields = { ...(token && { Authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
    ...headers };
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers: fields }, (answer) => {
      const type = (answer.headers['content-type'] ?? '').split(';')[0];
      if (type === 'text/event-stream') {
        request.destroy();
        return resolve({ status: answer.statusCode, type, text: '' });
      }
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, type, text: Buffer.concat(parts).toString() }));
    });
    request.on('error', reject);
    request.end(text);
  });
}

/// What a schema says nothing of shall not be there.
function close(schema) {
  if (Array.isArray(schema)) return schema.forEach(close);
  if (schema === null || typeof schema !== 'object') return;
  if (schema.properties && schema.additionalProperties === undefined) schema.additionalProperties = false;
  Object.values(schema).forEach(close);
}

/// The description, and what was played of it.
class Description {
  constructor(document) {
    this.document = document;
    this.played = new Set();
    this.wrong = [];
    this.operations = new Map();
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(methods))
        this.operations.set(operation.operationId, { ...operation, path, method: method.toUpperCase() });
    const closed = structuredClone(document);
    close(closed.components.schemas);
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema({ ...closed, $id: 'api' });
  }

  holds(schema, value, what) {
    const pointer = schema.$ref ? { $ref: `api${schema.$ref}` } : schema;
    const fits = this.ajv.compile(pointer);
    if (fits(value)) return;
    const errors = fits.errors.slice(0, 5).map((each) => `  ${each.instancePath} ${each.message} ${JSON.stringify(each.params)}`);
    this.wrong.push(`${what}\n${errors.join('\n')}\n  in ${JSON.stringify(value).slice(0, 600)}`);
  }

  holdsRequest(operation, body, what) {
    const described = operation.requestBody?.content?.['application/json'];
    if (described && typeof body === 'object') this.holds(described.schema, body, `${what}: the body sent`);
  }

  holdsAnswer(operation, answer, what) {
    const described = operation.responses[answer.status];
    if (!described) return this.wrong.push(`${what}: the status ${answer.status} is not described: ${answer.text}`);
    const media = described.content?.[answer.type];
    if (!described.content && answer.text === '') return;
    if (!media) return this.wrong.push(`${what}: ${answer.status} as ${answer.type} is not described`);
    if (answer.type.endsWith('json')) this.holds(media.schema ?? {}, JSON.parse(answer.text), `${what}: ${answer.status}`);
  }
}

class Play {
  constructor(description, port, token) {
    Object.assign(this, { description, port, token, keys: 0 });
  }

  /// @param status  what the answer has to be
  async call(id, { path = {}, query = '', body, status = 200, token = this.token, headers = {} } = {}) {
    const operation = this.description.operations.get(id);
    check(operation, `${id} is not described`);
    const target = operation.path.replace(/\{(\w+)\}/g, (_, name) => {
      check(path[name] !== undefined, `${id}: no value for {${name}}`);
      return encodeURIComponent(path[name]);
    });
    const keyed = operation.parameters?.some((each) => each.name === 'Idempotency-Key');
    this.keys += 1;
    const fields = { ...(keyed && { 'Idempotency-Key': `k${this.keys}` }), ...headers };
    const what = `${operation.method} ${target}${query}`;
    if (status < 400) this.description.holdsRequest(operation, body, what);
    const answer = await ask(this.port, operation.method, target + query, { token, body, headers: fields });
    if (answer.status !== status)
      this.description.wrong.push(`${what}: expected ${status}, found ${answer.status} ${answer.text}`);
    this.description.holdsAnswer(operation, answer, what);
    this.description.played.add(id);
    return answer.type.endsWith('json') && answer.text ? JSON.parse(answer.text) : answer;
  }

  command(body) {
    return this.call('give_command', { body });
  }
}

async function lint(document) {
  const config = await createConfig({ extends: ['recommended'], rules: { 'info-license': 'off' } });
  const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: '/openapi.json', config });
  const told = problems.map((each) => `${each.severity} ${each.ruleId}: ${each.message} ${each.location?.[0]?.pointer}`);
  check(!problems.some((each) => each.severity === 'error'), told.join('\n'));
}

/// docs/api.md has a table of all routes.
function checkTable(document) {
  const text = readFileSync(join(source, 'docs/api.md'), 'utf8');
  const missing = [];
  for (const [path, methods] of Object.entries(document.paths))
    for (const method of Object.keys(methods)) {
      const row = `| \`${method.toUpperCase()} ${path.replace('/api/v1', '')}\` |`;
      if (!text.includes(row)) missing.push(row);
    }
  check(missing.length === 0, `docs/api.md has no row for:\n${missing.join('\n')}`);
}

async function furnish(play) {
  const add = (subject, within, name) => play.call('add_subject',
    { body: { by: 'records', subject, ...(within && { in: within }), ...(name && { name }) } });
  await add('museum/house');
  await add('gallery/north', 'house');
  for (const [id, name] of [['mei', 'Mei'], ['omar', 'Omar'], ['ana', 'Ana']]) await add(`keeper/${id}`, 'house', name);
  await add('unit/EF-07', 'north');
  await add('object/vase', 'north');
  for (const [of, role, person] of [['house', 'DIR', 'ana'], ['house', 'CONS', 'omar'], ['house', 'REG', 'ana'],
    ['EF-07', 'TECH', 'mei']])
    await play.call('assign_role', { body: { by: 'records', of, value: { role, person } } });
  await play.command({ command: 'record_fact', by: 'mei', of: 'EF-07', fact: 'fan', value: { maintained: true } });
}

const fan = { definition: 'fan-maintenance', kind: 'unit', of: 'EF-07' };

async function playDuties(play) {
  await play.call('list_duties', { query: '?limit=1' });
  await play.call('list_duties', { query: '?cursor=made-up', status: 400 });
  for (const id of ['read_duty', 'list_cycles', 'explain_duty', 'list_deliveries']) {
    await play.call(id, { path: fan });
    await play.call(id, { path: { ...fan, of: 'nothing' }, status: 404 });
  }
  await play.call('read_duty', { path: fan, query: '?rules_at=2026-01-01' });
  const step = (id, name, body, more = {}) => play.call(id, { path: { ...fan, step: name }, body, ...more });
  const at = (id, body, more = {}) => play.call(id, { path: fan, body, ...more });
  await step('complete_step', 'do.service', { by: 'mei' });
  await step('return_step', 'do.service', { by: 'omar', reason: 'look again' });
  await step('reassign_step', 'do.service', { owner: 'omar', reason: 'away' });
  await step('delegate_step', 'do.service', { owner: 'mei', reason: 'back' }, { status: 403 });
  await step('postpone_step', 'do.service', { until: '2030-01-01', approver: 'ana', reason: 'later' }, { status: 422 });
  await step('approve_step', 'do.service', { role: 'DIR' }, { status: 422 });
  await step('urge_step', 'do.service', { by: 'ana', note: 'the visitors come' });
  await step('urge_step', 'do.service', { by: 'omar' }, { status: 422 });
  await at('add_comment', { text: 'the belt squeaks' });
  await at('add_comment', { cycle: 1, step: 'do.service', text: 'and the motor' });
  await step('add_signer', 'do.service', { by: 'ana', signer: 'mei', reason: 'she knows the motor' });
  await step('ask_postponement', 'do.service', { until: '2025-01-01', approver: 'ana', reason: 'r' }, { status: 422 });
  await step('decide_postponement', 'do.service', { granted: true }, { status: 422 });
  await play.call('list_cycles', { path: fan });
  await step('release_signer', 'do.service', { by: 'ana', signer: 'mei', reason: 'away' });
  await step('complete_step', 'do.service', { by: 'mei' }, { headers: { 'If-Match': '"old"' }, status: 412 });
  await at('suspend_cycle', { reason: 'shut' });
  await at('resume_cycle', {});
  await step('complete_step', 'do.service', { by: 'omar' });
  await at('raise_finding', { finding: 'low-flow', severity: 'low', note: 'it hums' });
  await play.call('list_findings', { query: '?open=true' });
  await play.call('list_measures');
  await step('complete_step', 'check.speed', { by: 'omar', form: { speed: '0.6 m/s' } }, { status: 422 });
  await step('complete_step', 'check.speed', { by: 'ana', form: { speed: '0.9 m/s' } });
  await step('verify_measure', 'act.repair', { effective: true }, { status: 422 });
  await step('carry_measure', 'act.repair', { approver: 'ana', reason: 'next year' });
  await at('leave_out_steps', { steps: ['none'], approver: 'ana', reason: 'r' }, { status: 422 });
  await at('close_cycle', { approver: 'ana', reason: 'r' }, { status: 422 });
  await at('migrate_cycle', { approver: 'ana' }, { status: 422 });
  await at('cancel_cycle', { approver: 'ana', reason: 'sold' });
  await play.call('list_deadlines', { query: '?to=2099-01-01' });
  await play.call('list_reminders');
}

async function playRecords(play) {
  const fact = await play.call('record_fact',
    { body: { by: 'records', of: 'north', fact: 'climate', value: { lowest: '40 %' } } });
  const event = fact.events[0];
  await play.call('correct_fact',
    { path: { event }, body: { by: 'records', of: 'north', fact: 'climate', value: { lowest: '45 %' } } });
  await play.call('void_fact', { path: { event: event + 1 }, body: { reason: 'wrong' } });
  await play.call('list_facts', { query: '?withdrawn=true&of=north' });
  await play.call('list_facts', { query: '?opened=true' });
  await play.call('list_subjects', { query: '?kind=keeper' });
  await play.call('list_subjects', { query: '?opened=true' });
  await play.call('read_subject', { path: { kind: 'keeper', id: 'mei' }, query: '?opened=true' });
  await play.call('read_subject', { path: { kind: 'keeper', id: 'nobody' }, status: 404 });
  await play.call('list_roles');
  await play.call('request_act', { body: { of: 'vase', act: 'loan', value: { borrower: 'Oslo' } }, status: 422 });
  await play.call('override_gate',
    { body: { of: 'vase', act: 'loan', value: { borrower: 'Oslo' }, reason: 'agreed' } });
  await play.call('list_acts', { query: '?of=vase' });
  await play.call('record_assumption', { body: { definition: '*', forever: true, reason: 'begins here' } });
  await play.call('decide_clock', { body: { confirmed: true, reason: 'right' }, status: 422 });
  await play.call('timeline', { query: '?limit=2' });
  await play.call('timeline', { query: '?true_at=2020-01-01' });
  await play.call('read_event', { path: { event } });
  await play.call('rests_on', { path: { event } });
  await play.call('when_known', { path: { event } });
  await play.call('read_event', { path: { event: 99999 }, status: 404 });
  await play.call('list_all_deliveries');
  await play.call('first_missed');
  await play.call('what_if', { body: { changes: [{ drop: String(event) }] } });
  await play.call('what_if', { body: { changes: [] }, status: 422 });
  const checkpoint = await play.call('read_checkpoint');
  const compared = await play.call('compare_checkpoint', { body: { text: checkpoint.text } });
  check(compared.same_history === true, 'the log is not the history it was');
  await play.call('follow_events', { query: '?after=0' });
  await play.call('read_inbox');
  await play.call('mark_notice', { body: { notice: 'none', mark: 'read' }, status: 404 });
}

async function playRules(play) {
  await play.call('list_definitions');
  const shown = await play.call('read_definition', { path: { definition: 'fan-maintenance' } });
  check(shown.text.includes('fan-maintenance'), 'the text of a definition is its text');
  await play.call('read_definition', { path: { definition: 'none' }, status: 404 });
  const file = { path: shown.file, text: shown.text.replace(/3 months/g, '2 months') };
  const found = await play.call('check_definitions', { body: { files: [{ ...file, text: `${shown.text}\nodd: 1\n` }] } });
  check(found.errors > 0 && found.problems[0].line > 1, 'a problem has its place');
  await play.call('propose_publication', { body: { files: [{ ...file, text: 'odd' }] }, status: 422 });
  const proposal = await play.call('propose_publication', { body: { files: [file], label: 'oftener' }, status: 201 });
  const named = { proposal: proposal.proposal };
  await play.call('list_publications');
  await play.call('read_publication', { path: named });
  await play.call('approve_publication', { path: named, status: 403 });
  const second = await play.call('make_token', { body: { person: 'ana', may: ['operate'] }, status: 201 });
  await play.call('approve_publication', { path: named, token: second.text });
  await play.call('list_definition_versions', { path: { definition: 'fan-maintenance' } });
  const difference = await play.call('compare_definition', { path: { definition: 'fan-maintenance' } });
  check(difference.lines.some((each) => each.line === '+' && each.text.includes('2 months')), 'the difference is shown');
  const gone = await play.call('retire_definition', { path: { definition: 'humidity-log' }, body: {}, status: 201 });
  await play.call('withdraw_publication', { path: { proposal: gone.proposal }, status: 204 });
  await play.call('list_calendars');
  await play.call('change_calendar', { path: { table: 'none' }, body: { off: ['2026-05-04'] }, status: 404 });
  await play.call('list_editions', { path: { table: 'none' }, status: 404 });
}

async function playRest(play) {
  await play.call('import_rows', { query: '?kind=object', body: 'id,in\nbowl,north\n', headers: { 'Content-Type': 'text/csv' } });
  await play.call('import_rows',
    { query: '?kind=object', body: 'id,in\njar,nowhere\n', headers: { 'Content-Type': 'text/csv' }, status: 422 });
  await play.call('erase_person', { path: { kind: 'keeper', id: 'omar' }, body: { reason: 'kept long enough' } });
  await play.call('switch_channel', { body: { channel: 'post', on: false, reason: 'the relay moves' } });
  await play.call('switch_channel', { body: { channel: 'post', on: true, reason: 'it is back' } });
  await play.call('switch_channel', { body: { channel: 'post', on: true, reason: 'again' }, status: 422 });
  const tokens = await play.call('list_tokens');
  await play.call('withdraw_token', { path: { token: tokens.tokens.find((each) => each.person === 'ana').token }, status: 204 });
  for (const id of ['livez', 'readyz', 'metrics', 'openapi']) await play.call(id, { token: undefined });
  await play.call('list_duties', { token: 'none', status: 401 });
}

/// Those that have no example above are at least asked for something that is not there.
async function playOthers(play) {
  for (const [id, operation] of play.description.operations) {
    if (play.description.played.has(id)) continue;
    const path = Object.fromEntries([...operation.path.matchAll(/\{(\w+)\}/g)].map((found) => [found[1], '1']));
    const target = operation.path.replace(/\{(\w+)\}/g, (_, name) => path[name]);
    const answer = await ask(play.port, operation.method, target, { token: play.token });
    play.description.holdsAnswer(operation, answer, `${operation.method} ${target}`);
    console.log(`${id}: ${answer.status}`);
  }
}

let served;
try {
  served = await serve();
  const document = JSON.parse((await ask(served.port, 'GET', '/openapi.json', {})).text);
  await lint(document);
  checkTable(document);
  const play = new Play(new Description(document), served.port, served.token);
  await furnish(play);
  await playDuties(play);
  await playRecords(play);
  await playRules(play);
  await playRest(play);
  await playOthers(play);
  check(play.description.wrong.length === 0, play.description.wrong.join('\n\n'));
  served.service.removeAllListeners('exit');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  served?.service.removeAllListeners('exit');
  served?.service.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
