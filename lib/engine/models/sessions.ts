import { performance } from 'node:perf_hooks';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readModel } from './check';
import { MODEL_FILES, type ModelName } from './manifest';

/** One loaded model. Fill `input`, call `run`; the outputs are its own arrays by output name. Not reentrant. */
export interface Model {
  readonly input: Float32Array;
  run(): Promise<Record<string, Float32Array>>;
}

/** All models of one thread, and the milliseconds they have computed since they were loaded. */
export interface Models {
  models: Record<ModelName, Model>;
  spentMs(): number;
}

/** Loads and checks the four models, one compute thread each: parallel work is what the worker threads are for. */
export async function loadModels(dataDir: string): Promise<Models> {
  let spent = 0;
  const load = async (name: ModelName): Promise<Model> => {
    const { input: inputName, shape } = MODEL_FILES[name];
    const session = await InferenceSession.create(await readModel(dataDir, name), {
      logSeverityLevel: 3,
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    });
    const input = new Float32Array(shape[0] * shape[1] * shape[2] * shape[3]);
    const feeds = { [inputName]: new Tensor('float32', input, shape) };
    const run = async () => {
      const start = performance.now();
      const outputs = await session.run(feeds);
      spent += performance.now() - start;
      return Object.fromEntries(Object.entries(outputs).map(([key, tensor]) => [key, floats(tensor.data)]));
    };
    return { input, run };
  };
  const models = {
    detect: await load('detect'),
    landmark: await load('landmark'),
    feature: await load('feature'),
    liveness: await load('liveness'),
  };
  return { models, spentMs: () => spent };
}

function floats(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new Error('A model answered with something else than 32-bit floats.');
}
