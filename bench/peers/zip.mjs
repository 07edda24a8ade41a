// Exports everything as one ZIP of JSON files in the usual way of Node.js: the driver's objects, JSON.stringify, archiver at
// level 6, lib-storage. RECORDS_PER_FILE and BATCH_SIZE come from the environment. Run by `./baler bench --command`.
import { PassThrough } from 'node:stream';
import { MongoClient } from 'mongodb';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import archiver from 'archiver';

const given = process.env;
const recordsPerFile = Number(given.RECORDS_PER_FILE ?? 10_000);
const batchSize = Number(given.BATCH_SIZE ?? 1_000);

const mongo = await MongoClient.connect(given.BALER_BENCH_SOURCE);
const logs = mongo.db(given.BALER_BENCH_DATABASE).collection(given.BALER_BENCH_COLLECTION);
const s3 = new S3Client({ forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });

const zip = archiver('zip', { zlib: { level: 6 } });
let archiveBytes = 0;
const body = new PassThrough();
zip.on('data', (chunk) => (archiveBytes += chunk.length));
zip.pipe(body);
const uploaded = new Upload({
  client: s3,
  params: { Bucket: given.BALER_BENCH_BUCKET, Key: 'peer.zip', Body: body },
  partSize: 8 * 1024 * 1024,
}).done();

let records = 0;
let files = 0;
async function append(batch) {
  const written = new Promise((resolve) => zip.once('entry', resolve));
  zip.append(JSON.stringify(batch), { name: `audit-logs-${String(++files).padStart(6, '0')}.json` });
  records += batch.length;
  await written;
}
let batch = [];
for await (const record of logs.find({}).sort({ _id: 1 }).batchSize(batchSize)) {
  batch.push(record);
  if (batch.length === recordsPerFile) {
    await append(batch);
    batch = [];
  }
}
if (batch.length > 0) {
  await append(batch);
}
await zip.finalize();
await uploaded;
await mongo.close();
console.log(`records=${records}\narchiveBytes=${archiveBytes}`);
