// Plays a service for a test: a new log with the shipped workflows, `dutylog serve` with a clock that stands still
// until it is moved, and a small plant with one worker who meets benzene.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import http from 'node:http';

export const [program, source] = process.argv.slice(2);

export function fail(message) {
  throw new Error(message);
}

export function check(truth, message) {
  if (!truth) fail(message);
}

export class Service {
  constructor(start) {
    this.folder = mkdtempSync(join(tmpdir(), 'dutylog-'));
    this.log = join(this.folder, 'plant.db');
    this.start = start;
    this.keys = 0;
  }

  file(name, text) {
    const path = join(this.folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  run(...words) {
    const done = spawnSync(program, words, { encoding: 'utf8' });
    check(done.status === 0, `${words.join(' ')}: ${done.stdout}${done.stderr}`);
    return done.stdout;
  }

  init() {
    this.run('init', this.log, '--library', join(source, 'workflows'), '--employer', 'plant', '--clock', this.start,
      '--lang', 'en');
  }

  /// @param configuration  TOML: the channels and the people
  async serve(configuration, clock = this.start) {
    const config = this.file('dutylog.toml', configuration);
    this.process = spawn(program, ['serve', this.log, '--config', config, '--port', '0', '--clock', clock, '--lang', 'en',
      '--base-url', 'http://service.example'], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.said = '';
    this.process.stderr.on('data', (text) => { this.said += text; });
    this.ended = new Promise((resolve) => this.process.on('exit', resolve));
    await new Promise((resolve, reject) => {
      let told = '';
      this.process.stdout.on('data', (text) => {
        told += text;
        const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(told);
        const token = /shown this once: (\S+)/.exec(told);
        if (token) this.token = token[1];
        if (port && this.token) { this.port = Number(port[1]); resolve(); }
      });
      this.ended.then((code) => reject(new Error(`serve ended with ${code}: ${told}${this.said}`)));
    });
  }

  async stop(signal = 'SIGTERM') {
    if (!this.process) return;
    this.process.kill(signal);
    const code = await this.ended;
    this.process = undefined;
    if (signal === 'SIGTERM') check(code === 0, `serve ended with ${code}: ${this.said}`);
  }

  async remove() {
    await this.stop('SIGKILL').catch(() => {});
    rmSync(this.folder, { recursive: true, force: true });
  }

  ask(method, path, body, headers = {}) {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port: this.port, method, path,
        headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(text), ...headers } }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers,
          text: Buffer.concat(parts).toString() }));
      });
      request.on('error', reject);
      request.end(text);
    });
  }

  async get(path) {
    const answer = await this.ask('GET', path);
    check(answer.status === 200, `GET ${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  }

  async order(command) {
    this.keys += 1;
    const answer = await this.ask('POST', '/api/v1/commands', command, { 'Idempotency-Key': `k${this.keys}` });
    check(answer.status === 200, `${JSON.stringify(command)}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  }

  add(subject, within, name) {
    return this.order({ command: 'add_subject', by: 'records', subject, ...(within && { in: within }),
      ...(name && { name }) });
  }

  fact(of, fact, value, by = 'records') {
    return this.order({ command: 'record_fact', by, of, fact, value });
  }

  /// Moves the clock from one due thing to the next, as if it had been waited for.
  async clock(to) {
    const answer = await this.ask('POST', '/api/v1/test/clock', { to });
    check(answer.status === 200, `the clock did not move: ${answer.status} ${answer.text}`);
    const now = JSON.parse(answer.text);
    check(now.settled, `not everything that was due by ${to} was done: ${this.said}`);
  }

  /// Zhang sprays with benzene from the first day on, and is to be examined within a year; Sun keeps the examinations.
  async furnish() {
    await this.add('site/works', 'plant');
    await this.add('post/spray-line', 'works');
    for (const [id, name] of [['liu', '刘'], ['chen', '陈'], ['he', '何'], ['sun', '孙'], ['zhang', '张三']])
      await this.add(`worker/${id}`, 'works', name);
    for (const [role, person] of [['OHM', 'chen'], ['PR', 'he'], ['TU', 'he'], ['HR', 'sun'], ['MED', 'sun']])
      await this.fact('plant', 'holds_role', { role, person });
    await this.fact('works', 'holds_role', { role: 'WS', person: 'liu' });
    await this.order({ command: 'record_assumption', by: 'records', definition: '*', forever: true,
      reason: 'this test looks at one duty' });
    await this.order({ command: 'record_assumption', by: 'records', definition: 'in-post-examination',
      until: '2025-03-11', reason: 'the duty that this test looks at' });
    await this.fact('spray-line', 'post_hazard', { hazard: 'benzene' });
    await this.fact('zhang', 'assignment', { post: 'spray-line' });
    await this.fact('zhang', 'exposure', { hazard: 'benzene' });
  }
}

/// A receiver that answers with what `answer(request, body, count)` gives: a status, and perhaps a text.
export async function receiver(answer) {
  const got = [];
  const server = http.createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      got.push({ url: request.url, headers: request.headers, body });
      const given = answer(request, body, got.length);
      response.writeHead(given.status ?? 200, { 'Content-Type': 'application/json', ...given.headers });
      response.end(given.text ?? '');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { got, port: server.address().port, close: () => server.close() };
}

export async function play(test) {
  try {
    await test();
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

export { readFileSync };
