/**
 * Variables that make npx, uvx, dnx and docker, the interpreters of what they run, or the operating system run something else, or load it from elsewhere.
 * Sources: nodejs.org, Command-line API (`NODE_OPTIONS`, `NODE_PATH`); docs.python.org, Command line and environment; man pages ld.so(8), dyld(1), bash(1),
 * perlrun(1); ruby-doc.org, ruby options; docs.oracle.com, `JDK_JAVA_OPTIONS`; learn.microsoft.com, `DOTNET_STARTUP_HOOKS` and profilers.
 */
const STEERING = new RegExp(
  `^(${[
    'npm_config_.*|uv_.*|pip_.*|docker_.*|nuget_.*',
    'node_options|node_path|node_repl_external_module',
    'python(path|home|startup|userbase|breakpoint|executable)',
    'perl5(lib|opt|db)|ruby(opt|lib)|bash_env|path|ld_.*|dyld_.*',
    '_java_options|jdk_java_options|java_tool_options|dotnet_startup_hooks|(cor|coreclr)_(enable_profiling|profiler.*)',
  ].join('|')})$`,
  'i',
);

/** Whether a variable of that name may change what is run. Users of a server may set it, but its entry may not. */
export function isSteering(variable: string): boolean {
  return STEERING.test(variable);
}
