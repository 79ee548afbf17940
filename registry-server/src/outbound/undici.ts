// A module of its own, so that it can be loaded late and still be bundled in parts: there `import('undici')` gives a CommonJS module without its names.
export { Agent, buildConnector, ProxyAgent } from 'undici';
