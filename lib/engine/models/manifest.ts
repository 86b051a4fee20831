/** The package the weights come from, pinned by the hash the registry publishes for it. MIT as declared; its training data is undocumented. */
export const MODEL_PACKAGE = {
  name: 'faceplugin-face-recognition-js',
  version: '0.0.1',
  integrity: 'sha512-shriXjd4zJHEwhK1jHK+bWo8Vv6Vu9B/w6RRsd4AFtNM/jaI2vhuOamOSMl9qQmLd8WlQ7dgqN+3C2iOi5pXWw==',
} as const;

export type ModelName = 'detect' | 'landmark' | 'feature' | 'liveness';

export interface ModelFile {
  /** Name on disk, under `DATA_DIR/models`. */
  file: string;
  /** Path inside the package's tarball. */
  packed: string;
  sha256: string;
  /** Name of the model's only input. */
  input: string;
  /** Shape of that input: batch, channels, rows, columns. */
  shape: readonly [number, number, number, number];
}

/** The four models the service runs. Nothing else of the package is kept. */
export const MODEL_FILES: Record<ModelName, ModelFile> = {
  detect: {
    file: 'fr_detect.onnx',
    packed: 'package/model/fr_detect.onnx',
    sha256: '6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854',
    input: 'input',
    shape: [1, 3, 240, 320],
  },
  landmark: {
    file: 'fr_landmark.onnx',
    packed: 'package/model/fr_landmark.onnx',
    sha256: 'f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258',
    input: 'input',
    shape: [1, 1, 64, 64],
  },
  feature: {
    file: 'fr_feature.onnx',
    packed: 'package/model/fr_feature.onnx',
    sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    input: 'input',
    shape: [1, 3, 112, 112],
  },
  liveness: {
    file: 'fr_liveness.onnx',
    packed: 'package/model/fr_liveness.onnx',
    sha256: 'afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d',
    input: 'input',
    shape: [1, 3, 128, 128],
  },
};
