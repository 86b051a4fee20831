// The runtime ships its types in the package it shares with the browser's, and names them nowhere.
declare module 'onnxruntime-node' {
  export * from 'onnxruntime-common';
}
