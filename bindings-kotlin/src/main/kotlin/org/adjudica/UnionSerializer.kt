package org.adjudica

import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.buildClassSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonDecoder
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonEncoder
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** One form of a union: `"name"`, or `{"name": value}`. */
internal class UnionForm<T : Any>(
    val name: String,
    /** Whether the form holds a value. */
    val holds: Boolean,
    val read: (Json, JsonElement) -> T,
    /** The element of a case, or null if the case has another form. */
    val write: (Json, Any) -> JsonElement?,
)

/** A mere name. */
internal fun <T : Any> form(name: String, case: T): UnionForm<T> {
    val element = JsonPrimitive(name)
    return UnionForm(name, false, { _, _ -> case }, { _, other -> element.takeIf { other == case } })
}

/** A name with a value. */
internal inline fun <V, reified C : Any> form(
    name: String,
    serializer: KSerializer<V>,
    crossinline make: (V) -> C,
    crossinline value: (C) -> V,
): UnionForm<C> =
    UnionForm(
        name,
        true,
        { json, element -> make(json.decodeFromJsonElement(serializer, element)) },
        { json, case ->
            (case as? C)?.let {
                JsonObject(mapOf(name to json.encodeToJsonElement(serializer, value(it))))
            }
        },
    )

/** Reads and writes a union in the engine's forms. */
internal abstract class UnionSerializer<T : Any>(name: String, private vararg val forms: UnionForm<out T>) :
    KSerializer<T> {
    override val descriptor: SerialDescriptor = buildClassSerialDescriptor(name)

    override fun serialize(encoder: Encoder, value: T) {
        val writer = encoder as? JsonEncoder ?: throw SerializationException(ONLY_JSON)
        writer.encodeJsonElement(forms.firstNotNullOf { it.write(writer.json, value) })
    }

    override fun deserialize(decoder: Decoder): T {
        val reader = decoder as? JsonDecoder ?: throw SerializationException(ONLY_JSON)
        val element = reader.decodeJsonElement()
        val entry = (element as? JsonObject)?.entries?.singleOrNull()
        val name = entry?.key ?: (element as? JsonPrimitive)?.takeIf { it.isString }?.content
        val form = forms.firstOrNull { it.name == name && it.holds == (entry != null) }
        form ?: throw SerializationException("expected one of ${forms.map { it.name }}")
        return form.read(reader.json, entry?.value ?: element)
    }

    private companion object {
        const val ONLY_JSON = "this document is written in JSON only"
    }
}
