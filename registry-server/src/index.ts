/** The serve entry: the public interface of the registry server for other packages. */
export { serve, type ProcessLike } from './serve.ts';
