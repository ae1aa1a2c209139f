export const page = (results) => JSON.stringify(results, null, 1)
