/** Path of a browser: CHROMIUM_PATH, then what the system has; undefined when there is none. */
export declare function findChromium(): string | undefined
/** Path of a browser that was installed, 'playwright' for Playwright's own copy; undefined when none can be had. */
export declare function obtainChromium(): Promise<string | undefined>
