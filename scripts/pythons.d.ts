/** Every Python worth asking, best first; `args` come before the program's own. */
export declare function pythons(): { command: string; args: string[] }[]
