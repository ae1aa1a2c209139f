import { jsonObject } from '@shared/json/access'
import { parseJson } from '@shared/json/parse'
import type { JsonObject } from '@shared/json/value'

/** Attributes as they can be asked for by name; none where the text is no JSON object. */
export function nodeAttributes(attributesJson: string): JsonObject {
  try {
    return jsonObject(parseJson(attributesJson).value) ?? NONE
  } catch {
    return NONE
  }
}

const NONE: JsonObject = new Map()
