package org.adjudica

import java.math.BigDecimal
import java.time.DateTimeException
import java.time.LocalDate
import java.time.OffsetDateTime
import java.time.format.DateTimeFormatter
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.PrimitiveSerialDescriptor
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/** Money, quantities and percentages: text such as `1250.00`, never a JSON number. */
internal object DecimalSerializer : KSerializer<BigDecimal> {
    // Far beyond what the engine takes, and short enough to write out.
    private const val MOST_DIGITS = 60

    override val descriptor: SerialDescriptor =
        PrimitiveSerialDescriptor("org.adjudica.Decimal", PrimitiveKind.STRING)

    override fun serialize(encoder: Encoder, value: BigDecimal) {
        if (value.precision() > MOST_DIGITS || value.scale() !in -MOST_DIGITS..MOST_DIGITS) {
            throw SerializationException("a number with more than $MOST_DIGITS digits")
        }
        encoder.encodeString(value.toPlainString())
    }

    override fun deserialize(decoder: Decoder): BigDecimal {
        val text = decoder.decodeString()
        val plain = text.length <= MOST_DIGITS && text.all { it in '0'..'9' || it == '.' || it == '-' }
        return (if (plain) text.toBigDecimalOrNull() else null)
            ?: throw SerializationException("`${text.take(40)}` is not a decimal number")
    }
}

/** Days: text such as `2025-03-01`. */
internal object DaySerializer : KSerializer<LocalDate> {
    override val descriptor: SerialDescriptor =
        PrimitiveSerialDescriptor("org.adjudica.Day", PrimitiveKind.STRING)

    override fun serialize(encoder: Encoder, value: LocalDate) {
        encoder.encodeString(value.toString())
    }

    override fun deserialize(decoder: Decoder): LocalDate {
        val text = decoder.decodeString()
        return try {
            LocalDate.parse(text)
        } catch (e: DateTimeException) {
            throw SerializationException("`${text.take(40)}` is not a day", e)
        }
    }
}

/** Moments: text such as `2025-03-10T14:30:00+05:45`. */
internal object MomentSerializer : KSerializer<OffsetDateTime> {
    override val descriptor: SerialDescriptor =
        PrimitiveSerialDescriptor("org.adjudica.Moment", PrimitiveKind.STRING)

    override fun serialize(encoder: Encoder, value: OffsetDateTime) {
        // Unlike `toString`, with the seconds also if there are none.
        encoder.encodeString(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value))
    }

    override fun deserialize(decoder: Decoder): OffsetDateTime {
        val text = decoder.decodeString()
        return try {
            OffsetDateTime.parse(text)
        } catch (e: DateTimeException) {
            throw SerializationException("`${text.take(40)}` is not a moment", e)
        }
    }
}
