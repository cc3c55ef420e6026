package org.adjudica

import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonTransformingSerializer
import kotlinx.serialization.json.jsonObject

/**
 * Reads and writes a record of which one property, [part], has no name in JSON: its fields stand
 * after those of the record, which are [own].
 */
internal abstract class FlatSerializer<T : Any>(
    record: KSerializer<T>,
    private val part: String,
    private vararg val own: String,
) : JsonTransformingSerializer<T>(record) {
    override fun transformSerialize(element: JsonElement): JsonElement {
        val fields = element.jsonObject
        return JsonObject(fields - part + fields.getValue(part).jsonObject)
    }

    override fun transformDeserialize(element: JsonElement): JsonElement {
        val (ours, parts) = (element as? JsonObject ?: return element).entries.partition { it.key in own }
        val named = ours.associate { it.toPair() }
        return JsonObject(named + (part to JsonObject(parts.associate { it.toPair() })))
    }
}
