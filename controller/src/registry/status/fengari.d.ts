/** The part of Lua's C API in fengari that tests use. */
declare module 'fengari' {
  /** A Lua state. */
  type State = object;
  const fengari: {
    readonly lua: {
      readonly LUA_OK: number;
      lua_getfield(state: State, index: number, name: Uint8Array): number;
      lua_pop(state: State, count: number): void;
      lua_tostring(state: State, index: number): Uint8Array;
      lua_tojsstring(state: State, index: number): string;
    };
    readonly lauxlib: { luaL_newstate(): State; luaL_dostring(state: State, code: Uint8Array): number };
    readonly lualib: { luaL_openlibs(state: State): void };
    readonly to_luastring: (text: string) => Uint8Array;
    readonly to_jsstring: (text: Uint8Array) => string;
  };
  export default fengari;
}
