/** The most bytes that one chunk may decode to. */
export const MAX_DECODED_BYTES = 2 ** 30

/** The most bytes that are decoded where the metadata does not determine how many there must be. */
export const MAX_UNKNOWN_BYTES = 2 ** 28

/** The most bytes of a shard's index. */
export const MAX_INDEX_BYTES = 2 ** 24
