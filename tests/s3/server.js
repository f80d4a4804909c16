'use strict';

// An S3-compatible server for the tests: node server.js FOLDER [KEY.pem CERTIFICATE.pem]
// Prints its port and ends when its standard input ends, so that it never outlives the tests.
// A bucket is a folder below FOLDER. What s3rver lacks is added here: it doesn't check signatures of version 4, and it doesn't know conditional writes,
// which come the way stores differ in them: buckets that begin with "plain-" ignore the condition, with "refusing-" they answer 501, all others keep it.
const fs = require('fs');
const crypto = require('crypto');
const { dirname } = require('path');
const { Readable, Transform } = require('stream');
const { pipeline } = require('stream/promises');
const S3rver = require('s3rver');
const FilesystemStore = require('s3rver/lib/stores/filesystem');

// Its own way answers before the file is written, so that whoever reads at once may get the old content.
let written = 0;
FilesystemStore.prototype.putObject = async function putObject(object) {
  const path = this.getResourcePath(object.bucket, object.key, 'object');
  const temporary = `${path}.${++written}.part`;
  const md5 = crypto.createHash('md5');
  let size = 0;
  const measure = new Transform({
    transform(chunk, encoding, done) {
      md5.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await fs.promises.mkdir(dirname(path), { recursive: true });
  await pipeline(Buffer.isBuffer(object.content) ? Readable.from([object.content]) : object.content, measure, fs.createWriteStream(temporary));
  await fs.promises.rename(temporary, path);
  const digest = md5.digest('hex');
  await this.putMetadata(object.bucket, object.key, object.metadata, digest);
  return { size, md5: digest };
};

// It hides page tokens with DES, which OpenSSL 3 no longer offers. Nothing here needs hiding.
const plain = { update: (data) => Buffer.from(data), final: () => Buffer.alloc(0) };
for (const name of ['createCipheriv', 'createDecipheriv']) {
  const real = crypto[name];
  crypto[name] = (algorithm, ...rest) => (algorithm === 'des' ? plain : real(algorithm, ...rest));
}

const [directory, key, cert] = process.argv.slice(2);
const server = new S3rver({
  directory,
  address: '127.0.0.1',
  port: 0,
  silent: true,
  vhostBuckets: false,
  ...(key ? { key: fs.readFileSync(key), cert: fs.readFileSync(cert) } : {}),
});

function refuse(ctx, status, code) {
  ctx.req.resume();
  ctx.status = status;
  ctx.type = 'application/xml';
  ctx.body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}

const hmac = (secret, text) => crypto.createHmac('sha256', secret).update(text, 'utf8').digest();

function isSigned(ctx) {
  const parts = /^AWS4-HMAC-SHA256 Credential=S3RVER\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/.exec(ctx.get('authorization'));
  if (!parts) return true; // another account, or none: s3rver's own affair
  const [, scope, signed, given] = parts;
  const [path, query = ''] = ctx.req.url.split('?');
  const canonical = [
    ctx.method, path, query.split('&').filter(Boolean).map((q) => (q.includes('=') ? q : `${q}=`)).sort().join('&'),
    ...signed.split(';').map((name) => `${name}:${ctx.get(name).trim().replace(/ +/g, ' ')}`), '', signed, ctx.get('x-amz-content-sha256'),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', ctx.get('x-amz-date'), scope, crypto.createHash('sha256').update(canonical, 'utf8').digest('hex')].join('\n');
  const key = scope.split('/').reduce(hmac, 'AWS4S3RVER');
  return hmac(key, text).toString('hex') === given;
}

server.middleware.unshift(async (ctx, next) => {
  if (!isSigned(ctx)) return refuse(ctx, 403, 'SignatureDoesNotMatch');
  const [, bucket, ...rest] = decodeURIComponent(ctx.path).split('/');
  if (ctx.method === 'PUT' && ctx.get('if-none-match') === '*' && !bucket.startsWith('plain-')) {
    if (bucket.startsWith('refusing-')) return refuse(ctx, 501, 'NotImplemented');
    if (await server.store.existsObject(bucket, rest.join('/'))) return refuse(ctx, 412, 'PreconditionFailed');
  }
  return next();
});

server.on('error', () => {});
server.run().then(({ port }) => console.log(port));
process.stdin.on('end', () => process.exit(0)).resume();
