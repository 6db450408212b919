// Buckets with the AWS SDK for JavaScript, at a service that Daypass protects.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import {
  CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command,
  paginateListObjectsV2, PutObjectCommand, UploadPartCommand,
} from "@aws-sdk/client-s3";
import { administrator, allow, refusal, role, sentence, trusting, unique, user } from "./promises.mjs";

const { s3 } = administrator;

async function _bucket() {
  await s3.send(new CreateBucketCommand({ Bucket: unique("logs") }));
  return unique("logs");
}

async function _text(client, Bucket, Key) {
  return (await client.send(new GetObjectCommand({ Bucket, Key }))).Body.transformToString();
}

export async function a_reader_reads_and_may_not_write() {
  const bucket = await _bucket();
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "monday.log", Body: "transactions" }));
  const alice = await user();
  const session = await alice.assume(await role("LogReader", trusting(await alice.arn()), allow("s3:GetObject", `arn:aws:s3:::${bucket}/*`)));
  assert.equal(await _text(session.s3, bucket, "monday.log"), "transactions");
  const error = await refusal(session.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "monday.log", Body: "forged" })));
  assert.equal(error.name, "AccessDenied");
  assert.equal(
    sentence(error.message),
    `User: ${await session.arn()} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${bucket}/monday.log" because no identity-based policy allows the s3:PutObject action`);
  assert.equal(await _text(s3, bucket, "monday.log"), "transactions");
}

export async function a_stream_goes_up_in_chunks_with_a_trailer() {
  const bucket = await _bucket();
  const content = randomBytes(1_000_003);
  // A body that cannot be read twice: the SDK sends it aws-chunked, its checksum in a trailer.
  const encodings = [];
  s3.middlewareStack.add((next) => (call) => (encodings.push(call.request.headers["content-encoding"]), next(call)), { step: "finalizeRequest", priority: "low" });
  for (const ChecksumAlgorithm of ["CRC32", "SHA256"]) {
    const Body = Readable.from([content.subarray(0, 70_000), content.subarray(70_000)]);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: ChecksumAlgorithm, Body, ContentLength: content.length, ChecksumAlgorithm }));
    assert.deepEqual(encodings.splice(0), ["aws-chunked"]);
    const back = await (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: ChecksumAlgorithm }))).Body.transformToByteArray();
    assert.ok(content.equals(back));
    encodings.length = 0;
  }
}

export async function parts_become_one_object() {
  const bucket = await _bucket();
  const content = randomBytes(6 * 1024 * 1024);
  const target = { Bucket: bucket, Key: "large" };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target));
  const Parts = [];
  for (const [index, Body] of [content.subarray(0, 5 << 20), content.subarray(5 << 20)].entries()) {
    const { ETag } = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: index + 1, Body }));
    Parts.push({ ETag, PartNumber: index + 1 });
  }
  await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  assert.equal((await s3.send(new HeadObjectCommand(target))).ContentLength, content.length);
  assert.ok(content.equals(await (await s3.send(new GetObjectCommand(target))).Body.transformToByteArray()));
}

export async function many_objects_are_listed_and_removed() {
  const bucket = await _bucket();
  const keys = ["a b", "a+b", "a%25b", "ü/ключ", "z"].sort();
  for (const Key of keys)
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Key }));
  const found = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket: bucket }))
    found.push(...page.Contents.map((one) => one.Key));
  assert.deepEqual(found.sort(), keys);
  assert.equal(await _text(s3, bucket, "ü/ключ"), "ü/ключ");
  await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount, 0);
}
