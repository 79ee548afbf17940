/** The serve entry: all that other packages see of the registry server. */
export { serve, type ProcessLike } from './serve.ts';
