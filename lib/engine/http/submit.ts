import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import type { WireFile, WireVerification } from '@/lib/wire/record';
import { type Decision, decide } from '../decide/decide';
import { isVideo } from '../image/sniff';
import type { Measurement } from '../measure/measure';
import { fileUrl, withOrigin } from '../store/file-url';
import { nextVerificationId } from '../store/insert-verification';
import { type Arrival, keepSubmission } from '../store/keep-submission';
import { type Received, receive } from '../upload/receive';
import type { ReceivedFile } from '../upload/save-part';
import { WorkerLost } from '../workers/worker-pool';
import { ApiError } from './api-error';
import type { Engine } from './engine';

/** Version of the models and the rules around them, as every record states it. */
export const MODEL_VERSION = '1.0.0';

/** `POST /v1/verification`: looks at two files, keeps them and what was found, answers the new record. */
export async function submit(engine: Engine, url: URL, request: Request): Promise<Response> {
  if (engine.pool.full) throw busy();
  const start = performance.now();
  const received = await receive(request, engine.folders.uploads);
  try {
    const receivedAt = performance.now();
    if (isVideo(received.selfieFile.type) && !engine.pool.seesVideo) throw blind();
    const measurement = await look(engine, received);
    if (!measurement.ok) throw new ApiError(422, `${measurement.field}: ${measurement.message}`, { field: measurement.field });
    const record = compose(await nextVerificationId(engine.store), received, decide(measurement.measured, engine.thresholds));
    await keepSubmission(engine.store, engine.folders, received.folder, record, arrivals(record.verificationId, received));
    const timing = `upload;dur=${since(start, receivedAt)}, look;dur=${measurement.lookMs.toFixed(1)}, models;dur=${measurement.modelMs.toFixed(1)}, total;dur=${since(start)}`;
    return new Response(`{"result":${withOrigin(JSON.stringify(record), url.origin)}}`, {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'server-timing': timing },
    });
  } finally {
    await rm(received.folder, { recursive: true, force: true });
  }
}

function look({ pool, log }: Engine, { idFile, selfieFile }: Received): Promise<Measurement> {
  // Asked again: others may have queued up while this one was being received.
  if (pool.full) throw busy();
  const video = isVideo(selfieFile.type) ? selfieFile.type : null;
  return pool.run(idFile.path, selfieFile.path, video).catch((error) => {
    if (!(error instanceof WorkerLost)) throw error;
    log.error({ err: error }, 'a verification was given up');
    throw new ApiError(503, `The verification could not be made. ${error.message}`);
  });
}

function blind(): ApiError {
  const message = 'selfieFile: Videos cannot be looked at here, because ffmpeg is missing on this machine. Send a picture instead.';
  return new ApiError(503, message, { field: 'selfieFile' });
}

function busy(): ApiError {
  return new ApiError(503, 'Too many verifications are waiting; try again in a few seconds.', { headers: { 'retry-after': '5' } });
}

function compose(verificationId: number, { idFile, selfieFile, tags }: Received, decision: Decision): WireVerification {
  const clock = now();
  return {
    verificationId,
    idFileType: idFile.type,
    idFileName: idFile.name,
    idFileSize: idFile.size,
    selfieFileType: selfieFile.type,
    selfieFileName: selfieFile.name,
    selfieFileSize: selfieFile.size,
    ...clock,
    model: 'verification',
    modelVersion: MODEL_VERSION,
    verified: decision.verified,
    modelResults: { technicalChecks: decision.checks },
    tags,
    files: [wireFile('id', verificationId, idFile, clock), wireFile('face', verificationId, selfieFile, clock)],
  };
}

function wireFile(category: 'id' | 'face', verificationId: number, file: ReceivedFile, clock: ReturnType<typeof now>): WireFile {
  const { name, size, contentType } = file;
  return { category, fileName: name, fileSize: size, contentType, ...clock, url: fileUrl(category, verificationId, name) };
}

function arrivals(verificationId: number, { idFile, selfieFile }: Received): Arrival[] {
  const arrival = (category: 'id' | 'face', file: ReceivedFile, from: string): Arrival => ({
    category,
    from,
    file: { verificationId, category, fileName: file.name, fileSize: file.size, contentType: file.contentType, sha256: file.sha256 },
  });
  return [arrival('id', idFile, 'idFile'), arrival('face', selfieFile, 'selfieFile')];
}

/** Unix seconds, and the same moment as the API writes it: UTC, microseconds, no zone. */
function now(): { timestamp: number; timestampISO: string } {
  const ms = performance.timeOrigin + performance.now();
  const micros = String(Math.floor((ms % 1) * 1000)).padStart(3, '0');
  return { timestamp: Math.floor(ms / 1000), timestampISO: `${new Date(ms).toISOString().slice(0, -1)}${micros}` };
}

function since(start: number, end = performance.now()): string {
  return (end - start).toFixed(1);
}
